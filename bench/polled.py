"""Terminals over HTTP requests, beside WebSockets: what a network that blocks WebSockets costs."""

import asyncio
import time
from collections.abc import Sequence

from bench import terminals
from bench.one import FLOOD
from bench.site import Site
from bench.statistics import Line, compared
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.polled_client import open_polled_terminal
from tests.product import WebServer

ECHOES, KEYS_PER_SECOND = 150, 15  # a fast typist; more would be slowed down


def polled(site: Site) -> list[Line]:
    """With one web worker, and where a proxy gives each request to another one of two."""
    site.arrange(workers=2)
    user = site.users[0]
    lines = []
    keys = asyncio.run(terminals.echoes(site.server, user, ECHOES))
    rate = asyncio.run(terminals.flood(site.server, user, FLOOD))
    for what, workers in (("one worker", site.workers[:1]), ("two workers", site.workers)):
        took = asyncio.run(_echoes(workers, user))
        name = f"echo over HTTP, {what}"
        lines += [compared(name, took, keys, percent, "WebSocket") for percent in (50, 95)]
        mine = asyncio.run(_flood(workers, user))
        figures = f"{mine / 1e6:.1f} MB/s", f"{rate / 1e6:.1f} MB/s WebSocket"
        lines.append(Line(f"flood over HTTP, {what}", *figures, mine / rate))
    return lines


async def _echoes(workers: Sequence[WebServer], user: SignedIn) -> list[float]:
    took = []
    async with open_polled_terminal(workers, user) as terminal:
        await terminal.start(terminals.CAT)
        await terminal.wait_for_output("ready")
        for _ in range(ECHOES):
            began = time.perf_counter()
            await terminal.type("x")
            await terminal.wait_for_bytes(terminal.offset + 1)
            took.append(time.perf_counter() - began)
            await asyncio.sleep(1 / KEYS_PER_SECOND)
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
    return took


async def _flood(workers: Sequence[WebServer], user: SignedIn) -> float:
    """Bytes per second."""
    async with open_polled_terminal(workers, user) as terminal:
        began = time.perf_counter()
        await terminal.start(FLOOD)
        await terminal.wait_for_exit(Outcome.COMPLETED, 300)
        return terminal.offset / (time.perf_counter() - began)
