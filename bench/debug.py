"""A debugged program, measured through all of the product: its first stop, steps, memory."""

import asyncio
import sys
import time

import psutil

from bench import terminals
from bench.site import POOL, Site
from bench.starts import wait_for_pool
from bench.statistics import Line, compared, milliseconds, percentile
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.debugging.dap import MAIN
from tests.debugging.debug_terminal import DebugTerminal, open_debug_terminal
from tests.product import WebServer
from tests.services import ServerProcess

STARTS, STEPS, ROUNDS, ECHOES = 20, 50, 4, 300
MIB = 1024 * 1024
FIRST = "print('hello')\nprint('end')\n"
FORGES = """import socket
for number in range(3, 60):
    try:
        channel = socket.socket(fileno=number)
        if channel.family == socket.AF_UNIX and channel.getpeername().endswith("debug"):
            break
    except OSError:
        pass
while True:
    channel.sendall(b'{"type": "event", "event": "forged"}\\n' * 1000)
"""
LOOP = f"total = 0\nfor number in range({STEPS * ROUNDS}):\n    total += number\nprint(total)\n"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def debug(site: Site) -> list[Line]:
    site.arrange()
    say(f"Debug -> stopped, {STARTS} times …")
    server, user = site.server, site.users[0]
    stops, plain, memory = asyncio.run(_stops(site.executor, server, user))
    say(f"steps, {STEPS * ROUNDS} …")
    steps = asyncio.run(_steps(server, user))
    say("echo of another user beside forged events …")
    alone = asyncio.run(terminals.echoes(server, site.users[1], ECHOES))
    flooded, grown = asyncio.run(_echoes_beside_a_flood(site, user, site.users[1]))
    beside = f"{milliseconds(percentile(plain, 50))} first output without a debugger"
    return [
        Line(
            "Debug -> stopped p50", milliseconds(percentile(stops, 50)), beside, None, "<= 600 ms"
        ),
        Line("Debug -> stopped p95", milliseconds(percentile(stops, 95)), "", None),
        Line("step -> stopped p50", milliseconds(percentile(steps, 50)), "", None),
        Line("step -> stopped p95", milliseconds(percentile(steps, 95)), "", None, "<= 60 ms"),
        compared("echo beside forged events", flooded, alone, 99, "without"),
        Line("executor's memory beside them", f"+{grown / MIB:.1f} MiB", "", None, "<= 4 MiB"),
        Line("memory of a stopped program", f"{memory / MIB:.1f} MiB", "(PSS)", None, "<= 64 MiB"),
    ]


async def _stops(
    executor: ServerProcess, server: WebServer, user: SignedIn
) -> tuple[list[float], list[float], float]:
    """Seconds to the stop in the first line; to the first output without a debugger; bytes of the
    sandbox of a program that stands."""
    stops, plain, memory = [], [], 0.0
    async with open_debug_terminal(server, user) as terminal:
        for _ in range(STARTS):
            await asyncio.to_thread(wait_for_pool, executor, POOL)
            plain.append(await terminals.first_output(terminal, FIRST))
            await asyncio.to_thread(wait_for_pool, executor, POOL)
            began = time.perf_counter()
            thread = await _stopped(terminal, FIRST, 1)
            stops.append(time.perf_counter() - began)
            memory = max(memory, await asyncio.to_thread(_memory, executor))
            await _end(terminal, thread)
    return stops, plain, memory


async def _steps(server: WebServer, user: SignedIn) -> list[float]:
    """Seconds from a step to the next stop and its frames, for which the page asks."""
    took = []
    async with open_debug_terminal(server, user) as terminal:
        thread = await _stopped(terminal, LOOP, 2)
        for _ in range(STEPS * ROUNDS):
            began = time.perf_counter()
            await terminal.debugger.go("next", thread)
            await terminal.debugger.frames(thread)
            took.append(time.perf_counter() - began)
        await _end(terminal, thread)
    return took


async def _echoes_beside_a_flood(
    site: Site, student: SignedIn, other: SignedIn
) -> tuple[list[float], int]:
    """Seconds from a key of another user to its echo, while a program forges events; and by how
    many bytes the executor has grown meanwhile."""
    executor = psutil.Process(site.executor.pid)
    async with open_debug_terminal(site.server, student) as terminal:
        await terminal.start(FORGES, debug=True)
        await terminal.debugger.begin()
        before = executor.memory_info().rss
        await terminal.debugger.event("forged")
        took = await terminals.echoes(site.server, other, ECHOES)
        grown = executor.memory_info().rss - before
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
    return took, grown


async def _stopped(terminal: DebugTerminal, source: str, line: int) -> int:
    """The thread that stands there. A new run has a new channel."""
    terminal.debugger.begin_anew()
    await terminal.start(source, debug=True)
    await terminal.debugger.begin({"line": line})
    return int((await terminal.debugger.event("stopped"))["threadId"])


async def _end(terminal: DebugTerminal, thread: int) -> None:
    await terminal.debugger.request("setBreakpoints", source={"path": MAIN}, breakpoints=[])
    await terminal.debugger.request("continue", threadId=thread)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    terminal.inbox.clear()


def _memory(executor: ServerProcess) -> float:
    """Proportional bytes of the largest process below the executor: the debugged program."""
    found = [0.0]
    for process in psutil.Process(executor.pid).children(recursive=True):
        try:
            found.append(float(process.memory_full_info().pss))
        except psutil.NoSuchProcess:
            continue
    return max(found)
