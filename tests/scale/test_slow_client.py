"""A client that does not acknowledge, or reads slowly, while its program floods."""

import asyncio
import time

import psutil
import pytest

from runner.protocol.messages import Outcome
from tests.scale.site import Site
from tests.terminal_client import TerminalClient, open_terminal

WINDOW_BYTES = 256 * 1024
FLOOD = "import os\nline = b'x' * 79 + b'\\n'\nwhile True: os.write(1, line * 100)"
MIB = 1024 * 1024


def resident(pids: list[int]) -> list[int]:
    return [psutil.Process(pid).memory_info().rss for pid in pids]


@pytest.mark.faults
@pytest.mark.timeout(60)
async def test_nothing_grows_for_a_client_that_never_acknowledges(site: Site) -> None:
    async with open_terminal(site.workers[0], site.student()) as terminal:
        await terminal.start("print('what a first run needs is in memory now')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    pids = [site.workers[0].process.pid, *(executor.pid for executor in site.executors)]
    async with open_terminal(site.workers[0], site.student(), auto_ack=False) as terminal:
        before = resident(pids)
        await terminal.start(FLOOD)
        await terminal.wait_for_bytes(WINDOW_BYTES)
        for _ in range(20):  # the program floods on for as long as this takes
            await terminal.settled()
            await asyncio.sleep(0.1)
        grown = [after - was for after, was in zip(resident(pids), before, strict=True)]
        assert terminal.offset == WINDOW_BYTES
        assert max(grown) < 4 * MIB, grown
        await terminal.ack()
        await terminal.wait_for_bytes(WINDOW_BYTES + 1)
        await terminal.send("stop")
        terminal.auto_ack = True
        await terminal.ack()
        await terminal.wait_for_exit(Outcome.STOPPED)


@pytest.mark.faults
@pytest.mark.timeout(60)
async def test_nothing_grows_for_a_client_that_acknowledges_without_reading(site: Site) -> None:
    worker, user = site.workers[0], site.student()
    async with open_terminal(worker, user, auto_ack=False) as terminal:
        await terminal.start("print('what a first run needs is in memory now')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        (before,) = resident([worker.process.pid])
        run = (await terminal.start(FLOOD))["run"]
        await terminal.wait_for_bytes(WINDOW_BYTES)
        terminal.socket.transport.pause_reading()
        for step in range(1, 1500):
            await terminal.send("ack", offset=step * 16 * 1024)
            await asyncio.sleep(0.002)  # 8 MB/s, for three seconds
        (after,) = resident([worker.process.pid])
        terminal.socket.transport.abort()
    assert after - before < 4 * MIB, after - before
    async with open_terminal(worker, user) as terminal:
        await terminal.attach(run, WINDOW_BYTES)
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)


async def interrupt_flood(terminal: TerminalClient) -> float:
    """Seconds from ^C to the end of the run, of a client that reads 5 MB/s."""
    await terminal.start(FLOOD)
    await terminal.wait_for_bytes(MIB)
    began = time.monotonic()
    await terminal.type("\x03")
    await terminal.wait_for_exit(Outcome.FAILED)
    return time.monotonic() - began


@pytest.mark.faults
@pytest.mark.timeout(120)
async def test_interrupting_a_flood_is_heard_at_once(site: Site) -> None:
    async with open_terminal(site.workers[0], site.student()) as terminal:
        terminal.bytes_per_second = 5e6
        took = sorted([await interrupt_flood(terminal) for _ in range(20)])
    # Without a window the browser would have seconds to read; `make bench` prints exact figures.
    assert took[10] < 0.600, took
