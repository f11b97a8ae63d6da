"""How a busy run is felt by another: `python -m tests.sandbox.busy_neighbour`.

Prints how long an echo takes through `serve`, alone and beside a run that burns all it may.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bench.terminals import echoes
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import Product, WebServer
from tests.terminal_client import open_terminal

KEYS = 300
BURN = """
import os
for _ in range(5):
    os.fork()
print("burning", flush=True)
while True:
    pass
"""


@contextlib.asynccontextmanager
async def burning(server: WebServer, user: SignedIn) -> AsyncIterator[None]:
    """Beside a run with 32 processes, none of which ever waits."""
    async with open_terminal(server, user) as terminal:
        await terminal.start(BURN)
        await terminal.wait_for_output("burning\r\n" * 8)
        yield
        assert "exit" not in terminal.history
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)


async def measure(
    server: WebServer, owner: SignedIn, classmate: SignedIn, keys: int
) -> dict[str, list[float]]:
    """Seconds of each echo, sorted."""
    alone = await echoes(server, owner, keys)
    async with burning(server, classmate):
        beside = await echoes(server, owner, keys)
    return {"alone": sorted(alone), "beside a busy run": sorted(beside)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder)) as product:
        product.migrate()
        product.create_users("owner", "classmate")
        server = product.serve(LIMIT_CPU_SECONDS="3600")
        server.wait_until_ready()
        took = asyncio.run(
            measure(server, server.sign_in("owner"), server.sign_in("classmate"), KEYS)
        )
    for name, seconds in took.items():
        p50, p95 = (1000 * seconds[len(seconds) * part // 100] for part in (50, 95))
        print(f"{name:18} p50 {p50:6.2f} ms   p95 {p95:6.2f} ms")


if __name__ == "__main__":
    main()
