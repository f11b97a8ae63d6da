"""Which processes get the processor first.

A key's echo needs the web worker and the executor; a program that computes can wait for a moment.
So all runs together have a smaller weight than one process that serves them, and each run has a
share of that. These weights are limits: they hold always. Two optimisations come on top:

* Batch scheduling: a program that wakes up preempts no other process, least of all the executor
  that woke it by a key. And its time slices are longer than others' (1 to 3 ms): a process that
  serves programs and wakes up need not wait until the end of its own slice.
* Start boost: a run has four times the weight of other runs until it prints, for a quarter of a
  second at most. A student who has just pressed Run waits; programs that run can wait a little.

Runs that give way, visitors', have a small weight together: a hundred of them hold up a student as
little as one. Their time slices are short, so that a student's program that wakes up, and
interrupts nobody, gets their core at the next tick. The kernel's idle class would give way more,
but where cores are busy such a run would not even start, or end, within minutes.

Without control groups there are no weights; programs have a niceness instead.
"""

import asyncio
import os
import struct
from collections.abc import Callable

from runner.limits import Limits

BOOST_SECONDS = 0.25
SLICE_NANOSECONDS = 10_000_000
NICENESS_WITHOUT_GROUPS = 10
# Weights in control groups of version 1. A process of the system has 1024. If runs had as much, a
# thread of the kernel that passes on what programs print could wait for 60 ms (Linux 6.18).
ALL_RUNS_SHARES, RUN_SHARES = 512, 256
# And of version 2, where the executor has 100.
ALL_RUNS_WEIGHT, RUN_WEIGHT = 50, 25
# Of all runs that give way, together.
ALL_GIVING_WAY_SHARES, ALL_GIVING_WAY_WEIGHT = 64, 6
LOWEST_NICENESS = 19
SHORT_SLICE_NANOSECONDS = 1_000_000


def boosted(weight: int) -> int:
    """Of a run that starts: enough for a hundred at once to begin before the first have ended."""
    return 4 * weight


def batch_scheduling(niceness: int, slice_nanoseconds: int = SLICE_NANOSECONDS) -> bytes:
    """`struct sched_attr` of sched_setattr(2) for a process of a run, which is this much nicer than
    this one. Before Linux 6.12 time slices are the same for all processes."""
    nice = min(LOWEST_NICENESS, os.getpriority(os.PRIO_PROCESS, 0) + niceness)
    return struct.pack("=IIQiIQQQ", 48, os.SCHED_BATCH, 0, nice, 0, slice_nanoseconds, 0, 0)


def of_processes(niceness: int, limits: Limits, *, batch: bool) -> tuple[int, bytes]:
    """How much nicer than this process those of a run are, and their `struct sched_attr`, if they
    have one. No program may change either: see seccomp."""
    if limits.gives_way:
        niceness, slices = LOWEST_NICENESS, SHORT_SLICE_NANOSECONDS
    else:
        slices = SLICE_NANOSECONDS
    return niceness, batch_scheduling(niceness, slices) if batch else b""


class StartBoost:
    """One run's greater weight while it starts. `change(on)` changes it and never raises."""

    def __init__(self, change: Callable[[bool], None]) -> None:
        self._change = change
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Until `end()`, or until the time is over, whatever the program does."""
        self._change(True)
        self._timer = asyncio.get_running_loop().call_later(BOOST_SECONDS, self.end)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._change(False)

    def forget(self) -> None:
        """The run's group is about to be removed."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
