"""What the processes of a run hold by their descriptors: files, pipes, locks, watches."""

import ctypes
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.process_tree import TRIES, living, read, threads

LIBC = ctypes.CDLL(None)
INFO_BYTES = 4 << 20  # of what the kernel says of one descriptor: 60,000 locks or watches
# Of a run. A hundredth of what all programs of a user may have on a machine of 8 GB: the kernel
# refuses to watch more, also to an executor of the same user.
MOST_WATCHES = 16_384
IN_FLIGHT = re.compile(rb"scm_fds:\s*(\d+)")


@dataclass
class OpenFiles:
    """Counts, until it is known that there is too much."""

    most_locks: int
    looks_for_in_flight: bool = True  # to ask each socket costs eight times as much as its name
    files: int = 0
    watches: int = 0  # of descriptors in epolls, which stay when the descriptors are closed
    locks: int = 0
    in_flight: int = 0  # descriptors on their way through a socket, in no process
    pipes: set[object] = field(default_factory=set)

    @property
    def too_many(self) -> bool:
        return self.watches > MOST_WATCHES or self.locks > self.most_locks

    def note(self, pids: Iterable[int], time: CheckTime) -> int:
        """How many of them may not be looked into. `time` says whether all were looked at."""
        return sum(not self._note_process(pid, time) for pid in pids if self._goes_on(time))

    def _goes_on(self, time: CheckTime) -> bool:
        return not self.too_many and time.left()

    def _note_process(self, pid: int, time: CheckTime) -> bool:
        with _as_owner_of(pid):
            return self._note_all_of(pid, time)

    def _note_all_of(self, pid: int, time: CheckTime) -> bool:
        for _ in range(TRIES):
            folder = living(pid).folder
            try:
                names = os.listdir(f"{folder}/fd")
            except FileNotFoundError:
                continue  # it has ended, or the thread that told of it
            except OSError:
                return not _lives(pid)
            self.files += len(names)
            for name in names:
                with suppress(OSError):  # it was just closed
                    if self._goes_on(time):
                        self._note(folder, name)
            if os.path.exists(folder):
                return True
        return not os.path.exists(f"/proc/{pid}")

    def _note(self, folder: str, name: str) -> None:
        path = f"{folder}/fd/{name}"
        link = os.readlink(path)
        if link == "anon_inode:[eventpoll]":
            self.watches += _info(folder, name).count(b"tfd:")
        elif link.startswith("socket:"):
            if self.looks_for_in_flight and (found := IN_FLIGHT.search(_info(folder, name))):
                self.in_flight += int(found[1])
        elif link.startswith(("pipe:", "/")) and not link.startswith(("/dev/pts/", "/dev/null")):
            found_file = os.stat(path)
            if stat.S_ISFIFO(found_file.st_mode):
                self.pipes.add((found_file.st_dev, found_file.st_ino))
            elif stat.S_ISREG(found_file.st_mode):
                # Who has a lock has the file open: with the descriptor its locks would be gone.
                # `/proc/locks` would tell too, but keeps everybody from locking meanwhile.
                self.locks += _info(folder, name).count(b"lock:")


@contextmanager
def _as_owner_of(pid: int) -> Iterator[None]:
    """Its user owns what is in its folder. To list that, others need CAP_DAC_READ_SEARCH, which
    opens every file of a machine, so that executors in containers have CAP_SETUID instead.

    Only this thread has another user meanwhile, and only for files. Without CAP_SETUID nothing
    changes. Who hides from its own user belongs to root.
    """
    try:
        owner = os.stat(f"/proc/{pid}").st_uid
    except OSError:  # it has ended
        owner = 0
    if owner in {0, os.geteuid()}:
        yield
        return
    before = LIBC.setfsuid(owner)
    try:
        yield
    finally:
        LIBC.setfsuid(before)


def _lives(pid: int) -> bool:
    """Who has ended holds nothing, but only root may look into it until its parent has waited."""
    return living(pid).has_memory or len(threads(pid)) > 1


def _info(folder: str, name: str) -> bytes:
    return read(f"{folder}/fdinfo/{name}", INFO_BYTES)
