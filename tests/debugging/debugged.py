"""A debug run in the hands of its executor, and what a page's debugger does with it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from accounts.models import User
from runner.executor.output_stream import Frame
from runner.executor.warm_pool import WarmPool
from runner.languages import PYTHON, installed_packages
from runner.limits import Limits
from runner.models import Run
from tests.conversation import Conversation, conversation

WAIT_SECONDS = 20
PAGE = "page"
MAIN = "/home/student/main.py"
HAS_DEBUGGER = "debugpy" in installed_packages(PYTHON).versions
requires_debugger = pytest.mark.skipif(
    not HAS_DEBUGGER,
    reason="debugpy is not installed: make languages ARGS=python-packages",
)
Message = Mapping[str, Any]


def a_debug_run(source: str, observed: str = "debug", **more: Any) -> Run:
    return Run(
        owner=User(pk=1), language="python", files=[{"path": "main.py", "content": source}],
        main="main.py", rows=24, cols=80, observed=observed, **more,
    )  # fmt: skip


class Debugged:
    """Channel 1 of a run, as its page has it. Messages are kept in `heard`."""

    def __init__(self, terminal: Conversation) -> None:
        self.terminal = terminal
        self.heard: list[Message] = []
        self.bytes = 0
        self._rest = b""
        self._seq = self._frames = 0
        self._news = asyncio.Event()
        if terminal.task._relays.debugger is None:
            return
        self.relay = terminal.task._relays.debugger
        self.side = self.relay.side
        self.side.stream.attach(PAGE, 0, control=True, now=0)
        self.relay.changed = self._take

    def _take(self) -> None:
        while piece := self.side.stream.next_piece(PAGE, 0):
            assert isinstance(piece, Frame)
            end = piece.offset + len(piece.data)
            self.side.stream.confirm(PAGE, end, end, resend=False, now=0)
            self._feed(piece.data)
        self.side.on_input()

    def _feed(self, data: bytes) -> None:
        self.bytes += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            self.heard.append(message)
        self._news.set()

    def send(self, data: bytes) -> None:
        self._frames += 1
        self.terminal.task._pump.note_use()
        assert self.side.input.offer(self._frames, data)
        self.side.on_input()

    def ask(self, command: str, **arguments: Any) -> int:
        self._seq += 1
        asked = {
            "seq": self._seq, "type": "request", "command": command, "arguments": arguments,
        }  # fmt: skip
        body = json.dumps(asked).encode()
        self.send(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return self._seq

    async def request(self, command: str, **arguments: Any) -> Message:
        """The body of its answer."""
        seq = self.ask(command, **arguments)
        answer = await self.until(lambda message: message.get("request_seq") == seq)
        assert answer["success"], answer
        body: Message = answer.get("body") or {}
        return body

    async def until(self, holds: Callable[[Message], bool], since: int = 0) -> Message:
        """The first message from `since` on for which that holds."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not (found := [each for each in self.heard[since:] if holds(each)]):
                self._news.clear()
                await self._news.wait()
        return found[0]

    async def begin(
        self, *breakpoints: Mapping[str, object], filters: tuple[str, ...] = ()
    ) -> None:
        await self.request("initialize", adapterID="coderunner", pathFormat="path")
        self.ask("launch", justMyCode=True, subProcess=False, redirectOutput=False)
        await self.event("initialized")
        where = {"path": MAIN}
        await self.request("setBreakpoints", source=where, breakpoints=list(breakpoints))
        await self.request("setExceptionBreakpoints", filters=list(filters))
        await self.request("configurationDone")

    async def event(self, name: str, since: int = 0) -> Message:
        event = await self.until(lambda message: message.get("event") == name, since)
        body: Message = event.get("body") or {}
        return body

    async def go(self, command: str, thread: int) -> Message:
        """One step, or on to the next stop."""
        since = len(self.heard)
        self.ask(command, threadId=thread)
        return await self.event("stopped", since)

    async def frames(self, thread: int) -> list[Message]:
        trace = await self.request("stackTrace", threadId=thread)
        found: list[Message] = trace["stackFrames"]
        return found

    async def values(self, frame: int, scope: str = "Locals") -> dict[str, str]:
        scopes = (await self.request("scopes", frameId=frame))["scopes"]
        (reference,) = [each["variablesReference"] for each in scopes if each["name"] == scope]
        shown = await self.request("variables", variablesReference=reference)
        return {each["name"]: each["value"] for each in shown["variables"]}


@asynccontextmanager
async def debugging(
    source: str, monkeypatch: pytest.MonkeyPatch, observed: str = "debug", **more: Any
) -> AsyncIterator[Debugged]:
    run = a_debug_run(source, observed, **more)
    pool = WarmPool(0, 1, Limits())
    async with conversation(run, pool, monkeypatch) as terminal:
        yield Debugged(terminal)
