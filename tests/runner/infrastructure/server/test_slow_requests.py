"""A request that comes byte by byte does not hold its connection for ever."""

from typing import Any

import pytest
from daphne.http_protocol import HTTPFactory
from twisted.internet import task, testing

from runner.infrastructure.server import bounded_requests
from runner.infrastructure.server.bounded_requests import BODY_SECONDS, HEADER_SECONDS, Room
from runner.limits import MIB

START = b"POST / HTTP/1.1\r\nHost: here\r\n"
LENGTH = b"Content-Length: 1000\r\n\r\n"


class Clock:
    """In place of the module `time`."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Turns:
    @staticmethod
    def add(take_turn: Any) -> None:
        take_turn()


class Server:
    """What Daphne's protocols want of theirs."""

    protocol_connected = protocol_disconnected = staticmethod(lambda request: None)


class Transport(testing.StringTransport):
    aborted = False

    def abortConnection(self) -> None:
        self.aborted = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bounded_requests, "time", clock)
    monkeypatch.setattr(bounded_requests, "_turns", Turns)
    monkeypatch.setattr(bounded_requests.BoundedRequest, "process", lambda _: None)
    return clock


@pytest.fixture
def connection(clock: Clock) -> Any:
    factory: Any = HTTPFactory(Server())
    factory._reactor = task.Clock()
    protocol = bounded_requests._build_in_turns(factory, None, most=MIB, data=MIB, room=Room())
    protocol._channel.callLater = factory._reactor.callLater
    make: Any = Transport
    transport = make()
    transport.protocol = protocol
    protocol.makeConnection(transport)
    return protocol


def is_open(connection: Any) -> bool:
    return not connection._channel.transport.aborted


def send_slowly(connection: Any, clock: Clock, seconds: float) -> None:
    """A byte every ten seconds: Twisted would wait for sixty."""
    until = clock.now + seconds
    while clock.now < until and is_open(connection):
        clock.now += 10
        connection.dataReceived(b"x")


def test_headers(connection: Any, clock: Clock) -> None:
    connection.dataReceived(START + b"X: ")
    send_slowly(connection, clock, HEADER_SECONDS)
    assert is_open(connection)
    send_slowly(connection, clock, 20)
    assert not is_open(connection)


def test_a_body(connection: Any, clock: Clock) -> None:
    connection.dataReceived(START + LENGTH)
    send_slowly(connection, clock, BODY_SECONDS)
    assert is_open(connection)
    send_slowly(connection, clock, 20)
    assert not is_open(connection)


def test_a_connection_that_is_used_again_begins_anew(connection: Any, clock: Clock) -> None:
    """Browsers keep theirs for minutes."""
    for _ in range(10):
        connection.dataReceived(START + b"Content-Length: 1\r\n\r\n")
        clock.now += HEADER_SECONDS / 2
        connection.dataReceived(b"x")
        (request,) = connection._channel.requests
        request.startedWriting = True
        request.channel.requestDone(request)
        clock.now += HEADER_SECONDS
    assert is_open(connection)
