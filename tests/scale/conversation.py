"""A person and a program that both talk all the time, so that whatever is lost can be told."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import Message, TerminalClient, open_terminal

PROGRAM = Path(__file__).with_name("talkative.py").read_text()


class Conversation:
    def __init__(self, user: SignedIn) -> None:
        self.user = user
        self.run = ""
        self.terminal: TerminalClient
        self._sockets = AsyncExitStack()
        self._before = b""  # what earlier sockets have shown
        self._said: list[str] = []

    @property
    def output(self) -> bytes:
        return self._before + bytes(self.terminal.output)

    async def begin(self, worker: WebServer) -> None:
        await self._open(worker)
        self.run = (await self.terminal.start(PROGRAM))["run"]
        await self.terminal.wait_for_output("tick 3\r\n", 30)

    async def say(self, count: int) -> None:
        """Types so many lines; does not wait for answers."""
        for _ in range(count):
            self._said.append(f"line {len(self._said) + 1}")
            await self.terminal.type(f"{self._said[-1]}\r")

    async def answered(self, seconds: float = 60) -> None:
        """The program has read everything so far, and its answer is here."""
        last = self._said[-1]
        if f"got {last}\r\n".encode() not in self.output:
            await self.terminal.wait_for_output(f"got {last}\r\n", seconds)

    async def move(self, worker: WebServer) -> Message:
        """The socket is cut; another one goes on, and says again what was not confirmed."""
        await self.terminal.cut()
        self._before = self.output
        await self._open(worker)
        attached = await self.terminal.attach(self.run, len(self._before))
        confirmed = attached["input_seq"]
        for seq, line in enumerate(self._said, 1):
            if seq > confirmed - 3:  # from well before it
                await self.terminal.send("send_input", seq=seq, data=f"{line}\r")
        self.terminal.typed(len(self._said))
        return attached

    async def end(self, seconds: float = 60) -> None:
        """Both have said and heard everything, once and in order."""
        await self.terminal.type("over\r")
        end = await self.terminal.wait_for_exit(Outcome.COMPLETED, seconds)
        assert end["run"] == self.run
        self.assert_exact()

    def assert_exact(self) -> None:
        lines = self.output.decode().split("\r\n")
        assert lines.pop() == ""
        got = [line.removeprefix("got ") for line in lines if line.startswith("got ")]
        ticks = [line for line in lines if not line.startswith("got ")]
        assert got == self._said
        assert ticks == [f"tick {n}" for n in range(len(ticks) - 1)] + [f"ticked {len(ticks) - 1}"]

    def assert_whole_so_far(self) -> None:
        """Of a program that was cut off itself: what there is has no hole."""
        ticks = [int(number) for number in re.findall(rb"tick (\d+)\r\n", self.output)]
        assert ticks == list(range(len(ticks)))
        got = re.findall(r"got (line \d+)\r\n", self.output.decode())
        assert got == self._said[: len(got)]

    async def _open(self, worker: WebServer) -> None:
        self.terminal = await self._sockets.enter_async_context(open_terminal(worker, self.user))


@asynccontextmanager
async def conversation(worker: WebServer, user: SignedIn) -> AsyncIterator[Conversation]:
    talk = Conversation(user)
    async with talk._sockets:
        await talk.begin(worker)
        yield talk
