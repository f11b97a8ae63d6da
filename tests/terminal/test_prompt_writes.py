"""What is written at once is all of it, in order, and never past an encryption."""

from typing import Any

import pytest
from twisted.internet.error import ConnectionLost
from twisted.internet.main import CONNECTION_LOST
from twisted.internet.tcp import Connection

from runner.infrastructure.server.prompt_writes import PromptProtocol

DATA = b"0123456789"


class FakeConnection(Connection):
    """Takes some bytes at once; `waiting` is what Twisted is left to write."""

    def __init__(self, takes: int | ConnectionLost) -> None:
        self.connected, self.disconnecting, self.TLS = 1, 0, False
        self.takes, self.taken, self.waiting = takes, b"", b""
        self.reactor: Any = self
        self.writers: list[Any] = []

    def getWriters(self) -> list[Any]:
        return self.writers

    def writeSomeData(self, data: bytes) -> int | ConnectionLost:
        if isinstance(self.takes, int):
            self.taken += data[: self.takes]
        return self.takes

    def write(self, data: bytes) -> None:
        self.waiting += data


class Wrapped:
    """An encryption over a connection, whose other attributes shine through."""

    def __init__(self, inner: FakeConnection) -> None:
        self.inner, self.waiting = inner, b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def write(self, data: bytes) -> None:
        self.waiting += data


def send(transport: Any) -> None:
    protocol = PromptProtocol()
    protocol.transport, protocol.send_queue = transport, []
    protocol.sendData(DATA)


@pytest.mark.parametrize("takes", [0, 4, len(DATA)])
def test_what_the_kernel_does_not_take_waits(takes: int) -> None:
    connection = FakeConnection(takes)
    send(connection)
    assert (connection.taken, connection.waiting) == (DATA[:takes], DATA[takes:])


def test_nothing_overtakes_what_waits() -> None:
    connection = FakeConnection(len(DATA))
    connection.writers.append(connection)
    send(connection)
    assert (connection.taken, connection.waiting) == (b"", DATA)


@pytest.mark.parametrize(
    ("attribute", "value"), [("TLS", True), ("connected", 0), ("disconnecting", 1)]
)
def test_twisted_keeps_connections_that_are_not_plain_and_open(attribute: str, value: int) -> None:
    connection = FakeConnection(len(DATA))
    setattr(connection, attribute, value)
    send(connection)
    assert (connection.taken, connection.waiting) == (b"", DATA)


def test_nothing_is_written_past_an_encryption() -> None:
    inner = FakeConnection(len(DATA))
    wrapped = Wrapped(inner)
    send(wrapped)
    assert (inner.taken, inner.waiting, wrapped.waiting) == (b"", b"", DATA)


def test_a_lost_connection_is_left_for_twisted_to_find() -> None:
    connection = FakeConnection(CONNECTION_LOST)
    send(connection)
    assert connection.waiting == DATA
