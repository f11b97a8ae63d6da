"""A debugged program through a web worker: its terminal, and its debugger on channel 1."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from runner.protocol.frames import DEBUGGER, NUMBER_BITS, encode_input
from tests.cast import SignedIn
from tests.debugging.dap import Debugger, Message
from tests.polled_client import Browser, PolledConnection
from tests.product import WebServer
from tests.terminal_client import TerminalClient

PROTOCOL = "?protocol=2"
SIDE = DEBUGGER << NUMBER_BITS


class DebugTerminal(TerminalClient):
    """`debugger` hears channel 1 and speaks there; it outlives the socket, as a page does."""

    def __init__(self, socket: ClientConnection, debugger: "PageDebugger") -> None:
        super().__init__(socket)
        self.debugger = debugger
        debugger.terminal = self

    def _take_output(self, frame: bytes) -> None:
        number = int.from_bytes(frame[:8], "big")
        if number < SIDE:
            super()._take_output(frame)
        else:
            self.debugger.take(number - SIDE, frame[8:])

    def _take_message(self, message: dict[str, Any]) -> None:
        if message.get("channel") != DEBUGGER:
            super()._take_message(message)
            return
        self.debugger.told(message)
        self.inbox.append(message)

    async def ack(self) -> None:
        await super().ack()
        await self.send("ack", channel=DEBUGGER, offset=self.debugger.offset)

    async def attach_debugged(self, run: str, offset: int) -> Message:
        """As `attach`, where this page's debugger is too."""
        self.output.clear()
        self.run, self.offset = run, offset
        await self.send("attach", run=run, offset=offset, offsets={"1": self.debugger.offset})
        attached = await self.wait_for("attached")
        self.typed(attached["input_seq"])
        return attached


class PageDebugger(Debugger):
    """The debugger of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.terminal: DebugTerminal | None = None
        self.offset = 0
        self.sent = 0

    def begin_anew(self) -> None:
        """The page starts another run."""
        self.heard.clear()
        self._rest = b""
        self._seq = self.offset = self.sent = 0

    def take(self, offset: int, data: bytes) -> None:
        assert offset == self.offset, f"a frame begins at {offset}, {self.offset} was due"
        self.offset += len(data)
        self.feed(data)

    def told(self, message: dict[str, Any]) -> None:
        if message["type"] == "gap":
            self.offset = message["to"]
            self._rest = b""
        elif message["type"] == "channel_ack":
            # A page that was loaded again counts on from there.
            self.sent = max(self.sent, message["seq"])

    async def post(self, data: bytes) -> None:
        assert self.terminal is not None
        self.sent += 1
        await self.terminal.socket.send(encode_input(DEBUGGER, self.sent, data))


@asynccontextmanager
async def open_debug_terminal(
    server: WebServer, user: SignedIn, debugger: PageDebugger | None = None
) -> AsyncIterator[DebugTerminal]:
    """`debugger`: of a page that has lost its socket."""
    async with connect(
        server.websocket_url + PROTOCOL,
        origin=Origin(server.url),
        additional_headers={"Cookie": user.cookie},
        max_size=None,
        proxy=None,
    ) as socket:
        client = DebugTerminal(socket, debugger or PageDebugger())
        try:
            await client.wait_for("connected")
            yield client
        finally:
            await client.close()


@asynccontextmanager
async def open_polled_debug_terminal(
    servers: Sequence[WebServer], user: SignedIn, debugger: PageDebugger | None = None
) -> AsyncIterator[DebugTerminal]:
    browser = Browser(servers, user)
    connection: Any = PolledConnection(browser, await browser.open(PROTOCOL))
    client = DebugTerminal(connection, debugger or PageDebugger())
    try:
        await client.wait_for("connected")
        yield client
    finally:
        await client.close()
