"""Members' pages of a room, each with a socket and a document."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from runner.models import Room
from runner.protocol.rooms import frames
from runner.rooms.consumer import RoomConsumer
from tests.a_room import Copy

WAIT_SECONDS = 10


class Page:
    """A page's side of the socket. It takes updates as they come."""

    def __init__(self, socket: WebsocketCommunicator, user: User) -> None:
        self.socket, self.user = socket, user
        self.inbox: list[dict[str, Any]] = []
        self.copy, self.epoch, self.seq = Copy(), 0, 0
        self.number = 0

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.socket.send_to(text_data=json.dumps({"type": kind, **fields}))

    async def sync(self) -> None:
        await self.send("sync", epoch=self.epoch, seq=self.seq)

    async def send_update(self, data: bytes, epoch: int | None = None) -> int:
        self.number += 1
        head = (self.epoch if epoch is None else epoch).to_bytes(4, "big")
        frame = b"\x01" + head + self.number.to_bytes(4, "big") + data
        await self.socket.send_to(bytes_data=frame)
        return self.number

    async def type(self, at: int, text: str) -> int:
        return await self.send_update(self.copy.type(at, text))

    async def take(self, seconds: float = WAIT_SECONDS) -> None:
        """One frame, whatever it is."""
        event = await self.socket.receive_output(seconds)
        if event["type"] == "websocket.close":
            self.inbox.append({"type": "closed", "code": event["code"]})
        elif data := event.get("bytes"):
            self.take_update(data)
        else:
            message = json.loads(event["text"])
            if message["type"] == "room" and message["epoch"] != self.epoch:
                self.copy, self.epoch, self.seq = Copy(), message["epoch"], 0
            self.inbox.append(message)

    def take_update(self, data: bytes) -> None:
        assert data[0] == frames.UPDATE
        epoch, seq = int.from_bytes(data[1:5], "big"), int.from_bytes(data[5:13], "big")
        assert epoch == self.epoch
        assert seq > self.seq, "a page is sent each update once, in order"
        self.seq = seq
        self.copy.take(data[13:])

    async def wait_for(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """The first such message, past or future; those before it stay in the inbox."""
        wanted = {"type": kind, **fields}
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                for message in self.inbox:
                    if wanted.items() <= message.items():
                        self.inbox.remove(message)
                        return message
                await self.take()

    async def wait_for_text(self, text: str) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self.copy.text() != text:
                await self.take()


Opens = Callable[..., Awaitable[Page | None]]


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens a user's page of a room: None if it is refused."""
    sockets: list[WebsocketCommunicator] = []

    async def open_page(user: User, of: int, origin: bytes = b"http://localhost") -> Page | None:
        headers = [(b"origin", origin), (b"host", b"localhost")]
        socket = WebsocketCommunicator(RoomConsumer.as_asgi(), f"/ws/room/{of}/", headers)
        session = SessionStore()
        await sync_to_async(session.create)()
        scope = {"user": user, "session": session, "url_route": {"kwargs": {"room": of}}}
        socket.scope.update(scope)
        accepted, _ = await socket.connect(WAIT_SECONDS)
        if not accepted:
            return None
        sockets.append(socket)
        return Page(socket, user)

    yield open_page
    for socket in sockets:
        with suppress(asyncio.CancelledError, asyncio.TimeoutError):
            await socket.disconnect()


async def synced(opens: Opens, user: User, room: Room) -> Page:
    """A page that has the room's document."""
    page = await opens(user, room.pk)
    assert page is not None
    await page.wait_for("room")
    await page.sync()
    await page.wait_for("synced")
    return page
