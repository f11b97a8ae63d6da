"""How long until a program speaks: from the pool, without one, and when a hundred start at once."""

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from functools import partial

import psutil
from websockets.asyncio.client import ClientConnection

from bench import local, terminals
from bench.site import POOL, Site
from bench.statistics import Line, compared
from tests.cast import SignedIn
from tests.product import Product, WebServer
from tests.services import ServerProcess, wait_until
from tests.terminal_client import open_terminal

HELLO = "print('hello')\n"
STARTS, BURST, BURSTS = 40, 100, 4
FILL_SECONDS = 180.0
REST_SECONDS = 0.1  # the pool refills within half of it
BESIDE = "python3 hello.py"
MIB = 1024 * 1024


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def warm(site: Site) -> list[Line]:
    site.arrange()
    wait = partial(wait_for_pool, site.executor, POOL)
    return first_outputs(site.server, site.users[0], "first output", "<= 0.8x", wait)


def first_outputs(
    server: WebServer, user: SignedIn, what: str, aim: str, wait: Callable[[], None]
) -> list[Line]:
    """`wait()` before each start, ours and theirs."""
    say(f"{what}, {STARTS} times …")
    ours, theirs = asyncio.run(_alternately(server, user, wait))
    return [
        compared(what, ours, theirs, 50, BESIDE, aim),
        compared(what, ours, theirs, 95, BESIDE),
    ]


async def _alternately(
    server: WebServer, user: SignedIn, wait: Callable[[], None]
) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    async with open_terminal(server, user) as terminal:
        for _ in range(STARTS):
            await asyncio.to_thread(wait)
            ours.append(await terminals.first_output(terminal, HELLO))
            await asyncio.to_thread(wait)
            theirs.append(await asyncio.to_thread(local.first_output, HELLO))
    return ours, theirs


def with_other_pools(site: Site) -> list[Line]:
    """With executors of its own; no other may run."""
    site.arrange(executors=0)
    product, server, users = site.product, site.server, site.users
    lines = _cold(product, server, users[0])
    theirs = [took for _ in range(BURSTS) for took in local.burst(HELLO, BURST)]
    for size, aim in ((8, ""), (BURST, "<= 0.5x")):
        say(f"{BURST} at once, {size} sandboxes waiting, {BURSTS} times …")
        ours = []
        for _ in range(BURSTS):  # a pool that saw one has grown
            with executor(product, server, size):
                ours += asyncio.run(_burst(server, users))
        what = f"{BURST} at once, pool of {size}:"
        beside = f"{BURST} local {BESIDE}"
        lines += [compared(what, ours, theirs, percent, beside, aim) for percent in (50, 95)]
    with executor(product, server, BURST) as started:  # after a look it is slower for a while
        waiting = waiting_memory(started) / BURST
    figure = f"{waiting / MIB:.2f} MiB"
    return [*lines, Line("memory of a waiting sandbox", figure, "(PSS)", None, "<= 8 MiB")]


def _cold(product: Product, server: WebServer, user: SignedIn) -> list[Line]:
    with executor(product, server, 0) as started:
        wait = partial(wait_for_pool, started, 0)
        return first_outputs(server, user, "first output, no pool", "<= 2x", wait)


def executor(product: Product, server: WebServer, pool: int) -> ServerProcess:
    """One whose sandboxes all wait."""
    command = [sys.executable, "manage.py", "executor", "--capacity", str(2 * BURST)]
    started = product.start("executor", command, {"POOL_SIZE": str(pool)})
    started.wait_until(partial(server.answers, "/readyz"))
    wait_for_pool(started, pool)
    return started


def wait_for_pool(executor: ServerProcess, size: int) -> None:
    """Until so many sandboxes wait, and no other is being started: the pool may want more."""
    seen: dict[psutil.Process, tuple[str, int]] = {}
    since = 0.0

    def full_and_at_rest() -> bool:
        nonlocal seen, since
        before, seen = seen, _switches(executor)
        if before != seen:
            since = time.monotonic()
        interpreters = sum(name == "python3" for name, _ in seen.values())
        waiting = interpreters // 2  # the program's, and its parent
        return waiting >= size and time.monotonic() - since > REST_SECONDS

    wait_until(full_and_at_rest, f"a pool of {size}", FILL_SECONDS)


def _switches(executor: ServerProcess) -> dict[psutil.Process, tuple[str, int]]:
    """The name of each process of a sandbox, and how often it has waited: who is at rest does not
    begin to again."""
    switches = {}
    for process in _below(executor):
        with suppress(psutil.NoSuchProcess):
            switches[process] = process.name(), process.num_ctx_switches().voluntary
    return switches


def _below(executor: ServerProcess) -> list[psutil.Process]:
    return psutil.Process(executor.pid).children(recursive=True)


def waiting_memory(executor: ServerProcess) -> float:
    """Proportional bytes of all sandboxes: what they share counts once."""
    return float(sum(process.memory_full_info().pss for process in _below(executor)))


async def _burst(server: WebServer, users: list[SignedIn]) -> list[float]:
    """Seconds from the one instant of all requests to each first output."""
    async with asyncio.timeout(60), AsyncExitStack() as stack:
        sockets = []
        for number in range(BURST):
            user = users[number % len(users)]
            sockets.append(await stack.enter_async_context(terminals.open_socket(server, user)))
        began = time.perf_counter()

        async def start(socket: ClientConnection) -> float:
            await terminals.request_start(socket, HELLO)
            offset = await terminals.next_output(socket)
            took = time.perf_counter() - began
            await terminals.ack(socket, offset)
            await terminals.until_exit(socket)
            return took

        return await asyncio.gather(*map(start, sockets))
