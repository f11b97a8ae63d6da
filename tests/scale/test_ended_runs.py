"""Runs that have ended, however they did, leave nothing in memory."""

import asyncio

import pytest

from runner.protocol.messages import Outcome
from tests.scale import census
from tests.scale.site import Site
from tests.terminal_client import open_terminal

FLOOD = "while True: print('x' * 200)"
STUDENTS, ROUNDS = 5, 2


@pytest.mark.faults
async def test_objects_of_a_run_are_counted(site: Site) -> None:
    async with open_terminal(site.workers[0], site.student()) as terminal:
        await terminal.start("input()")
        counted = {name.partition(" ")[0] for name in await asyncio.to_thread(site.objects_alive)}
        # Sandboxes come and go in the pool, also while they are counted.
        assert counted - census.OF_SANDBOXES == census.OF_RUNS | {"Inbox"}
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)


@pytest.mark.faults
@pytest.mark.timeout(180)
async def test_ended_runs_leave_no_objects(site: Site) -> None:
    async def completed(number: int) -> None:
        async with open_terminal(site.workers[number % 2], site.student()) as terminal:
            await terminal.start("print(input())")
            await terminal.type("x\r")
            await terminal.wait_for_exit(Outcome.COMPLETED)

    async def stopped_in_a_flood(number: int) -> None:
        async with open_terminal(site.workers[number % 2], site.student()) as terminal:
            await terminal.start(FLOOD)
            await terminal.wait_for_bytes(100_000)
            await terminal.send("stop")
            await terminal.wait_for_exit(Outcome.STOPPED)

    async def cut_while_its_output_waits_for_the_browser(number: int) -> None:
        user = site.student()
        async with open_terminal(site.workers[number % 2], user) as terminal:
            run = (await terminal.start(FLOOD))["run"]
            await terminal.wait_for_bytes(1)
            terminal.socket.transport.pause_reading()
            for step in range(1, 400):
                await terminal.send("ack", offset=step * 16 * 1024)
                await asyncio.sleep(0.002)
            terminal.socket.transport.abort()
        async with open_terminal(site.workers[0], user) as terminal:
            await terminal.send("attach", run=run, offset=0)
            await terminal.wait_for("attached")
            await terminal.send("stop")
            await terminal.wait_for_exit(Outcome.STOPPED)

    kinds = (completed, stopped_in_a_flood, cut_while_its_output_waits_for_the_browser)
    for kind in kinds:
        for _ in range(ROUNDS):
            await asyncio.gather(*(kind(number) for number in range(STUDENTS)))
    await asyncio.to_thread(site.wait_until_nothing_is_left)
