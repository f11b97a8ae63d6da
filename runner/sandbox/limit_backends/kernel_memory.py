"""Kernel memory that the kernel does not report per process: mappings, pipes, locks and so on.

Objects are counted and multiplied by the maximum that each may cost.
"""

import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from runner.limits import KIB
from runner.sandbox.limit_backends.backend import OWN_PROCESSES
from runner.sandbox.limit_backends.process_tree import TRIES, living, read

MAPPING_BYTES = 256
INHERITED_BYTES = 64  # of a mapping, for each ancestor it may share pages with
MOST_MAPPINGS = 65_530  # of one process: vm.max_map_count
PAGE_BYTES = 4096  # the smallest mapping
MAPS_BYTES = 1 << 20  # about 15,000 mappings, read in some milliseconds
FILE_BYTES = KIB  # an open one
PIPE_BYTES = 64 * KIB  # its buffer, which programs cannot make larger here
WATCHED_BYTES = 200  # of a descriptor, in each epoll that has it
LOCK_BYTES = 4 * KIB  # of part of a file; a tenth would do, but each new one looks at the others
LOCKS_BYTES = 1 << 20  # about 20,000 of them
COUNT_SECONDS = 0.5


def held(depths: Mapping[int, int], room: int, open_files: int) -> int:
    """Bytes held for all but the sandbox's own processes, which are the first of `depths`.

    Mappings are counted only when there could be so many that it is more than `room`. `open_files`:
    what a process may have, when it may not be looked into.
    """
    programs = dict(islice(depths.items(), OWN_PROCESSES, None))
    until = time.monotonic() + COUNT_SECONDS
    descriptors = _Descriptors()
    seen = {pid for pid in programs if time.monotonic() < until and descriptors.note(pid)}
    total = descriptors.bytes + (len(programs) - len(seen)) * open_files * PIPE_BYTES
    most = {pid: _most_mappings(pid) * _mapping_bytes(depth) for pid, depth in programs.items()}
    if total + sum(most.values()) <= room:
        return total
    for pid, depth in programs.items():
        if pid in seen and time.monotonic() < until:
            total += _mappings(pid) * _mapping_bytes(depth)
        else:
            total += most[pid]
    return total


def _most_mappings(pid: int) -> int:
    for line in living(pid).status.splitlines():
        if line.startswith(b"VmSize:"):
            return min(int(line.split()[1]) * KIB // PAGE_BYTES, MOST_MAPPINGS)
    return 0


def _mappings(pid: int) -> int:
    maps = read(f"{living(pid).folder}/maps", MAPS_BYTES)
    return MOST_MAPPINGS if len(maps) == MAPS_BYTES else maps.count(b"\n")


def _mapping_bytes(depth: int) -> int:
    return MAPPING_BYTES + INHERITED_BYTES * max(0, depth - OWN_PROCESSES)


@dataclass
class _Descriptors:
    files: int = 0
    epolls: int = 0
    locks: int = 0
    pipes: set[object] = field(default_factory=set)

    @property
    def bytes(self) -> int:
        watched = self.epolls * self.files * WATCHED_BYTES
        pipes, locks = len(self.pipes) * PIPE_BYTES, self.locks * LOCK_BYTES
        return self.files * FILE_BYTES + watched + pipes + locks

    def note(self, pid: int) -> bool:
        """Whether it may be known what the process has open."""
        for _ in range(TRIES):
            folder = living(pid).folder
            try:
                names = os.listdir(f"{folder}/fd")
            except FileNotFoundError:
                continue  # it has ended, or the thread that told of it
            except OSError:
                return False
            self.files += len(names)
            for name in names:
                with suppress(OSError):  # it was just closed
                    self._note(folder, name)
            if os.path.exists(folder):
                return True
        return not os.path.exists(f"/proc/{pid}")

    def _note(self, folder: str, name: str) -> None:
        path = f"{folder}/fd/{name}"
        link = os.readlink(path)
        if link == "anon_inode:[eventpoll]":
            self.epolls += 1
        elif link.startswith(("pipe:", "/")) and not link.startswith("/dev/pts/"):
            found = os.stat(path)
            if stat.S_ISFIFO(found.st_mode):
                self.pipes.add((found.st_dev, found.st_ino))
            elif stat.S_ISREG(found.st_mode):
                # Who has a lock has the file open: with the descriptor its locks would be gone.
                # `/proc/locks` would tell too, but keeps everybody from locking meanwhile.
                info = read(f"{folder}/fdinfo/{name}", LOCKS_BYTES)
                self.locks += info.count(b"lock:")
