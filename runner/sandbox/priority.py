"""Which processes get the processor first.

A key's echo needs the web worker and the executor; a program that computes can wait for a moment.
So all runs together have a smaller weight than one process that serves them, and each run has a
share of that. These weights are limits: they hold always. Two optimisations come on top:

* Batch scheduling: a program that wakes up preempts no other process, least of all the executor
  that woke it by a key. And its time slices are longer than others' (1 to 3 ms): a process that
  serves programs and wakes up need not wait until the end of its own slice.
* Start boost: a run has four times the weight of other runs until it prints, for a quarter of a
  second at most. A student who has just pressed Run waits; programs that run can wait a little.

Without control groups there are no weights; programs have a niceness instead.
"""

import asyncio
import os
import struct
from collections.abc import Callable

BOOST_SECONDS = 0.25
SLICE_NANOSECONDS = 10_000_000
NICENESS_WITHOUT_GROUPS = 10
# Weights in control groups of version 1. A process of the system has 1024. If runs had as much, a
# thread of the kernel that passes on what programs print could wait for 60 ms (Linux 6.18).
ALL_RUNS_SHARES, RUN_SHARES = 512, 256
# And of version 2, where the executor has 100.
ALL_RUNS_WEIGHT, RUN_WEIGHT = 50, 25


def weight_of(usual: int, percent: int) -> int:
    """Of a run with that share of the usual weight; the least that both versions take is 2."""
    return max(2, usual * percent // 100)


def boosted(weight: int) -> int:
    """Of a run that starts: enough for a hundred at once to begin before the first have ended."""
    return 4 * weight


def batch_scheduling(niceness: int) -> bytes:
    """`struct sched_attr` of sched_setattr(2) for a process of a run, which is this much nicer than
    this one. Before Linux 6.12 time slices are the same for all processes."""
    nice = min(19, os.getpriority(os.PRIO_PROCESS, 0) + niceness)
    return struct.pack("=IIQiIQQQ", 48, os.SCHED_BATCH, 0, nice, 0, SLICE_NANOSECONDS, 0, 0)


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
