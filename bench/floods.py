"""Ten programs print as fast as they can, to ten clients at once."""

import asyncio
import json
import time
from collections.abc import Awaitable, Iterable
from concurrent.futures import ThreadPoolExecutor

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from bench import local, terminals
from bench.machine import Usage
from bench.site import Site
from bench.statistics import Line

CLIENTS = 10
FLOOD = "import os\nlines = (b'x' * 79 + b'\\n') * 100\nfor _ in range(1000): os.write(1, lines)\n"
BYTES = 100 * 1000 * 81  # the terminal makes two characters of each line's end


def floods(site: Site) -> list[Line]:
    site.arrange()
    users = [site.users[number % len(site.users)] for number in range(CLIENTS)]
    with Usage(site) as usage:
        mine, slowest = asyncio.run(
            together(terminals.flood(site.server, user, FLOOD) for user in users)
        )
    port, _ = site.terminado(FLOOD)
    theirs, _ = asyncio.run(together(_terminado_flood(port) for _ in users))
    bare = _local_floods()
    what = f"flood to {CLIENTS} at once"
    lines = [
        Line(what, _speed(mine), f"{_speed(theirs)} terminado", mine / theirs, "", usage.text),
        Line(what, _speed(mine), f"{_speed(bare)} raw terminal loops", mine / bare),
    ]
    even = f"{_speed(mine / CLIENTS)} on average"
    return [*lines, Line("slowest of them", _speed(slowest), even, slowest * CLIENTS / mine)]


def _speed(bytes_per_second: float) -> str:
    return f"{bytes_per_second / 1e6:.1f} MB/s"


async def together(clients: Iterable[Awaitable[float]]) -> tuple[float, float]:
    """Bytes per second of all, and of the slowest."""
    began = time.perf_counter()
    speeds = await asyncio.gather(*clients)
    return CLIENTS * BYTES / (time.perf_counter() - began), min(speeds)


async def _terminado_flood(port: int) -> float:
    """Bytes per second; it may end before all of the output came."""
    began, total = time.perf_counter(), 0
    async with connect(f"ws://127.0.0.1:{port}/websocket", proxy=None, max_size=None) as socket:
        try:
            while (message := json.loads(await socket.recv()))[0] != "disconnect":
                if message[0] == "stdout":
                    total += len(message[1])
        except ConnectionClosed:
            pass
    return total / (time.perf_counter() - began)


def _local_floods() -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(local.flood, [FLOOD] * CLIENTS))
    return CLIENTS * BYTES / (time.perf_counter() - began)
