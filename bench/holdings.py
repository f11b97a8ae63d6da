"""What the processes of a site hold: memory, descriptors, rows; and whether it grows."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Self

import psutil
import psycopg
import redis

from bench.machine import MIB, below, proportional
from bench.site import Site

SANDBOX_DESCRIPTORS = 1.5  # an executor has six for each sandbox, which is four processes
# What a figure may rise by while it is looked at, by its unit. Threads and connections to the
# database come and go; each of eight keeps a buffer of the largest recording it has sent, 1.6 MiB,
# for five minutes. As many sandboxes wait as were wanted lately.
TOLERANCE = {
    "RSS MiB": 12.0,
    "PSS MiB": 12.0,
    "descriptors": 12.0,
    "threads": 8.0,
    "MiB": 2.0,
    "channels": 12.0,
    "rows": 12.0,
    "processes": inf,
}
STEPS = 6  # of the time: whether a line bends
SURE = 3.0  # a line rises when it does so by so many times its doubt
# Rows of what is going on: those of runs that have ended are a site's history, and stay.
ROWS = {
    "unfinished runs'": "SELECT count(*) FROM runner_run WHERE status <> 'finished'",
    "open sockets'": "SELECT count(*) FROM runner_opensocket",
    "executors'": "SELECT count(*) FROM runner_executor",
}


@dataclass(frozen=True)
class Holdings:
    at: float  # seconds, monotonic
    figures: dict[str, float]  # by "part unit"


def held(site: Site) -> Holdings:
    parts = {f"web {n}": w.process.pid for n, w in enumerate(site.workers, 1)}
    parts |= {f"executor {n}": e.pid for n, e in enumerate(site.executors, 1)}
    figures: dict[str, float] = {}
    for part, pid in parts.items():
        process = psutil.Process(pid)
        figures[f"{part} RSS MiB"] = process.memory_info().rss / MIB
        figures[f"{part} PSS MiB"] = proportional([process]) / MIB
        figures[f"{part} descriptors"] = process.num_fds()
        figures[f"{part} threads"] = process.num_threads()
    figures["sandbox processes"] = 0
    for number, executor in enumerate(site.executors, 1):
        processes = len(below(executor.pid))
        figures[f"executor {number} descriptors"] -= SANDBOX_DESCRIPTORS * processes
        figures["sandbox processes"] += processes
    return Holdings(time.monotonic(), figures | _of_services(site))


def _of_services(site: Site) -> dict[str, float]:
    with redis.Redis.from_url(site.redis.url) as client:
        figures = {
            "Redis MiB": client.info("memory")["used_memory"] / MIB,
            "Redis channels": float(len(client.pubsub_channels())),
        }
    with psycopg.connect(site.product.env["DATABASE_URL"]) as connection:
        for what, query in ROWS.items():
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            figures[f"{what} rows"] = float(row[0])
    return figures


@dataclass(frozen=True)
class Trend:
    """The straight line through what was held: its mean, slope per hour, and the slope's doubt."""

    name: str
    mean: float
    slope: float
    doubt: float  # standard error of the slope
    hours: float  # that it was looked at
    steps: tuple[float, ...]  # the mean of each part of the time

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
        doubt = (left / max(1, count - 2) / spread) ** 0.5
        parts = [values[count * n // STEPS : count * (n + 1) // STEPS] for n in range(STEPS)]
        steps = tuple(sum(part) / len(part) for part in parts if part)
        return cls(name, mean, slope, doubt, hours[-1] - hours[0], steps)

    @property
    def grows(self) -> bool:
        tolerance = next(most for unit, most in TOLERANCE.items() if self.name.endswith(unit))
        return self.slope > SURE * self.doubt and self.slope * self.hours > tolerance


def table(before: Holdings, trends: Sequence[Trend], after: Holdings) -> str:
    lines = [f"{'':26} {'at first':>9} {'per hour':>18} {'at rest':>9}  at work, step by step"]
    for trend in trends:
        first, last = before.figures[trend.name], after.figures[trend.name]
        slope = f"{trend.slope:+.1f} ± {trend.doubt:.1f}"
        steps = " ".join(f"{step:.1f}" for step in trend.steps)
        grows = "  grows" if trend.grows else ""
        lines.append(f"{trend.name:26} {first:9.1f} {slope:>18} {last:9.1f}  {steps}{grows}")
    return "\n".join(lines)
