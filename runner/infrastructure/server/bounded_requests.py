"""Daphne's HTTP server, which handles few new connections and requests at a time.

Twisted accepts up to hundreds of connections in a row, and every request that has arrived is parsed
before anything else happens. Handshakes and requests are a thousand times the work of a key.

It also takes bodies of any size, and reads forms in the event loop, before anybody knows what is
asked, and by whom: ten megabytes of fields stop all terminals for ten seconds. Django reads the
forms that it wants, in a thread. And it holds each body in memory until the answer is sent, however
many requests wait for their turn: hundreds of large ones, from anybody, take gigabytes.
"""

from dataclasses import dataclass
from functools import partial, partialmethod
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet.tcp import Port

from runner.infrastructure.server.turns import Turns
from runner.limits import KIB, MIB

SMALL_BYTES = 64 * KIB  # of a body that is taken whatever there is
HELD_BYTES = 64 * MIB  # of all larger ones
END = b"Connection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\n" + END
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n" + END
_turns = Turns()
_build = HTTPFactory.buildProtocol


@dataclass(slots=True)
class Room:
    """For bodies of requests that are not answered yet."""

    bytes_left: int = HELD_BYTES


class BoundedRequest(WebRequest):  # type: ignore[misc]  # Daphne has no types
    """`most`: the bytes of its body."""

    def __init__(self, *more: Any, most: int, room: Room, **named: Any) -> None:
        super().__init__(*more, **named)
        self._parsePOSTFormSubmission = False
        self._most, self._room = most, room
        self._held = 0
        self._ends_soon = False
        self._refused = b""

    # --- Twisted calls them as the body comes ----------------------------------------------------
    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        self._ends_soon = length is not None and length <= 2 * self._most
        if (length or 0) > self._most:
            self._refuse(TOO_LARGE)

    def handleContentChunk(self, data: bytes) -> None:
        if self._refused:
            return
        size = self.content.tell() + len(data)
        more = size - self._held if size > SMALL_BYTES else 0
        if size > self._most:
            self._refuse(TOO_LARGE)
        elif more > self._room.bytes_left:
            self._refuse(BUSY)
        else:
            self._hold(self._held + more)
            super().handleContentChunk(data)

    def requestReceived(self, *line: bytes) -> None:
        if not self._refused:
            super().requestReceived(*line)
        elif self._ends_soon:
            self._say()

    def process(self) -> Any:
        if self.requestHeaders.hasHeader(b"Upgrade"):
            self._hold(0)  # what becomes a WebSocket is never finished as a request
        return super().process()

    def finish(self) -> None:
        self._hold(0)
        super().finish()

    def connectionLost(self, reason: Any) -> None:
        self._hold(0)
        super().connectionLost(reason)

    def _hold(self, size: int) -> None:
        self._room.bytes_left += self._held - size
        self._held = size

    def _refuse(self, answer: bytes) -> None:
        """The rest is dropped. Browsers hear an answer only when they have sent all; who does not
        say how much that is, or far too much, hears it at once."""
        self._refused = answer
        self._hold(0)
        self.content.close()
        if not self._ends_soon:
            self._say()

    def _say(self) -> None:
        self.channel.transport.write(self._refused)
        self.channel.loseConnection()


def _build_in_turns(self: HTTPFactory, address: Any, *, most: int, room: Room) -> Any:
    protocol = _build(self, address)
    if protocol is not None:
        protocol.requestFactory = partial(BoundedRequest, most=most, room=room)
        protocol.dataReceived = partial(_receive_in_turn, protocol, protocol.dataReceived)
    return protocol


def _receive_in_turn(protocol: Any, receive: Any, data: bytes) -> None:
    def take_turn() -> None:
        transport = protocol._channel.transport
        if transport is None or not transport.connected:
            return
        if transport.protocol is protocol:
            receive(data)
        else:  # it has become a WebSocket meanwhile
            transport.protocol.dataReceived(data)

    _turns.add(take_turn)


def install(most: int) -> None:
    """For the server that is started next. `most`: the bytes of a request's body."""
    HTTPFactory.buildProtocol = partialmethod(_build_in_turns, most=most, room=Room())
    # Twisted raises it while connections come.
    setattr(Port, "numberAccepts", property(lambda _: 1, lambda _, __: None))  # noqa: B010
