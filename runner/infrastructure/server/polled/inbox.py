"""What the browser of a polled socket has said, before the socket's consumer takes it."""

import asyncio
import base64
from collections import deque
from typing import Any

from runner.limits import MIB
from runner.protocol.polled import MAX_BATCH, PolledMessages

BINARY = "b"
HELD_CHARACTERS = MIB  # of messages that wait for the consumer; a client of more has to wait


class OutOfOrder(Exception):
    """A request before this one has not come."""


class Inbox:
    def __init__(self) -> None:
        self._waiting: deque[tuple[dict[str, Any], int]] = deque()  # with their characters
        self._characters = 0
        self._changed = asyncio.Condition()
        self._taking = asyncio.Lock()
        self._part = 0  # how many messages of the next request are in already
        self.taken = 0  # the `seq` of the last request that is in as a whole

    async def take(self, batch: PolledMessages, seconds: float) -> None:
        """Puts in each message once. Raises `OutOfOrder`; `TimeoutError` when the consumer is so
        far behind: the request may be repeated."""
        async with asyncio.timeout(seconds), self._taking:
            if batch.seq <= self.taken:
                return
            if batch.seq != self.taken + 1:
                raise OutOfOrder
            for text in batch.messages[self._part :]:
                await self._put_when_room(_event(text), len(text))
                self._part += 1
            self.taken, self._part = batch.seq, 0

    async def _put_when_room(self, event: dict[str, Any], characters: int) -> None:
        async with self._changed:
            await self._changed.wait_for(self._has_room)
            self._characters += characters
            self._waiting.append((event, characters))
            self._changed.notify_all()

    def _has_room(self) -> bool:
        return len(self._waiting) < MAX_BATCH and self._characters < HELD_CHARACTERS

    async def put(self, event: dict[str, Any]) -> None:
        """An event of the connection, which waits for nothing."""
        async with self._changed:
            self._waiting.append((event, 0))
            self._changed.notify_all()

    async def get(self) -> dict[str, Any]:
        async with self._changed:
            await self._changed.wait_for(lambda: bool(self._waiting))
            event, characters = self._waiting.popleft()
            self._characters -= characters
            self._changed.notify_all()
            return event


def _event(text: str) -> dict[str, Any]:
    """As a WebSocket has it. No message in JSON begins as a binary frame does."""
    if not text.startswith(BINARY):
        return {"type": "websocket.receive", "text": text}
    try:
        data = base64.b64decode(text.removeprefix(BINARY), validate=True)
    except ValueError:  # no base64: refused as a frame without a header is
        data = b""
    return {"type": "websocket.receive", "bytes": data}
