"""A run in a room, of which an owner lends control to an editor: both terminals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import Message, TerminalClient, open_terminal

PROGRAM = """print('ready', flush=True)
while (line := input()) != 'end':
    print('got', line, flush=True)
"""


AGAIN_SECONDS, TIMES = 3.0, 20  # what is asked, granted and released, the server does not repeat


async def _insist(
    speaker: TerminalClient, say: Message, listener: TerminalClient, hear: Message
) -> Message:
    """Until the other one has heard of it, as somebody who presses a button again."""
    for _ in range(TIMES):
        await speaker.send(**say)
        with suppress(AssertionError):  # it was lost
            return await listener.wait_for(**hear, seconds=AGAIN_SECONDS)
    raise AssertionError(f"{say} was never heard")


@dataclass
class SharedRun:
    owner: TerminalClient
    editor: TerminalClient
    name: str  # the editor's

    async def lend(self) -> None:
        asking = {"kind": "control", "requests": [self.name]}
        await _insist(self.editor, {"kind": "request_control"}, self.owner, asking)
        granting = {"kind": "grant_control", "to": self.name}
        await self._give(self.owner, granting, self.owner, self.editor)

    async def take_back(self) -> None:
        await self._give(self.owner, {"kind": "release_control"}, self.editor, self.owner)

    async def _give(
        self, giver: TerminalClient, say: Message, former: TerminalClient, new: TerminalClient
    ) -> None:
        """Both are told; the new holder goes on numbering where the executor is."""
        attached = await _insist(giver, say, new, {"kind": "attached", "control": True})
        new.typed(attached["input_seq"])
        await former.wait_for("attached", control=False)

    async def say(self, holder: TerminalClient, line: str) -> None:
        await holder.type(f"{line}\r")
        await holder.wait_for_output(f"got {line}\r\n")

    def times(self, line: str) -> int:
        """How often the program has read it."""
        return self.owner.output.count(f"got {line}\r\n".encode())


@asynccontextmanager
async def shared_run(
    servers: tuple[WebServer, WebServer], owner: SignedIn, editor: SignedIn, room: int
) -> AsyncIterator[SharedRun]:
    async with (
        open_terminal(servers[0], owner) as first,
        open_terminal(servers[1], editor) as second,
    ):
        await first.start(PROGRAM, room=room)
        await first.wait_for_output("ready")
        await second.send("attach", run=first.run, offset=0, watch=True)
        second.run = first.run
        await second.wait_for("attached", control=False)
        first.inbox.clear()
        yield SharedRun(first, second, editor.username)
