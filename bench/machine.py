"""What the parts of a site take of the machine: who works, and what is used up."""

import time
from collections.abc import Callable
from typing import Self

import psutil

from bench.site import Site

MIB = 1024 * 1024
Pids = Callable[[], list[int]]


def below(*pids: int) -> list[psutil.Process]:
    """Every process started by these, directly or not."""
    return [child for pid in pids for child in psutil.Process(pid).children(recursive=True)]


def proportional(processes: list[psutil.Process]) -> float:
    """Bytes of memory: what several share counts once."""
    return float(sum(process.memory_full_info().pss for process in processes))


def resident(*pids: int) -> float:
    return float(sum(psutil.Process(pid).memory_info().rss for pid in pids))


class Usage:
    """CPU time between entering and leaving, by part.

    `text` says how busy the cores were, and with what: at 100 % the cores are the limit.
    """

    def __init__(self, site: Site, *others: int) -> None:
        """`others`: servers that are compared with."""
        self._parts: dict[str, Pids] = {
            "web": lambda: [worker.process.pid for worker in site.workers],
            "executor": lambda: [executor.pid for executor in site.executors],
            "Redis": lambda: [site.redis.process.pid],
            "client": lambda: [psutil.Process().pid],
            "beside": lambda: list(others),
        }
        self._site = site
        self.seconds: dict[str, float] = {}
        self.text = ""

    def __enter__(self) -> Self:
        self._began, self._before, self._busy = time.monotonic(), self._spent(), _busy_seconds()
        return self

    def __exit__(self, *failure: object) -> None:
        took = time.monotonic() - self._began
        after, total = self._spent(), _busy_seconds() - self._busy
        self.seconds = {part: after[part] - self._before[part] for part in after}
        cores = psutil.cpu_count() or 1
        self.percent = {part: 100 * spent / took for part, spent in self.seconds.items()}
        rest = max(0.0, 100 * total / took - sum(self.percent.values()))
        shares = {**self.percent, "others": rest}
        named = ", ".join(f"{part} {share:.0f}" for part, share in shares.items() if share >= 1)
        self.text = f"{100 * total / took / cores:.0f} % of {cores} cores (% of one: {named})"

    def _spent(self) -> dict[str, float]:
        spent = {part: sum(map(_cpu_seconds, pids())) for part, pids in self._parts.items()}
        programs = below(*self._parts["executor"](), *self._parts["beside"]())
        return spent | {"programs": sum(_cpu_seconds(process.pid) for process in programs)}


def _cpu_seconds(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.softirq + times.irq)
