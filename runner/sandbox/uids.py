"""The host user that a sandbox runs as: never root, and never shared by two sandboxes at once.

Some quotas of the kernel, and signals, are per user. An executor that runs as root has a user for
each sandbox; so has one that is root only in a user namespace of its own, to which ids of the
machine were given (`deploy/container/delegate.py`). All executors of a machine use the same range
of ids: whoever uses one holds the lock on the byte of that number in a file that only root may
open. The kernel releases the locks of a dead executor.

The last id of the range is never a sandbox's: it owns what a program sees of a system that is not
its own, such as / and /etc. No process runs as that user.
"""

import fcntl
import os
import stat
import struct
import time
from collections.abc import Sequence
from pathlib import Path

FIRST_UID, LAST_UID = 62_000, 65_533  # above people, below nobody; in every container's range
# The first that can be written. Containers of one machine share the first one.
FOLDERS = (Path("/run/coderunner"), Path("/run"), Path("/dev/shm"))
MAPS = (Path("/proc/self/uid_map"), Path("/proc/self/gid_map"))
LOCKS = "coderunner.users"
LOOK_SECONDS = 5.0  # between two looks through all processes


class SandboxUids:
    """As root: one of its own for each sandbox. Otherwise the executor's own for all."""

    def __init__(
        self, *, root: bool, folders: Sequence[Path] = FOLDERS, maps: Sequence[Path] = MAPS
    ) -> None:
        """`maps`: files like /proc/self/uid_map; an id that one of them lacks is no user here."""
        self._root = root
        self._folders = folders
        self._maps = maps
        self._users: list[int] = []
        self._owner: int | None = None
        self._locks: int | None = None
        self._in_use: set[int] = set()
        self._lingering: set[int] = set()  # in use, but by processes that nobody knows any more
        self._looked_at = float("-inf")

    @property
    def separate(self) -> bool:
        """Whether each sandbox has a user of its own."""
        return self._root

    @property
    def owner(self) -> int | None:
        """Of the files of the system; None where they are the sandbox's own user's, because there
        is no other. Raises OSError."""
        if self._root and self._owner is None:
            *self._users, self._owner = _mapped(self._maps)
        return self._owner

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The ids that sandboxes may get: each first one, and how many. Raises OSError."""
        found: list[tuple[int, int]] = []
        for uid in self._users if self.owner is not None else ():
            first, count = found.pop() if found and uid == sum(found[-1]) else (uid, 0)
            found.append((first, count + 1))
        return found

    def take(self) -> int:
        """Raises OSError when there is none."""
        if self.owner is None:
            return os.geteuid()
        if self._locks is None:
            self._locks = _opened(self._folders)
        self._free_unused()
        for uid in self._users:
            if uid not in self._in_use and _lock(self._locks, uid, fcntl.F_WRLCK):
                self._in_use.add(uid)
                return uid
        raise OSError(f"every user from {FIRST_UID} to {LAST_UID} is in use")

    def give_back(self, uid: int, *, surely_unused: bool) -> None:
        """Else it stays out of use until no process is its."""
        if not self._root:
            return
        if surely_unused:
            self._free(uid)
        else:
            self._lingering.add(uid)

    def _free_unused(self) -> None:
        now = time.monotonic()
        if not self._lingering or now < self._looked_at + LOOK_SECONDS:
            return
        self._looked_at = now
        for uid in self._lingering - _users():
            self._lingering.remove(uid)
            self._free(uid)

    def _free(self, uid: int) -> None:
        assert self._locks is not None
        self._in_use.remove(uid)
        _lock(self._locks, uid, fcntl.F_UNLCK)


def _mapped(maps: Sequence[Path]) -> list[int]:
    """The ids of the range that are users and groups in this user namespace. Raises OSError."""
    users = set(range(FIRST_UID, LAST_UID + 1))
    for path in maps:
        lines = [[int(field) for field in line.split()] for line in path.read_text().splitlines()]
        users &= {
            uid
            for first, _, count in lines
            for uid in range(max(first, FIRST_UID), min(first + count, LAST_UID + 1))
        }
    if len(users) < 2:
        raise OSError(
            f"this executor is root, and no user from {FIRST_UID} to {LAST_UID} is known here: "
            "start it as an ordinary user, or give its user namespace these ids"
        )
    return sorted(users)


def _opened(folders: Sequence[Path]) -> int:
    """Some of the folders can be written by everybody: a file that is there must be root's."""
    reasons = []
    for folder in folders:
        path = folder / LOCKS
        try:
            locks = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            reasons.append(str(error))
            continue
        found = os.fstat(locks)
        if found.st_uid == 0 and stat.S_ISREG(found.st_mode) and not found.st_mode & 0o077:
            return locks
        os.close(locks)
        reasons.append(f"{path} is not root's alone")
    raise OSError(f"locks on users have no file: {'; '.join(reasons)}")


def _lock(locks: int, uid: int, kind: int) -> bool:
    """Whether it could be had. It is the open file's, not the process's (F_OFD_SETLK, fcntl(2))."""
    try:
        fcntl.fcntl(locks, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, 0, uid, 1, 0))
    except BlockingIOError:
        return False
    except OSError as error:
        file = os.readlink(f"/proc/self/fd/{locks}")
        raise OSError(error.errno, f"cannot lock: {error.strerror}", file) from error
    return True


def _users() -> set[int]:
    """Whoever has a process. The owner of its folder may be another: of one that hides."""
    users: set[int] = set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                lines = Path("/proc", name, "status").read_bytes().splitlines()
            except OSError:
                continue  # it has ended
            users.update(
                int(user) for line in lines if line[:4] == b"Uid:" for user in line[4:].split()
            )
    return users


sandbox_uids = SandboxUids(root=os.geteuid() == 0)
