"""What the processes of a site hold: memory, descriptors, processes; and whether it grows."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Self

import psutil

from bench.machine import MIB, below
from bench.site import Site

SANDBOX_DESCRIPTORS = 1.5  # an executor has six for each sandbox, which is four processes
# What may differ between two looks at rest: an allocator keeps what it had once, and connections to
# the database and threads come and go. As many sandboxes wait as were wanted lately.
TOLERANCE = {"MiB": 12.0, "descriptors": 12.0, "threads": 8.0, "processes": inf}


@dataclass(frozen=True)
class Holdings:
    at: float  # seconds, monotonic
    figures: dict[str, float]  # by "part unit"

    def grown(self, before: "Holdings", name: str) -> bool:
        unit = name.rpartition(" ")[2]
        return self.figures[name] - before.figures[name] > TOLERANCE[unit]


def held(site: Site) -> Holdings:
    parts = {f"web {n}": w.process.pid for n, w in enumerate(site.workers, 1)}
    parts |= {f"executor {n}": e.pid for n, e in enumerate(site.executors, 1)}
    parts |= {"Redis": site.redis.process.pid}
    figures: dict[str, float] = {}
    for part, pid in parts.items():
        process = psutil.Process(pid)
        figures[f"{part} MiB"] = process.memory_info().rss / MIB
        figures[f"{part} descriptors"] = process.num_fds()
        figures[f"{part} threads"] = process.num_threads()
    figures["sandbox processes"] = 0
    for number, executor in enumerate(site.executors, 1):
        processes = len(below(executor.pid))
        figures[f"executor {number} descriptors"] -= SANDBOX_DESCRIPTORS * processes
        figures["sandbox processes"] += processes
    return Holdings(time.monotonic(), figures)


@dataclass(frozen=True)
class Trend:
    """The straight line through what was held: its mean, slope per hour, and the slope's doubt."""

    name: str
    mean: float
    slope: float
    doubt: float  # standard error of the slope

    @classmethod
    def of(cls, looks: Sequence[Holdings], name: str) -> Self:
        hours = [look.at / 3600 for look in looks]
        values = [look.figures[name] for look in looks]
        count = len(looks)
        middle, mean = sum(hours) / count, sum(values) / count
        spread = sum((hour - middle) ** 2 for hour in hours) or 1.0
        pairs = list(zip(hours, values, strict=True))
        slope = sum((hour - middle) * (value - mean) for hour, value in pairs) / spread
        left = sum((value - mean - slope * (hour - middle)) ** 2 for hour, value in pairs)
        return cls(name, mean, slope, (left / max(1, count - 2) / spread) ** 0.5)


def table(before: Holdings, trends: Sequence[Trend], after: Holdings) -> str:
    lines = [f"{'':24} {'at rest':>9} {'at work':>9} {'per hour':>18} {'at rest':>9}"]
    for trend in trends:
        first, last = before.figures[trend.name], after.figures[trend.name]
        slope = f"{trend.slope:+.1f} ± {trend.doubt:.1f}"
        lines.append(f"{trend.name:24} {first:9.1f} {trend.mean:9.1f} {slope:>18} {last:9.1f}")
    return "\n".join(lines)
