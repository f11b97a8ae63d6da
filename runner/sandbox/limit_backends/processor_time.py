"""Estimates the processor time of a run whose processes hide theirs. Pure.

The kernel adds the time of a dead child to its parent's when the parent waits for it. Nobody waits
for the children of a parent that ignores SIGCHLD, so no total contains their time. An estimate
supplements it. Samples are taken at times that a program cannot predict. A process that appears in
one sample only represents all that lived since the previous sample: it is assumed to have used its
share of a processor for all that time. Very young processes have no time yet that the kernel would
report: those that are running at the moment of the sample are assumed to have some. For a program
that hides nothing, estimate and total agree on average. The larger one counts.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_SECONDS = 0.3  # that one process stands for, when a look comes late
HALF_TICK = 0.005  # the kernel tells times in hundredths of a second


@dataclass(frozen=True, slots=True)
class Times:
    """One process's, in seconds."""

    own: float
    children: float  # those it has waited for
    age: float
    running: bool = False  # just now, or able to


@dataclass(slots=True)
class _Known:
    own: float
    least: float  # that it stands for, should it be gone at the next look


class ProcessorTime:
    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._known: dict[Hashable, _Known] = {}
        self._told = self._vanished = self._dead = 0.0
        self._looked_at: float | None = None

    def note(self, now: float, processes: Mapping[Any, Times], gone: int = 0) -> float:
        """Seconds used in all, until this look, by a clock that never goes back. Never less.

        `gone`: processes that were there, and had ended before they could be asked.
        """
        told = sum(times.own + times.children for times in processes.values())
        self._vanished += max(0.0, self._told - told)
        self._told = told
        elapsed = 0.0 if self._looked_at is None else min(now - self._looked_at, MOST_SECONDS)
        self._looked_at = now
        over = not processes  # the run has ended: nothing goes on behind the last look
        for key in self._known.keys() - processes.keys():
            known = self._known.pop(key)
            self._dead += known.own if over else max(known.own, known.least)
        left = 0.0 if over else self._cores * elapsed
        self._dead += (guess := min(left, gone * elapsed))
        left -= guess
        for key, times in processes.items():
            left -= self._meet(key, times, elapsed, left)
        living = sum(known.own for known in self._known.values())
        return max(told + self._vanished, self._dead + living)

    def _meet(self, key: Hashable, times: Times, elapsed: float, most: float) -> float:
        """How much of the time since the look before a new process stands for."""
        known = self._known.get(key)
        if known is None:
            own = times.own + (HALF_TICK if times.running else 0.0)
            share = min(self._cores, own / (times.age + HALF_TICK))
            stands_for = min(most, share * elapsed)
            self._known[key] = _Known(times.own, stands_for)
            return stands_for
        known.least = times.own + (times.own - known.own) / 2  # it goes on, for half the time
        known.own = times.own
        return 0.0
