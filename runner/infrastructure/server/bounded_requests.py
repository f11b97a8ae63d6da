"""Daphne's HTTP server, which handles few new connections and requests at a time.

Twisted accepts up to hundreds of connections in a row, and every request that has arrived is parsed
before anything else happens. Handshakes and requests are a thousand times the work of a key.

It also takes bodies of any size, and reads forms in the event loop, before anybody knows what is
asked, and by whom: ten megabytes of fields stop all terminals for ten seconds. Django reads the
forms that it wants, in a thread.
"""

from functools import partial, partialmethod
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet.tcp import Port

from runner.infrastructure.server.turns import Turns

TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_turns = Turns()
_build = HTTPFactory.buildProtocol


class BoundedRequest(WebRequest):  # type: ignore[misc]  # Daphne has no types
    """`most`: the bytes of its body."""

    def __init__(self, *more: Any, most: int, **named: Any) -> None:
        super().__init__(*more, **named)
        self._parsePOSTFormSubmission = False
        self._most = most
        self._refused = False

    # --- Twisted calls them as the body comes ----------------------------------------------------
    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if (length or 0) > self._most:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        if self._refused:
            return
        if self.content.tell() + len(data) > self._most:
            self._refuse()
        else:
            super().handleContentChunk(data)

    def requestReceived(self, *line: bytes) -> None:
        if not self._refused:
            super().requestReceived(*line)

    def _refuse(self) -> None:
        """At once: who sends too much may send for ever."""
        self._refused = True
        self.content.close()
        self.channel.transport.write(TOO_LARGE)
        self.channel.loseConnection()


def _build_in_turns(self: HTTPFactory, address: Any, *, most: int) -> Any:
    protocol = _build(self, address)
    if protocol is not None:
        protocol.requestFactory = partial(BoundedRequest, most=most)
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
    HTTPFactory.buildProtocol = partialmethod(_build_in_turns, most=most)
    # Twisted raises it while connections come.
    setattr(Port, "numberAccepts", property(lambda _: 1, lambda _, __: None))  # noqa: B010
