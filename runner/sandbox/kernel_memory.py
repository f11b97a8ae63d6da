"""What the kernel keeps for processes and no account of it tells: mappings, pipes, locks, and such.

Things are counted and multiplied by what each costs at most. That is only done where it could be
too much: first it is asked how much there could be at all.
"""

import os
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from runner.limits import KIB
from runner.sandbox.process_tree import read
from runner.sandbox.rungs.rung import OWN_PROCESSES

MAPPING_BYTES = 256
INHERITED_BYTES = 64  # of a mapping, for each ancestor it may share pages with
MOST_MAPPINGS = 65_530  # of one process: vm.max_map_count
PAGE_BYTES = 4096  # the smallest mapping
MAPS_BYTES = 1 << 20  # about 15,000 mappings, read in some milliseconds
FILE_BYTES = KIB  # an open one
PIPE_BYTES = 64 * KIB  # its buffer, which programs cannot make larger here
WATCHED_BYTES = 200  # of a descriptor, in each epoll that has it
LOCK_BYTES = (
    4 * KIB
)  # of part of a file; a tenth of it would do, but each new one looks at all others
LOCKS_BYTES = 4 << 20
COUNT_SECONDS = 0.5


def held(depths: Mapping[int, int], room: int, open_files: int) -> int:
    """Bytes held for all but the sandbox's own processes, which are the first of `depths`.

    Only locks are counted when it cannot be more than `room`. `open_files`: that one may have.
    """
    programs = dict(islice(depths.items(), OWN_PROCESSES, None))
    locks = _locks(programs) * LOCK_BYTES
    bounds = {pid: _bound(pid, depth, open_files) for pid, depth in programs.items()}
    if sum(bounds.values()) <= room - locks:
        return locks
    until = time.monotonic() + COUNT_SECONDS
    counted, total = _Descriptors(), locks
    for pid, depth in programs.items():
        if time.monotonic() < until and counted.note(pid):
            total += _mappings(pid) * _mapping_bytes(depth)
        else:  # it may not be looked into
            total += bounds[pid]
    return total + counted.bytes


def _bound(pid: int, depth: int, open_files: int) -> int:
    lines = (line.split() for line in read(f"/proc/{pid}/status").splitlines())
    figures = {line[0]: line[1] for line in lines if line and line[0] in (b"VmSize:", b"FDSize:")}
    mappings = min(int(figures.get(b"VmSize:", 0)) * KIB // PAGE_BYTES, MOST_MAPPINGS)
    try:
        files = len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:  # it may not be looked into: room for so many
        files = min(int(figures.get(b"FDSize:", 0)), open_files)
    return mappings * _mapping_bytes(depth) + files * PIPE_BYTES


def _mapping_bytes(depth: int) -> int:
    return MAPPING_BYTES + INHERITED_BYTES * max(0, depth - OWN_PROCESSES)


def _mappings(pid: int) -> int:
    maps = read(f"/proc/{pid}/maps", MAPS_BYTES)
    return MOST_MAPPINGS if len(maps) == MAPS_BYTES else maps.count(b"\n")


def _locks(pids: Iterable[int]) -> int:
    """A line is `number: POSIX ADVISORY WRITE process …`; the newest come first."""
    owners = {b"%d" % pid for pid in pids}
    lines = (line.split(None, 5) for line in read("/proc/locks", LOCKS_BYTES).splitlines())
    return sum(len(line) > 4 and line[4] in owners for line in lines)


@dataclass
class _Descriptors:
    files: int = 0
    epolls: int = 0
    pipes: set[object] = field(default_factory=set)

    @property
    def bytes(self) -> int:
        watched = self.epolls * self.files * WATCHED_BYTES
        return self.files * FILE_BYTES + len(self.pipes) * PIPE_BYTES + watched

    def note(self, pid: int) -> bool:
        """Whether it may be known what the process has open."""
        folder = f"/proc/{pid}/fd"
        try:
            names = os.listdir(folder)
        except FileNotFoundError:
            return True  # it has ended
        except OSError:
            return False
        self.files += len(names)
        for name in names:
            try:
                self._note(f"{folder}/{name}")
            except OSError:
                continue
        return True

    def _note(self, path: str) -> None:
        link = os.readlink(path)
        if link == "anon_inode:[eventpoll]":
            self.epolls += 1
        elif link.startswith(("pipe:", "/")):
            found = os.stat(path)
            if stat.S_ISFIFO(found.st_mode):
                self.pipes.add((found.st_dev, found.st_ino))
