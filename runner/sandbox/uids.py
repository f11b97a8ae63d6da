"""Which host user a sandbox runs as: never root, and no two sandboxes at once as the same one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

FIRST_UID = 62_000  # above people, below nobody; exists in every container's range


class SandboxUids:
    """As root: one of its own for each sandbox, as some kernel quotas count by user.

    Otherwise the executor's own.
    """

    def __init__(self, *, root: bool) -> None:
        self._root = root
        self._in_use: set[int] = set()

    @contextmanager
    def taken(self) -> Iterator[int]:
        if not self._root:
            yield os.geteuid()
            return
        uid = FIRST_UID
        while uid in self._in_use:
            uid += 1
        self._in_use.add(uid)
        try:
            yield uid
        finally:
            self._in_use.discard(uid)


sandbox_uids = SandboxUids(root=os.geteuid() == 0)
