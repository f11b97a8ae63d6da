"""Kernel memory that the kernel does not report per process: mappings, pipes, locks and so on.

Objects are counted and multiplied by the maximum that each may cost.
"""

import mmap
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from runner.limits import KIB, MIB, Limits
from runner.sandbox.limit_backends.backend import OWN_PROCESSES
from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.open_files import OpenFiles
from runner.sandbox.limit_backends.process_tree import Tree, living, read
from runner.sandbox.seccomp import SHARED_BYTES

TASK_BYTES = 32 * KIB  # of a thread: its stack in the kernel, 16 KiB, and what describes it
PROCESS_BYTES = 16 * KIB  # beside its first thread: what describes its memory, files and signals
MAPPING_BYTES = 256
INHERITED_BYTES = 64  # of a mapping, for each ancestor it may share pages with
MAPS_BYTES = 8 << 20  # 65,530 mappings, the most of one process (vm.max_map_count)
FILE_BYTES = KIB  # an open one
PIPE_BYTES = 64 * KIB  # its buffer, which programs cannot make larger here
WATCHED_BYTES = 200  # of a descriptor, in each epoll that has it
LOCK_BYTES = 4 * KIB  # of part of a file; a tenth would do, but each new one looks at the others
IN_FLIGHT_BYTES = 8 * MIB  # of a descriptor that is in no process: what it may be that of


@dataclass(frozen=True, slots=True)
class Held:
    """In bytes."""

    kernel: int
    shared: int  # by processes, without a file

    @property
    def all(self) -> int:
        return self.kernel + self.shared


def held(tree: Tree, limits: Limits, time: CheckTime) -> Held:
    """What is held for all but the sandbox's own processes, which are the first of the tree.

    More than the limit when there is too much. If the time is over, more may be held.
    """
    programs = dict(islice(tree.depths.items(), OWN_PROCESSES, None))
    opened = OpenFiles(most_locks=limits.memory_bytes // LOCK_BYTES)
    hidden = opened.note(programs, time)  # each may have all that it may
    if opened.too_many:
        return Held(2 * limits.memory_bytes, 0)
    mappings, shared = _mapped(programs, time)
    kernel = (
        mappings
        + len(programs) * PROCESS_BYTES
        + max(0, tree.tasks - OWN_PROCESSES) * TASK_BYTES
        + opened.files * FILE_BYTES
        + (len(opened.pipes) + hidden * limits.open_files) * PIPE_BYTES
        + opened.watches * WATCHED_BYTES
        + opened.locks * LOCK_BYTES
        + opened.in_flight * IN_FLIGHT_BYTES
    )
    return Held(kernel, shared)


def _mapped(programs: Mapping[int, int], time: CheckTime) -> tuple[int, int]:
    """Bytes of what describes mappings, and of memory that processes share without a file.

    Of the latter each piece counts once and in full: its pages stay when a process does not map
    them any more, as long as another page of it is mapped. It is as large as our filter of calls
    allows.
    """
    total = 0
    shared: set[bytes] = set()
    pattern = _shared_mapping()
    for pid, depth in programs.items():
        if not time.left():
            break
        maps = read(f"{living(pid).folder}/maps", MAPS_BYTES)
        inherited = INHERITED_BYTES * max(0, depth - OWN_PROCESSES)
        total += maps.count(b"\n") * (MAPPING_BYTES + inherited)
        shared.update(pattern.findall(maps))
    return total, len(shared) * SHARED_BYTES


@cache
def _shared_mapping() -> re.Pattern[bytes]:
    """A line of /proc/PID/maps about a piece of shared memory, which it names by its inode.

    A program can choose what stands there for its name, but not its device, which we learn from a
    piece of our own.
    """
    with mmap.mmap(-1, mmap.PAGESIZE):
        lines = read("/proc/self/maps").splitlines()
    device = next(line.split()[3] for line in lines if line.endswith(b"/dev/zero (deleted)"))
    return re.compile(rb"^\S+ \S+ \S+ %s (\d+)" % re.escape(device), re.MULTILINE)
