"""Daphne's HTTP server, which handles few new connections and requests at a time.

Twisted accepts up to hundreds of connections in a row, and every request that has arrived is parsed
before anything else happens. Handshakes and requests are a thousand times the work of a key.

It also takes bodies of any size, and reads forms in the event loop, before anybody knows what is
asked, and by whom: ten megabytes of fields stop all terminals for ten seconds. Django reads the
forms that it wants, in a thread. And it holds each body in memory until the answer is sent, however
many requests wait for their turn: hundreds of large ones, from anybody, take gigabytes. So there is
room for so many bytes. Nobody takes more than a part of it, those who are not known to be signed in
no more than half of it together, and no body longer than a slow connection needs.

Twisted waits a minute for the next byte, whichever it is. So a request that comes byte by byte
would hold its connection for ever: it has a time in all.
"""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial, partialmethod
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings
from twisted.internet.tcp import Port

from runner.infrastructure.http.forwarded import address_of
from runner.infrastructure.server.turns import Turns
from runner.infrastructure.server.visitors import visitor_of
from runner.limits import KIB, MIB

SMALL_BYTES = 64 * KIB  # of a body that is taken whatever there is
HELD_BYTES = 64 * MIB  # of all larger ones
PARTS = 4  # of which one user, or one address without proofs of signing in, has one at most
BODY_SECONDS = 300.0  # for one that is larger: 140 kbit/s are enough
HEADER_SECONDS = 60.0  # for all that comes before the body
ADDS_DATA = re.compile(rb"/snippets/\d{1,19}/data/(?:\?|$)")
END = b"Connection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\n" + END
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n" + END
_turns = Turns()
_build = HTTPFactory.buildProtocol


@dataclass(frozen=True, slots=True)
class Sender:
    name: bytes  # a user, or an address
    is_known: bool  # the user has signed in


@dataclass(slots=True)
class Room:
    """For bodies of requests that are not answered yet."""

    most: int = HELD_BYTES
    _taken: Counter[bytes] = field(default_factory=Counter)
    _of_strangers: int = 0

    @property
    def bytes_left(self) -> int:
        return self.most - self._taken.total()

    def has(self, more: int, sender: Sender) -> bool:
        if more > self.bytes_left or self._taken[sender.name] + more > self.most // PARTS:
            return False
        return sender.is_known or self._of_strangers + more <= self.most // 2

    def take(self, more: int, sender: Sender) -> None:
        """Less than 0: gives it back."""
        self._taken[sender.name] += more
        if not sender.is_known:
            self._of_strangers += more
        if not self._taken[sender.name]:
            del self._taken[sender.name]


class BoundedRequest(WebRequest):  # type: ignore[misc]  # Daphne has no types
    """`most`: the bytes of its body; `data`: the same where users add files to their snippets."""

    def __init__(self, *more: Any, most: int, data: int, room: Room, **named: Any) -> None:
        super().__init__(*more, **named)
        self._parsePOSTFormSubmission = False
        self._most, self._most_of_data, self._room = most, data, room
        self._held = 0
        self._sender = Sender(b"", False)
        self._giving_up: Any = None  # a timer, while a large body comes
        self._ends_soon = False
        self._refused = b""

    # --- Twisted calls them as the body comes ----------------------------------------------------
    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if ADDS_DATA.search(getattr(self.channel, "_path", b"")) and self._find_sender().is_known:
            self._most = self._most_of_data
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
        elif more and not self._has_room(more):
            self._refuse(BUSY)
        else:
            self._hold(self._held + more)
            super().handleContentChunk(data)

    def _has_room(self, more: int) -> bool:
        if not self._held:
            self._sender = self._find_sender()
            self._giving_up = self.channel.callLater(BODY_SECONDS, self._give_up)
        return self._room.has(more, self._sender)

    def _find_sender(self) -> Sender:
        """As pages tell their visitors apart."""
        headers = [
            (name.lower(), value)
            for name, values in self.requestHeaders.getAllRawHeaders()
            for value in values
        ]
        peer = str(getattr(self.channel.getPeer(), "host", ""))
        address = address_of(headers, peer, settings.TRUSTED_PROXIES)
        visitor = visitor_of({"headers": headers, "client": (address,)})
        return Sender(visitor.group, visitor.is_known)

    def _give_up(self) -> None:
        """It comes so slowly that it only keeps others from theirs."""
        self._giving_up = None
        self._hold(0)
        self.channel.forceAbortClient()

    def _stop_timer(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def requestReceived(self, *line: bytes) -> None:
        self._stop_timer()
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
        if not size:
            self._stop_timer()
        if size != self._held:
            self._room.take(size - self._held, self._sender)
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


class Slowness:
    """Since when a connection has been sending a request that is not there."""

    def __init__(self) -> None:
        self._since: float | None = None

    def is_too_much(self, channel: Any, now: float) -> bool:
        """To be asked after it has sent something. `channel`: of Twisted."""
        if channel._handlingRequest:
            self._since = None
            return False
        if self._since is None:
            self._since = now
        return now - self._since > (HEADER_SECONDS if channel.line_mode else BODY_SECONDS)


def _build_in_turns(self: HTTPFactory, address: Any, *, most: int, data: int, room: Room) -> Any:
    protocol = _build(self, address)
    if protocol is not None:
        protocol.requestFactory = partial(BoundedRequest, most=most, data=data, room=room)
        receive = protocol.dataReceived
        protocol.dataReceived = partial(_receive_in_turn, protocol, receive, Slowness())
    return protocol


def _receive_in_turn(protocol: Any, receive: Any, slowness: Slowness, data: bytes) -> None:
    def take_turn() -> None:
        channel = protocol._channel
        transport = channel.transport
        if transport is None or not transport.connected:
            return
        if transport.protocol is protocol:
            receive(data)
            if slowness.is_too_much(channel, time.monotonic()):
                channel.forceAbortClient()
        else:  # it has become a WebSocket meanwhile
            transport.protocol.dataReceived(data)

    _turns.add(take_turn)


def install(most: int, data: int) -> None:
    """For the server that is started next. `most`: the bytes of a request's body; `data`: of a form
    with data for a snippet."""
    HTTPFactory.buildProtocol = partialmethod(_build_in_turns, most=most, data=data, room=Room())
    # Twisted raises it while connections come.
    setattr(Port, "numberAccepts", property(lambda _: 1, lambda _, __: None))  # noqa: B010
