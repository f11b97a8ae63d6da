"""Which cores the runs of this process use, so that the next one is kept to others.

Programs ask which cores they may use, so a run is kept to one where it starts. The kernel puts it
on a core that is free just then, be it the core of a run that computes and waits just then. What
runs have used lately is known from their checks.
"""

import contextlib
import os
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

# Within so much of a core, the kernel chooses: it knows of the servers, and of this very moment. On
# a machine with more work than cores, a run that computes gets little.
ALIKE = 0.05


@dataclass(slots=True)
class _Use:
    cores: frozenset[int]
    cpu_seconds: float
    at: float  # time.monotonic()
    share: float  # of a core, between the last two checks


class UsedCores:
    """Called from several threads: each entry is replaced as a whole."""

    def __init__(self) -> None:
        self._uses: dict[int, _Use] = {}

    def begin(self, run: int, at: float) -> None:
        """`run`: any number that names it."""
        self._uses[run] = _Use(frozenset(), 0.0, at, 0.0)

    def note(self, run: int, cores: frozenset[int], cpu_seconds: float, at: float) -> None:
        """A check of a run that has begun, which may use these cores."""
        before = self._uses.get(run)
        if before is None or at <= before.at:
            return
        share = max(0.0, cpu_seconds - before.cpu_seconds) / (at - before.at)
        self._uses[run] = _Use(cores, cpu_seconds, at, share)

    def forget(self, run: int) -> None:
        self._uses.pop(run, None)

    def least_used(self, count: int, allowed: Set[int]) -> list[int]:
        """At least `count` of the allowed cores, among which the kernel may choose; the least used
        first."""
        loads = dict.fromkeys(sorted(allowed), 0.0)
        for use in list(self._uses.values()):
            for core in use.cores & allowed:
                loads[core] += use.share / len(use.cores)
        order = sorted(loads, key=lambda core: loads[core])
        if not order:
            return []
        most = loads[order[min(count, len(order)) - 1]] + ALIKE
        return [core for core in order if loads[core] <= most]


OF_THIS_PROCESS = UsedCores()


def cores_of_child(pid: int) -> frozenset[int]:
    """That the first child of a process may use; none once either is gone."""
    with contextlib.suppress(OSError):
        if children := Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            return frozenset(os.sched_getaffinity(int(children[0])))
    return frozenset()
