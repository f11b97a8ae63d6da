"""Control of a run in a room goes round between two web workers while messages are lost, doubled
and overtaken: no input is typed twice, and none of who has it no more."""

import asyncio

import pytest

from runner.protocol.messages import Outcome
from tests.room_client import make_rooms
from tests.scale.site import Site
from tests.shared_terminal import shared_run

FAULTY = {"lost": 0.15, "doubled": 0.05}
TURNS = 6

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


async def test_input_is_exact_while_control_goes_round(site: Site) -> None:
    owner, editor = site.student(), site.student()
    (room,) = await asyncio.to_thread(
        site.product.call, make_rooms, [[owner.username, editor.username]]
    )
    workers = site.workers[0], site.workers[1]
    async with shared_run(workers, owner, editor, room) as run:
        for turn in range(TURNS):
            with site.layer(**FAULTY):
                await run.say(run.owner, f"owner {turn}")
                await run.lend()
                await run.say(run.editor, f"editor {turn}")
                await run.editor.type(f"late {turn}\r")  # it may come too late
                await run.take_back()
        await run.owner.type("end\r")
        for client in (run.owner, run.editor):
            await client.wait_for_exit(Outcome.COMPLETED)
        for turn in range(TURNS):
            assert (run.times(f"owner {turn}"), run.times(f"editor {turn}")) == (1, 1)
            assert run.times(f"late {turn}") <= 1
        assert run.owner.output == run.editor.output
