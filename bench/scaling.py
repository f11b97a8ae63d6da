"""What more web workers and executors bring on this machine."""

import asyncio
import time

from bench import sessions, terminals
from bench.machine import Usage
from bench.sessions import Session
from bench.site import Site
from bench.statistics import Line

TYPISTS, SECONDS = 24, 5.0
STARTS = 60
HELLO = "print('hello')\n"
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (4, 4))  # web workers, executors


def scaling(site: Site) -> list[Line]:
    echoes: list[Line] = []
    starts: list[Line] = []
    first: tuple[float, float] | None = None
    for workers, executors in SHAPES:
        site.arrange(workers, executors)
        with Usage(site) as typing:
            keys = asyncio.run(_echoes_per_second(site))
        with Usage(site) as starting:
            runs = asyncio.run(_starts_per_second(site))
        first = first or (keys, runs)
        shape = f"{workers} web, {executors} executor{'s' if executors > 1 else ''}:"
        for lines, what, figure, base, usage in (
            (echoes, "echoes", keys, first[0], typing),
            (starts, "runs", runs, first[1], starting),
        ):
            beside = f"{base:.0f}/s with one of each"
            lines.append(
                Line(f"{shape} {what}", f"{figure:.0f}/s", beside, figure / base, "", usage.text)
            )
    site.arrange()
    return echoes + starts


async def _echoes_per_second(site: Site) -> float:
    """Everybody types the next key when the echo of the last one is there."""
    async with sessions.our_sessions(site, TYPISTS) as opened:
        end = time.perf_counter() + SECONDS
        counts = await asyncio.gather(*(_type_until(session, end) for session in opened))
    return sum(counts) / SECONDS


async def _type_until(session: Session, end: float) -> int:
    count = 0
    while time.perf_counter() < end:
        await session.echo()
        count += 1
        if count % 50 == 0:  # the page confirms every 50 ms
            await session.rest()
    return count


async def _starts_per_second(site: Site) -> float:
    """Each of some users starts a program when the one before has ended."""
    began = time.perf_counter()

    async def start(number: int) -> None:
        server = site.workers[number % len(site.workers)]
        async with terminals.open_socket(server, site.users[number % len(site.users)]) as socket:
            await terminals.request_start(socket, HELLO)
            await terminals.ack(socket, await terminals.next_output(socket))
            await terminals.until_exit(socket)

    await sessions.all_of(STARTS, start)
    return STARTS / (time.perf_counter() - began)
