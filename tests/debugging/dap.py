"""What a page's debugger does: requests of the Debug Adapter Protocol, answers, and events.

Who has the channel feeds it (`feed`), and sends what it says (`post`).
"""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

WAIT_SECONDS = 60  # programs have the lowest priority on a busy machine
MAIN = "/home/student/main.py"
Message = Mapping[str, Any]


class Debugger(ABC):
    """Messages are kept in `heard`."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.bytes = 0
        self._rest = b""
        self._seq = 0
        self._news = asyncio.Event()

    @abstractmethod
    async def post(self, data: bytes) -> None: ...

    def feed(self, data: bytes) -> None:
        self.bytes += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in filter(None, lines):  # of a flood, millions may be empty
            try:
                message = json.loads(line)
            except ValueError:
                continue
            self.heard.append(message)
        self._news.set()

    def encoded(self, command: str, arguments: Mapping[str, object]) -> tuple[int, bytes]:
        """The number of a request, and the request."""
        self._seq += 1
        asked = {
            "seq": self._seq, "type": "request", "command": command, "arguments": arguments,
        }  # fmt: skip
        body = json.dumps(asked).encode()
        return self._seq, b"Content-Length: %d\r\n\r\n" % len(body) + body

    async def request(self, command: str, **arguments: Any) -> Message:
        """The body of its answer."""
        answer = await self._answer(command, arguments)
        assert answer["success"], answer
        body: Message = answer.get("body") or {}
        return body

    async def refused(self, command: str, **arguments: Any) -> str:
        """Why."""
        answer = await self._answer(command, arguments)
        assert not answer["success"], answer
        return str(answer.get("message"))

    async def _answer(self, command: str, arguments: Mapping[str, object]) -> Message:
        seq, data = self.encoded(command, arguments)
        await self.post(data)
        return await self.until(lambda message: message.get("request_seq") == seq)

    async def until(
        self, holds: Callable[[Message], bool], since: int = 0, seconds: float = WAIT_SECONDS
    ) -> Message:
        """The first message from `since` on for which that holds."""
        async with asyncio.timeout(seconds):
            while not (found := [each for each in self.heard[since:] if holds(each)]):
                self._news.clear()
                await self._news.wait()
        return found[0]

    async def begin(
        self,
        *breakpoints: Mapping[str, object],
        filters: tuple[str, ...] = (),
        files: Mapping[str, list[Mapping[str, object]]] | None = None,
    ) -> None:
        """`breakpoints`: of the main file; `files`: of others, by their paths."""
        await self.request("initialize", adapterID="coderunner", pathFormat="path")
        await self.request("setDebuggerProperty", multiThreadsSingleNotification=True)
        launch = {"justMyCode": True, "subProcess": False, "redirectOutput": False}
        await self.post(self.encoded("launch", launch)[1])
        await self.event("initialized")
        for path, lines in ({MAIN: list(breakpoints)} | dict(files or {})).items():
            await self.request("setBreakpoints", source={"path": path}, breakpoints=lines)
        await self.request("setExceptionBreakpoints", filters=list(filters))
        await self.request("configurationDone")

    async def event(self, name: str, since: int = 0) -> Message:
        event = await self.until(lambda message: message.get("event") == name, since)
        body: Message = event.get("body") or {}
        return body

    async def go(self, command: str, thread: int) -> Message:
        """One step, or on to the next stop."""
        since = len(self.heard)
        await self.post(self.encoded(command, {"threadId": thread})[1])
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
