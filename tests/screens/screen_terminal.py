"""A GUI run through a web worker: its terminal, and its screen on channel 2."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from runner.executor.screens import rfb
from runner.protocol.frames import NUMBER_BITS, SCREEN, SCREEN_BEGINS, SCREEN_HEADER
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import Message, TerminalClient

SIDE = SCREEN << NUMBER_BITS
WINDOW = {"width": 640, "height": 480}


class ScreenTerminal(TerminalClient):
    """`updates`: of the window, so far; `drawn` bytes."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__(socket)
        self.updates = self.drawn = self._at = 0
        self._rest = b""
        self._followed: rfb.Updates | None = None

    async def start_with_window(self, source: str) -> Message:
        self.updates = self.drawn = self._at = 0
        self._rest, self._followed = b"", None
        return await self.start(source, screen=WINDOW)

    async def wait_for_updates(self, count: int, seconds: float) -> None:
        await self._until(lambda: self.updates >= count or None, f"{count} updates", seconds)

    async def ack(self) -> None:
        await super().ack()
        await self.send("ack", channel=SCREEN, offset=self._at)

    def _take_output(self, frame: bytes) -> None:
        number = int.from_bytes(frame[:8], "big")
        if number < SIDE:
            super()._take_output(frame)
            return
        data = frame[8:]
        assert number - SIDE == self._at
        self._at += len(data)
        self.drawn += len(data)
        self._rest += data
        while len(self._rest) >= SCREEN_HEADER.size:
            kind, length = SCREEN_HEADER.unpack_from(self._rest)
            if len(self._rest) < SCREEN_HEADER.size + length:
                return
            body = self._rest[SCREEN_HEADER.size : SCREEN_HEADER.size + length]
            self._rest = self._rest[SCREEN_HEADER.size + length :]
            self._feed(kind, body)

    def _take_message(self, message: Message) -> None:
        if message.get("channel") != SCREEN:
            super()._take_message(message)
        elif message["type"] == "gap":
            self._at, self._rest = message["to"], b""

    def _feed(self, kind: bytes, body: bytes) -> None:
        if kind == SCREEN_BEGINS:
            self._followed = rfb.Updates(*struct.unpack(">HH", body))
        elif self._followed is not None:
            before = self._followed.complete
            self._followed.feed(body)
            self.updates += self._followed.complete - before


@asynccontextmanager
async def open_screen_terminal(server: WebServer, user: SignedIn) -> AsyncIterator[ScreenTerminal]:
    async with connect(
        f"{server.websocket_url}?protocol=2",
        origin=Origin(server.url),
        additional_headers={"Cookie": user.cookie},
        max_size=None,
        proxy=None,
    ) as socket:
        client = ScreenTerminal(socket)
        try:
            await client.wait_for("connected")
            yield client
        finally:
            await asyncio.shield(client.close())
