"""What many open terminals cost, and how an echo fares among them; three ways to have them."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import psutil

from bench import sessions
from bench.machine import MIB, Usage, below, proportional, resident
from bench.sessions import Session
from bench.site import Site
from bench.statistics import Line, compared, milliseconds, percentile

OPEN, TYPING = 200, 40
MOST_OPEN = 500
TYPING_SECONDS, IDLE_SECONDS = 8.0, 5.0
QUIET_SECONDS = 6.0  # until what was printed at the start has been saved


@dataclass(frozen=True)
class Crowd:
    start_seconds: float  # until all programs have spoken
    memory: dict[str, float]  # bytes for each session, by where they are
    idle: float  # percent of one core while nobody types
    echoes: list[float]  # seconds
    limit: str  # what the machine did while keys were typed

    @property
    def each(self) -> float:
        return sum(self.memory.values())

    def described(self) -> str:
        parts = ", ".join(f"{part} {size / MIB:.2f}" for part, size in self.memory.items())
        return f"{self.each / MIB:.2f} MiB ({parts})"


async def _observed(
    opened: AbstractAsyncContextManager[Sequence[Session]],
    typing: int,
    memory: Callable[[], dict[str, float]],
    usage: Callable[[], Usage],
    parts: tuple[str, ...],
) -> Crowd:
    before, began = memory(), time.perf_counter()
    async with opened as crowd:
        started, after = time.perf_counter() - began, memory()
        await asyncio.sleep(QUIET_SECONDS)
        with usage() as idle:
            await asyncio.sleep(IDLE_SECONDS)
        with usage() as busy:
            echoes = await sessions.typing(crowd[:typing], TYPING_SECONDS)
    return Crowd(
        start_seconds=started,
        memory={part: (after[part] - before[part]) / len(crowd) for part in before},
        idle=sum(idle.percent[part] for part in parts),
        echoes=echoes,
        limit=busy.text,
    )


async def ours(site: Site, count: int, typing: int) -> Crowd:
    workers, executors = ([w.process.pid for w in site.workers], [e.pid for e in site.executors])

    def memory() -> dict[str, float]:
        servers = {"web": resident(*workers), "executor": resident(*executors)}
        return servers | {"sandbox": proportional(below(*executors))}

    opened = sessions.our_sessions(site, count)
    parts = ("web", "executor", "Redis", "programs")
    return await _observed(opened, typing, memory, lambda: Usage(site), parts)


async def terminado(site: Site, count: int, typing: int) -> Crowd:
    port, pid = site.terminado()

    def memory() -> dict[str, float]:
        return {"server": resident(pid), "program": proportional(below(pid))}

    opened = sessions.terminado_sessions(port, count)
    return await _observed(opened, typing, memory, lambda: Usage(site, pid), ("beside", "programs"))


async def raw(site: Site, count: int, typing: int) -> Crowd:
    """Programs on bare pseudo-terminals: nobody serves them, so nothing else costs anything."""

    def memory() -> dict[str, float]:
        return {"program": proportional(_raw_programs(site))}

    return await _observed(sessions.raw_sessions(count), typing, memory, lambda: Usage(site), ())


def _raw_programs(site: Site) -> list[psutil.Process]:
    """Of this process only those that are no server of the site."""
    servers = {process.pid for process in site.product.processes}
    children = psutil.Process().children()
    return [child for child in children if child.pid not in servers and child.name() == "python3"]


def many_sessions(site: Site) -> list[Line]:
    site.arrange()
    mine = asyncio.run(ours(site, OPEN, TYPING))
    theirs = asyncio.run(terminado(site, OPEN, TYPING))
    bare = asyncio.run(raw(site, OPEN, TYPING))
    return lines_for(OPEN, TYPING, mine, theirs, bare)


def open_terminals(site: Site) -> list[Line]:
    """Ours alone: what each of many costs. Compare revisions by `make bench` in each."""
    site.arrange()
    crowd = asyncio.run(ours(site, MOST_OPEN, TYPING))
    echo = percentile(crowd.echoes, 50)
    what = f"{MOST_OPEN} open"
    return [
        Line(f"memory of each of {MOST_OPEN}", crowd.described(), "", None),
        Line(f"{what}, {TYPING} typing: echo p50", milliseconds(echo), "", None, "", crowd.limit),
        Line(f"{what}, nobody types", f"{crowd.idle:.0f} % of a core", "", None),
    ]


def lines_for(count: int, typing: int, mine: Crowd, theirs: Crowd, bare: Crowd) -> list[Line]:
    what = f"{count} open, {typing} typing:"
    lines = []
    for percent in (50, 95):
        line = compared(f"{what} echo", mine.echoes, theirs.echoes, percent, "terminado")
        floor = compared("", bare.echoes, bare.echoes, percent, "").ours
        lines.append(line.beside(f"{floor} raw terminal").limited(mine.limit))
    memory = Line(
        f"memory of each of {count}",
        mine.described(),
        f"{theirs.each / MIB:.2f} MiB terminado, {bare.each / MIB:.2f} MiB raw",
        mine.each / theirs.each,
    )
    idle = Line(
        f"{count} open, nobody types",
        f"{mine.idle:.0f} % of a core",
        f"{theirs.idle:.1f} % terminado",
        None,
    )
    return [*lines, memory, idle]
