"""Daphne's HTTP server, which handles few new connections and requests at a time.

Twisted accepts up to hundreds of connections in a row, and every request that has arrived is parsed
before anything else happens. Handshakes and requests are a thousand times the work of a key.
"""

from functools import partial
from typing import Any

from daphne.http_protocol import HTTPFactory
from twisted.internet.tcp import Port

from runner.infrastructure.server.turns import Turns

_turns = Turns()
_build = HTTPFactory.buildProtocol


def _build_in_turns(self: HTTPFactory, address: Any) -> Any:
    protocol = _build(self, address)
    if protocol is not None:
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


def install() -> None:
    """For the server that is started next."""
    HTTPFactory.buildProtocol = _build_in_turns
    # Twisted raises it while connections come.
    setattr(Port, "numberAccepts", property(lambda _: 1, lambda _, __: None))  # noqa: B010
