"""Terminals over HTTP requests that a proxy spreads over web workers."""

import asyncio
import time

import pytest

from runner.protocol.messages import Outcome
from tests.polled_client import Browser, open_polled_terminal
from tests.scale.site import Site
from tests.terminal_client import open_terminal

pytestmark = pytest.mark.timeout(180)


@pytest.mark.faults
async def test_each_request_goes_to_another_worker(site: Site) -> None:
    async with open_polled_terminal(site.workers, site.student()) as terminal:
        await terminal.start("for i in range(20): print('got', input())")
        for number in range(20):
            await terminal.type(f"line {number}\n")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        got = [line for line in terminal.output.split(b"\r\n") if line.startswith(b"got")]
        assert got == [b"got line %d" % number for number in range(20)]


@pytest.mark.faults
async def test_a_flood_through_another_worker_is_exact(site: Site) -> None:
    async with open_polled_terminal(site.workers, site.student()) as terminal:
        await terminal.start("for i in range(60_000): print(i)")
        await terminal.wait_for_exit(Outcome.COMPLETED, 60)
        assert terminal.output == b"".join(b"%d\r\n" % number for number in range(60_000))


@pytest.mark.faults
async def test_messages_between_the_workers_are_lost(site: Site) -> None:
    with site.layer(lost=0.1, doubled=0.05):
        async with open_polled_terminal(site.workers, site.student()) as terminal:
            await terminal.start("for i in range(10): print('got', input())")
            for number in range(10):
                await terminal.type(f"line {number}\n")
            await terminal.wait_for_exit(Outcome.COMPLETED, 90)
            assert terminal.output.count(b"got line") == 10


@pytest.mark.faults
async def test_the_worker_that_holds_it_is_killed(site: Site) -> None:
    """The page is told so within seconds, and goes on with a new socket where it was."""
    student = site.student()
    holder, other = site.workers
    first = Browser([holder], student)
    name = await first.open()
    await first.client.aclose()
    async with open_terminal(other, student) as terminal:
        await terminal.start("print('before'); print('got', input())")
        await terminal.wait_for_output("before")
        run = terminal.run
    assert run
    holder.process.kill()
    browser = Browser([other], student)
    began = time.monotonic()
    async with asyncio.timeout(30):
        answer = await browser.post("poll", socket=name, received=0)
    assert answer.status_code == 404
    assert time.monotonic() - began < 20
    await browser.client.aclose()
    async with open_polled_terminal(other, student) as terminal:
        await terminal.attach(run, 0)
        await terminal.type("after\n")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert b"got after" in terminal.output
