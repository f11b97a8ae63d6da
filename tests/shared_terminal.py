"""A run in a room, of which an owner lends control to an editor: both terminals."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

PROGRAM = """print('ready', flush=True)
while (line := input()) != 'end':
    print('got', line, flush=True)
"""


AGAIN_SECONDS, TIMES = 3.0, 20  # what is asked, granted and released, the server does not repeat


@dataclass
class SharedRun:
    owner: TerminalClient
    editor: TerminalClient
    name: str  # the editor's

    async def lend(self) -> None:
        async def ask_and_grant() -> None:
            await self.editor.send("request_control")
            with suppress(AssertionError):  # it is known already
                await self.owner.wait_for("control", AGAIN_SECONDS, requests=[self.name])
            await self.owner.send("grant_control", to=self.name)

        await self._give(self.owner, self.editor, ask_and_grant)

    async def take_back(self) -> None:
        await self._give(self.editor, self.owner, partial(self.owner.send, "release_control"))

    async def _give(
        self, former: TerminalClient, new: TerminalClient, step: Callable[[], Awaitable[None]]
    ) -> None:
        """Both are told; the new holder goes on numbering where the executor is. `step`: as often
        as it is lost, as somebody who presses a button again."""
        for _ in range(TIMES):
            await step()
            with suppress(AssertionError):
                attached = await new.wait_for("attached", AGAIN_SECONDS, control=True)
                new.typed(attached["input_seq"])
                await former.wait_for("attached", control=False)
                return
        raise AssertionError("it was never heard")

    async def say(self, holder: TerminalClient, line: str) -> None:
        await holder.type(f"{line}\r")
        await holder.wait_for_output(f"got {line}\r\n")

    def times(self, line: str) -> int:
        """How often the program has read it."""
        return self.owner.output.count(f"got {line}\r\n".encode())


@asynccontextmanager
async def shared_run(
    servers: tuple[WebServer, WebServer],
    owner: SignedIn,
    editor: SignedIn,
    room: int,
    program: str = PROGRAM,
) -> AsyncIterator[SharedRun]:
    async with (
        open_terminal(servers[0], owner) as first,
        open_terminal(servers[1], editor) as second,
    ):
        await first.start(program, room=room)
        await first.wait_for_output("ready")
        await second.send("attach", run=first.run, offset=0, watch=True)
        second.run = first.run
        await second.wait_for("attached", control=False)
        first.inbox.clear()
        yield SharedRun(first, second, editor.username)
