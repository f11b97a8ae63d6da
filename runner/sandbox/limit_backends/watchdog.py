"""The limit backend of last resort: rlimits per process, and measurements from outside.

It adds what the processes of a run hold and what is on its disk, which is memory as well. The fill
level of sockets and pipes is unknown, so each is assumed to be full. The time of dead processes for
which nobody waited is unknown and estimated (`processor_time.py`).
"""

import os
import random
import time
from contextlib import suppress
from pathlib import Path

from runner.limits import KIB, MIB, WATCHDOG, Limits
from runner.sandbox.limit_backends import kernel_memory
from runner.sandbox.limit_backends.backend import (
    OWN_MEMORY_BYTES,
    OWN_PROCESSES,
    LimitBackend,
    ResourceGroup,
    Usage,
)
from runner.sandbox.limit_backends.process_tree import measure
from runner.sandbox.limit_backends.processor_time import ProcessorTime
from runner.sandbox.priority import NICENESS_WITHOUT_GROUPS

INODE_BYTES = 1024  # of the kernel's memory, for each file
SOCKET_BYTES = 256 * KIB  # its buffer and what is on its way; programs cannot make it larger here
TCP_BYTES = 2 * MIB  # beside that: buffers that grow as the kernel sees fit


class WatchdogResourceGroup(ResourceGroup):
    def __init__(self, limits: Limits) -> None:
        self._limit = limits.memory_bytes + OWN_MEMORY_BYTES
        self._processes_limit = limits.processes + OWN_PROCESSES
        self._peak = self._most_processes = 0
        self._over = False
        self._open_files = limits.open_files
        self._time = ProcessorTime(len(os.sched_getaffinity(0)))

    def usage(self, root: int, disk: int) -> Usage:
        space = os.fstatvfs(disk)
        files = (space.f_blocks - space.f_bfree) * space.f_frsize
        files += (space.f_files - space.f_ffree) * INODE_BYTES
        sockets = _sockets_bytes(root)
        room = self._limit - files - sockets
        tree = measure(root, exact_from=room, disk=os.fstat(disk).st_dev)
        memory = tree.memory_bytes + files
        self._peak = max(self._peak, memory)
        self._most_processes = max(self._most_processes, tree.processes)
        room -= tree.memory_bytes
        self._over |= room < 0 or kernel_memory.held(tree.depths, room, self._open_files) > room
        return Usage(
            cpu_seconds=self._time.note(time.monotonic(), tree.times, tree.gone),
            memory_bytes=memory,
            memory_peak_bytes=self._peak,
            processes=tree.processes,
            over_memory=self._over,
        )

    def refused_processes(self) -> bool:
        return self._most_processes >= self._processes_limit

    def close(self) -> None:
        pass


def _sockets_bytes(root: int) -> int:
    """What the sockets of the network of `root`'s child may hold, also those in no process."""
    used = tcp = 0
    with suppress(OSError, IndexError):  # it has ended
        inner = Path(f"/proc/{root}/task/{root}/children").read_text().split()[0]
        for name in ("sockstat", "sockstat6"):
            for line in Path(f"/proc/{inner}/net/{name}").read_text().splitlines():
                kind, _, count = line.split()[:3]
                used += int(count) if kind == "sockets:" else 0
                tcp += int(count) if kind in ("TCP:", "TCP6:") else 0
    return used * SOCKET_BYTES + tcp * TCP_BYTES


class Watchdog(LimitBackend):
    name = WATCHDOG
    accounted = False
    niceness = NICENESS_WITHOUT_GROUPS

    @property
    def look_seconds(self) -> float:
        """A program that knew when could hide from it."""
        return random.uniform(0.05, 0.1)

    def __init__(self, limits: Limits) -> None:
        """Nothing can be missing."""

    def open(self, limits: Limits) -> WatchdogResourceGroup:
        return WatchdogResourceGroup(limits)
