"""A page's side of a room's socket, which goes on over lost connections as the page does."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, Self

from pycrdt import merge_updates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from tests.a_copy import Copy
from tests.cast import SignedIn

AGAIN_SECONDS = 0.2
HEADER_BYTES = 13
FILE = "f0"


class Worker(Protocol):
    """Where a web worker is: `http://…`."""

    @property
    def url(self) -> str: ...


class RoomClient:
    """An editor of the first file. `workers` are asked for at each connection, one after the other,
    from the `first` on: those that were killed are passed over."""

    def __init__(
        self, workers: Callable[[], Sequence[Worker]], first: int, user: SignedIn, room: int
    ) -> None:
        self._workers, self._next, self._user, self._room = workers, first, user, room
        self.copy, self.seq, self.saved, self.problems = Copy(), 0, 0, list[str]()
        self.connections = 0
        self._epoch, self._number = 0, 0
        self._socket: ClientConnection | None = None
        self._online = False
        self._unconfirmed: dict[int, bytes] = {}
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._live())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    # --- What an editor does ---------------------------------------------------------------------
    async def insert(self, at: int, text: str) -> None:
        await self._edit(self.copy.type(at, text))

    async def delete(self, first: int, last: int) -> None:
        await self._edit(self.copy.delete(first, last))

    async def wait_until(self, holds: Callable[[Self], bool], seconds: float) -> None:
        """Raises `TimeoutError`."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: self._task.done() or holds(self))
        if self._task.done():
            self._task.result()

    @property
    def text(self) -> str:
        return self.copy.text(FILE)

    @property
    def is_online(self) -> bool:
        return self._online

    @property
    def is_stored(self) -> bool:
        """Whether all that this editor has typed is."""
        return self._online and not self._unconfirmed

    # --- The connection --------------------------------------------------------------------------
    async def _live(self) -> None:
        while True:
            workers = self._workers()
            server = workers[self._next % len(workers)]
            self._next += 1
            with suppress(OSError, WebSocketException, TimeoutError):
                async with self._connected(server) as socket:
                    self._socket = socket
                    self.connections += 1
                    async for frame in socket:
                        await self._take(frame)
                        async with self._changed:
                            self._changed.notify_all()
            self._socket, self._online = None, False
            await asyncio.sleep(AGAIN_SECONDS)

    def _connected(self, server: Worker) -> connect:
        return connect(
            f"{server.url.replace('http', 'ws', 1)}/ws/room/{self._room}/",
            origin=Origin(server.url),
            additional_headers={"Cookie": self._user.cookie},
            max_size=None,
            proxy=None,
            compression=None,
            open_timeout=10,
        )

    async def _take(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            epoch, seq = int.from_bytes(frame[1:5], "big"), int.from_bytes(frame[5:13], "big")
            if epoch == self._epoch and seq > self.seq:
                self.seq = seq
                self.copy.take(frame[HEADER_BYTES:])
            return
        match json.loads(frame):
            case {"type": "room", "epoch": epoch}:
                assert self._epoch in {0, epoch}, "the room has begun a new document"
                self._epoch = epoch
                await self._say({"type": "sync", "epoch": epoch, "seq": self.seq})
            case {"type": "synced", "seq": seq}:
                self.seq = max(self.seq, seq)
                await self._resume()
            case {"type": "confirmed", "number": number, "seq": seq}:
                self._unconfirmed.pop(number, None)
                if seq == self.seq + 1:  # own updates are not sent back
                    self.seq = seq
            case {"type": "saved", "seq": seq, "problem": problem}:
                self.saved = seq
                self.problems += [problem] if problem else []
            case {"type": "error"} as refused:
                self.problems.append(str(refused))

    async def _resume(self) -> None:
        if self._online:
            return
        self._online = True
        again = list(self._unconfirmed.values())
        self._unconfirmed.clear()
        if again:
            await self._send(merge_updates(*again))

    async def _edit(self, update: bytes) -> None:
        if self._online:
            await self._send(update)
        else:
            self._keep(update)

    async def _send(self, update: bytes) -> None:
        number = self._keep(update)
        head = b"\x01" + self._epoch.to_bytes(4, "big") + number.to_bytes(4, "big")
        await self._say(head + update)

    def _keep(self, update: bytes) -> int:
        self._number += 1
        self._unconfirmed[self._number] = update
        return self._number

    async def _say(self, message: Any) -> None:
        sent = message if isinstance(message, bytes) else json.dumps(message)
        with suppress(WebSocketException):  # it is sent again by the next connection
            if self._socket is not None:
                await self._socket.send(sent)


# --- In a process of the site ------------------------------------------------------------------
def make_rooms(parties: list[list[str]]) -> list[int]:
    """A room for the first user of each, with the others as editors."""
    from accounts.models import User
    from tests.a_room import a_room, admitted

    made = []
    for owner, *others in parties:
        room = a_room(User.objects.get(username=owner))
        for name in others:
            admitted(room, User.objects.get(username=name))
        made.append(room.pk)
    return made


def stored_text(room: int) -> str:
    """In the snippet."""
    from runner.models import Room

    return str(Room.objects.get(pk=room).snippet.files[0]["content"])


def rebuilt_text(room: int) -> str:
    """Of the updates that are stored."""
    from runner.rooms import store

    copy = Copy()
    for update in store.since(room, 0)[1]:
        copy.take(update.data)
    return copy.text(FILE)
