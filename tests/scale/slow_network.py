"""A slow and lossy line between a browser and the site.

A proxy in place of `tc qdisc netem`, which not every kernel has. TCP hides lost packets as waiting:
what comes after one comes late, in one piece; so that is what the proxy does. Where the kernel does
it, at a port of its own (`netem.sh`), the proxy only passes on.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.product import WebServer

DELAY_SECONDS = 0.2  # each way
LOST = 0.02  # of the packets
RESEND_SECONDS = 0.4  # TCP notices after a round trip
PACKET_BYTES = 1448
SLOW_PORT = int(os.environ.get("SLOW_PORT", "0"))  # where the kernel delays and loses packets


@asynccontextmanager
async def slow_line(worker: WebServer) -> AsyncIterator[WebServer]:
    """The same web worker, far away."""
    carrying: set[asyncio.Task[None]] = set()

    async def connect(near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection("127.0.0.1", worker.port)
        for source, target in ((near_in, far_out), (far_in, near_out)):
            carrying.add(asyncio.create_task(carry(source, target)))

    server = await asyncio.start_server(connect, "127.0.0.1", SLOW_PORT)
    try:
        yield WebServer(worker.process, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)


async def carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Until the source ends; bytes arrive late and in order."""
    loop = asyncio.get_running_loop()
    due = 0.0
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=64)

    async def arrive() -> None:
        while True:
            at, data = await on_the_way.get()
            await asyncio.sleep(max(0.0, at - loop.time()))
            if not data:
                return
            target.write(data)
            await target.drain()

    arriving = asyncio.create_task(arrive())
    try:
        while data := await source.read(16 * PACKET_BYTES):
            due = max(due, loop.time() + (0 if SLOW_PORT else _late(len(data))))
            await on_the_way.put((due, data))
        await on_the_way.put((due, b""))
        await arriving
    finally:
        arriving.cancel()
        target.close()


def _late(size: int) -> float:
    """Seconds, of so many bytes."""
    packets = -(-size // PACKET_BYTES)
    lost = random.random() > (1 - LOST) ** packets
    return DELAY_SECONDS + (RESEND_SECONDS if lost else 0)
