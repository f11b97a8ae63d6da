"""The limit backend of last resort: rlimits per process, and measurements from outside.

It adds what the processes of a run hold and what is on its disk, which is memory as well. The fill
level of sockets and pipes is unknown, so each is assumed to be full. The time of dead processes for
which nobody waited is unknown and estimated (`processor_time.py`).
"""

import os
import random
import time

from runner.limits import KIB, WATCHDOG, Limits
from runner.sandbox.limit_backends import kernel_memory
from runner.sandbox.limit_backends.backend import (
    OWN_MEMORY_BYTES,
    OWN_PROCESSES,
    LimitBackend,
    ResourceGroup,
    Usage,
)
from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.process_tree import look, private_bytes
from runner.sandbox.limit_backends.processor_time import ProcessorTime
from runner.sandbox.limit_backends.sockets import sockets
from runner.sandbox.priority import NICENESS_WITHOUT_GROUPS

INODE_BYTES = 1024  # of the kernel's memory, for each file
SOCKET_BYTES = 256 * KIB  # its buffer and what is on its way; programs cannot make it larger
TCP_BYTES = 128 * KIB  # beside that: it has a buffer for each direction (NETWORK in outside.py)


class WatchdogResourceGroup(ResourceGroup):
    def __init__(self, limits: Limits) -> None:
        self._time = ProcessorTime(len(os.sched_getaffinity(0)))
        self.renew(limits)

    def renew(self, limits: Limits) -> None:
        self._limits = limits
        self._limit = limits.memory_bytes + OWN_MEMORY_BYTES
        self._tasks_limit = limits.processes + OWN_PROCESSES
        self._peak = self._most_tasks = 0
        self._over = False

    def usage(self, root: int, disk: int) -> Usage:
        check_time = CheckTime()
        space = os.fstatvfs(disk)
        files = (space.f_blocks - space.f_bfree) * space.f_frsize
        files += (space.f_files - space.f_ffree) * INODE_BYTES
        found = sockets(root)
        tree = look(root)
        held = kernel_memory.held(tree, self._limits, check_time)
        known = files + held.all + found.all * SOCKET_BYTES + found.tcp * TCP_BYTES
        own = private_bytes(tree, exact_from=self._limit - known, time=check_time)
        memory = own + files + held.shared
        self._peak = max(self._peak, memory)
        self._most_tasks = max(self._most_tasks, tree.tasks)
        # If something was left out, `known` is too small and `own` may be too large.
        self._over |= known > self._limit or (not check_time.missed and known + own > self._limit)
        return Usage(
            cpu_seconds=self._time.note(time.monotonic(), tree.times, tree.gone),
            memory_bytes=memory,
            memory_peak_bytes=self._peak,
            processes=tree.processes,
            over_memory=self._over,
            complete=not check_time.missed,
        )

    def refused_processes(self) -> bool:
        return self._most_tasks >= self._tasks_limit

    def close(self) -> None:
        pass


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
