"""Processes are killed or stand still: their runs end with a true outcome, their sandboxes end."""

import asyncio
import signal
import time

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.scale.conversation import conversation
from tests.scale.site import Site, ended, sandbox_processes, stamps
from tests.services import wait_until
from tests.terminal_client import open_terminal

LOST_WITHIN = 25.0
FLUSHED_WITHIN = 5.0
SLACK = 20.0  # of a machine where much else runs
COUNT = 200_000
FLOOD = "".join(f"{number}\r\n" for number in range(COUNT)).encode()
PROGRAM = """
import time
number = 0
while True:
    print("at", number)
    number += 1
    time.sleep(0.02)
"""
pytestmark = pytest.mark.timeout(240)


async def kept(site: Site, run: str) -> list[int]:
    """The numbers in the transcript that the run's page shows."""
    async with httpx.AsyncClient(headers={"Cookie": site.owner.cookie}, timeout=20) as browser:
        page = await browser.get(f"{site.workers[0].url}/runs/{run}/")
    return stamps(page.content, "at")


async def test_a_web_worker_is_killed(site: Site) -> None:
    first, second = site.workers
    async with conversation(first, site.student()) as talk:
        await talk.say(10)
        first.process.kill()
        attached = await talk.move(second)
        assert attached["control"]
        await talk.say(10)
        await talk.answered()
        await talk.end()


@pytest.mark.faults
async def test_a_web_worker_is_killed_in_a_flood(site: Site) -> None:
    """Output goes on where it was cut, without a byte lost or twice."""
    first, second = site.workers
    user = site.student()
    async with open_terminal(first, user) as terminal:
        run = (await terminal.start(f"for i in range({COUNT}): print(i)"))["run"]
        await terminal.wait_for_bytes(100_000)
        first.process.kill()
        await terminal.cut()
        before = bytes(terminal.output)
    async with open_terminal(second, user) as terminal:
        await terminal.attach(run, len(before))
        await terminal.wait_for_exit(Outcome.COMPLETED, 60)
        assert before + terminal.output == FLOOD


@pytest.mark.faults
async def test_an_executor_is_killed(site: Site) -> None:
    """Its programs end with it. Their terminals are told in time, and what was printed is kept."""
    async with open_terminal(site.workers[0], site.owner) as terminal:
        run = (await terminal.start(PROGRAM))["run"]
        began = time.monotonic()
        # Long enough for a recording to have been saved, and for more to have come since.
        while time.monotonic() < began + 1.4 * FLUSHED_WITHIN:
            await terminal.wait_for_bytes(terminal.offset + 1)
        seen = stamps(bytes(terminal.output), "at")
        executor = site.executor_of(run)
        programs = sandbox_processes(executor)
        executor.kill()
        killed = time.monotonic()
        wait_until(lambda: ended(programs), "the end of every sandbox")
        async with open_terminal(site.workers[1], site.student()) as other:
            for number in range(3):  # meanwhile the other executor has the queue to itself
                await other.start(f"print('still here', {number})")
                await other.wait_for_exit(Outcome.COMPLETED)
        await terminal.wait_for_exit(Outcome.EXECUTOR_LOST, LOST_WITHIN + SLACK)
        assert time.monotonic() - killed <= LOST_WITHIN + SLACK / 4
    transcript = await kept(site, run)
    assert transcript == seen[: len(transcript)]
    assert len(seen) - len(transcript) <= (FLUSHED_WITHIN + 1) / 0.02


@pytest.mark.faults
async def test_an_executor_stands_still_and_comes_back(site: Site) -> None:
    """Its run was given up: it ends its program, writes nothing over the row, tells nobody else."""
    async with open_terminal(site.workers[0], site.owner) as terminal:
        run = (await terminal.start(PROGRAM))["run"]
        await terminal.wait_for_output("at 5\r\n")
        executor = site.executor_of(run)
        before = {process.pid for process in sandbox_processes(executor)}
        executor.send(signal.SIGSTOP)
        try:
            await terminal.wait_for_exit(Outcome.EXECUTOR_LOST, LOST_WITHIN + SLACK)
            shown, told = await kept(site, run), site.row(run)
        finally:
            executor.send(signal.SIGCONT)
        executor.wait_for_output(f"Run {run} ended, but had already been declared lost.")
        await terminal.settled()
        assert terminal.history[-1] == "pong"  # and before it the end: nothing came after that
        assert terminal.history[-2] == "exit"
    assert (await kept(site, run), site.row(run)) == (shown, told)
    wait_until(
        lambda: not before <= {process.pid for process in sandbox_processes(executor)},
        "a sandbox's end",
    )


@pytest.mark.faults
async def test_an_executor_stands_still_for_a_moment(site: Site) -> None:
    async with conversation(site.workers[0], site.student()) as talk:
        executor = site.executor_of(talk.run)
        executor.send(signal.SIGSTOP)
        await talk.say(5)
        await asyncio.sleep(3)
        executor.send(signal.SIGCONT)
        await talk.say(5)
        await talk.answered()
        await talk.end()


@pytest.mark.faults
async def test_everything_is_killed(site: Site) -> None:
    """And started again: what was queued runs, who comes back is told what became of the rest."""
    async with open_terminal(site.workers[0], site.owner) as terminal:
        run = (await terminal.start(PROGRAM))["run"]
        await terminal.wait_for_output("at 5\r\n")
        programs = [each for executor in site.executors for each in sandbox_processes(executor)]
        for executor in site.executors:
            executor.kill()
        async with open_terminal(site.workers[1], site.student()) as waiting:
            await waiting.request_start("print('nobody looks')")
            queued = (await waiting.wait_for("queued"))["run"]
            for worker in site.workers:
                worker.process.kill()
            await waiting.cut()
        await terminal.cut()
        seen = terminal.offset
    wait_until(lambda: ended(programs), "the end of every sandbox")
    site.mend()
    async with open_terminal(site.workers[1], site.owner) as terminal:
        await terminal.start("print('at once')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    wait_until(lambda: "completed" in site.row(queued), "the end of what was queued")
    async with open_terminal(site.workers[0], site.owner) as terminal:
        await terminal.send("attach", run=run, offset=seen)
        terminal.offset = seen
        end = await terminal.wait_for_exit(Outcome.EXECUTOR_LOST, LOST_WITHIN + SLACK)
        assert end["run"] == run
