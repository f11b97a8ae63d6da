"""Control of a run in a room is lent and taken back: each input is typed once, by who has it."""

import pytest

from runner.protocol.messages import Outcome
from tests.room_client import make_rooms
from tests.shared_terminal import shared_run
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

WIDTHS = """import os
print('ready', flush=True)
while input() != 'end': print('width', os.get_terminal_size().columns, flush=True)
"""


async def refused(client: TerminalClient, line: str) -> None:
    await client.type(f"{line}\r")
    await client.wait_for_error("not_allowed")


async def test_each_line_is_typed_once_by_who_has_the_keyboard(site: Site) -> None:
    owner, editor = site.users.student(), site.users.student()
    (room,) = site.product.call(make_rooms, [[owner.username, editor.username]])
    async with shared_run((site.server, site.server), owner, editor, room) as run:
        for turn in range(3):
            await run.say(run.owner, f"owner {turn}")
            await refused(run.editor, f"stolen {turn}")
            await run.lend()
            await refused(run.owner, f"lent {turn}")
            await run.say(run.editor, f"editor {turn}")
            await run.take_back()
            await refused(run.editor, f"late {turn}")
        await run.owner.type("end\r")
        for client in (run.owner, run.editor):
            await client.wait_for_exit(Outcome.COMPLETED)
        for turn in range(3):
            assert (run.times(f"owner {turn}"), run.times(f"editor {turn}")) == (1, 1)
        for words in (b"stolen", b"lent", b"late"):
            assert words not in run.owner.output
        assert run.owner.output == run.editor.output


async def test_the_terminal_has_the_size_of_who_types(site: Site) -> None:
    owner, editor = site.users.student(), site.users.student()
    (room,) = site.product.call(make_rooms, [[owner.username, editor.username]])
    async with shared_run((site.server, site.server), owner, editor, room, WIDTHS) as run:
        await run.lend()
        await run.editor.send("resize", rows=10, cols=40)
        await run.owner.wait_for("terminal_size", rows=10, cols=40)
        await run.editor.type("\r")
        await run.editor.wait_for_output("width 40")
        await run.take_back()
        await run.owner.send("resize", rows=24, cols=80)  # as a page does that types again
        await run.owner.type("\r")
        await run.owner.wait_for_output("width 80")
        await run.owner.type("end\r")
        await run.owner.wait_for_exit(Outcome.COMPLETED)


@pytest.mark.parametrize("who", ["stranger", "viewer"])
async def test_nobody_but_an_editor_is_lent_it(site: Site, who: str) -> None:
    owner, editor, other = (site.users.student() for _ in range(3))
    (room,) = site.product.call(make_rooms, [[owner.username, editor.username]])
    if who == "viewer":
        site.product.call(admit_viewer, room, other.username)
    async with (
        shared_run((site.server, site.server), owner, editor, room) as run,
        open_terminal(site.server, other) as terminal,
    ):
        await terminal.send("attach", run=run.owner.run, offset=0, watch=True)
        if who == "stranger":
            await terminal.wait_for_error("not_found")
        else:
            await terminal.wait_for("attached", control=False)
            await terminal.send("request_control")
            await terminal.wait_for_error("not_allowed")
        await run.owner.send("grant_control", to=other.username)
        await run.say(run.owner, "still mine")
        await run.owner.type("end\r")
        await run.owner.wait_for_exit(Outcome.COMPLETED)


def admit_viewer(room: int, user: str) -> None:
    """In a process of the site."""
    from accounts.models import User
    from runner.models import Room, RoomRole
    from tests.a_room import admitted

    found = User.objects.get(username=user)
    admitted(Room.objects.get(pk=room), found, RoomRole.VIEWER)
