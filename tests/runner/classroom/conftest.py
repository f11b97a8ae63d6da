"""Members' pages of a class, each with a socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Classroom, Role, User
from runner.classroom.consumer import ClassConsumer
from tests.a_class import a_class, new_member

WAIT_SECONDS = 10


class Page:
    """A page's side of the socket."""

    def __init__(self, socket: WebsocketCommunicator, user: User) -> None:
        self.socket, self.user = socket, user
        self.inbox: list[dict[str, Any]] = []

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.socket.send_to(text_data=json.dumps({"type": kind, **fields}))

    async def wait_for(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """The first such message, past or future; those before it stay in the inbox."""
        wanted = {"type": kind, **fields}
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                for message in self.inbox:
                    if wanted.items() <= message.items():
                        self.inbox.remove(message)
                        return message
                self.inbox.append(json.loads(await self.socket.receive_from(WAIT_SECONDS)))

    async def wait_for_tile(self, user: str, **fields: Any) -> dict[str, Any]:
        while True:
            for tile in (await self.wait_for("tiles"))["tiles"]:
                if ({"user": user} | fields).items() <= tile.items():
                    found: dict[str, Any] = tile
                    return found

    async def close_code(self) -> int:
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                event = await self.socket.receive_output(WAIT_SECONDS)
                if event["type"] == "websocket.close":
                    return int(event["code"])


Opens = Callable[..., Awaitable[Page | None]]


@pytest.fixture
def classroom(db: None) -> Classroom:
    return a_class()


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens a user's page of a class: None if it is refused."""
    sockets: list[WebsocketCommunicator] = []

    async def open_page(user: User, of: int, origin: bytes = b"http://localhost") -> Page | None:
        headers = [(b"origin", origin), (b"host", b"localhost")]
        socket = WebsocketCommunicator(ClassConsumer.as_asgi(), f"/ws/class/{of}/", headers)
        session = SessionStore()
        await sync_to_async(session.create)()
        scope = {"user": user, "session": session, "url_route": {"kwargs": {"classroom": of}}}
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


async def joined(classroom: Classroom, name: str, role: Role = Role.STUDENT) -> User:
    user: User = await sync_to_async(new_member)(classroom, name, role)
    return user
