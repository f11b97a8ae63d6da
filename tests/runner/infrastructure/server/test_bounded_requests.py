"""The body of a request is bounded, and no form is read in the event loop."""

from typing import Any

import pytest
from pytest_django import Settings
from twisted.internet import task, testing
from twisted.internet.error import ConnectionDone
from twisted.web.http import HTTPChannel

from runner.infrastructure.server import bounded_requests
from runner.infrastructure.server.bounded_requests import BoundedRequest, Room, Sender

MOST, SMALL = 1000, 100
LOST = ConnectionDone()
clock = task.Clock()
FORM = b"application/x-www-form-urlencoded"
PARTS = b"multipart/form-data; boundary=b"
FIELDS = {
    FORM: b"a=1&" * 100,
    PARTS: b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 10 + b"--b--\r\n",
}


class Request(BoundedRequest):
    processed: list["Request"] = []  # emptied by the fixture

    def process(self) -> None:
        self.processed.append(self)

    def _find_sender(self) -> Sender:
        """By a header of the tests; else everybody is somebody else."""
        name = self.requestHeaders.getRawHeaders(b"x-sender", [b"%d" % id(self)])[0]
        return Sender(name, is_known=not name.startswith(b"stranger"))


class Factory:
    """What Daphne's requests want of theirs."""

    log = staticmethod(lambda request: None)

    class server:
        protocol_connected = protocol_disconnected = staticmethod(lambda request: None)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """For two of the largest bodies, and one that is a little larger than a small one."""
    monkeypatch.setattr(bounded_requests, "SMALL_BYTES", SMALL)
    monkeypatch.setattr(bounded_requests, "PARTS", 2)
    return Room(2 * MOST + SMALL + 1)


def connect(room: Room) -> Any:
    make: Any = HTTPChannel
    channel = make()
    channel.factory = Factory()
    channel.requestFactory = lambda *more, **named: Request(
        *more, most=MOST, data=2 * MOST, room=room, **named
    )
    transport: Any = testing.StringTransport  # twisted has no types for it
    channel.callLater = clock.callLater
    channel.makeConnection(transport())
    return channel


@pytest.fixture
def connection(room: Room) -> Any:
    Request.processed.clear()
    return connect(room)


def said(connection: Any) -> bytes:
    return bytes(connection._networkProducer.value())


def head(*lines: bytes) -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", b"Host: here", *lines, b"", b""])


@pytest.mark.parametrize("kind", FIELDS)
def test_no_form_is_read(connection: Any, kind: bytes) -> None:
    """Fields by the million stop everything for seconds, whoever sends them."""
    length = b"Content-Length: %d" % len(FIELDS[kind])
    connection.dataReceived(head(b"Content-Type: " + kind, length) + FIELDS[kind])
    (request,) = Request.processed
    assert request.args == {}
    request.content.seek(0)
    assert request.content.read() == FIELDS[kind]


def test_a_body_that_says_that_it_is_too_large_is_not_awaited(connection: Any) -> None:
    connection.dataReceived(head(b"Content-Length: %d" % (2 * MOST + 1)))
    assert said(connection).startswith(b"HTTP/1.1 413 ")
    connection.dataReceived(b"x" * (MOST + 1))
    assert Request.processed == []


def test_who_sends_a_little_too_much_hears_of_it_at_the_end(connection: Any, room: Room) -> None:
    """Browsers read no answer before."""
    whole = room.bytes_left
    connection.dataReceived(head(b"Content-Length: %d" % (MOST + 1)) + b"x" * MOST)
    assert said(connection) == b""
    assert room.bytes_left == whole
    connection.dataReceived(b"x")
    assert said(connection).startswith(b"HTTP/1.1 413 ")
    assert Request.processed == []


def test_a_body_of_no_said_length_ends_when_it_is_too_large(connection: Any) -> None:
    chunk = b"64\r\n" + b"x" * 100 + b"\r\n"
    connection.dataReceived(head(b"Transfer-Encoding: chunked") + chunk * 10)
    assert said(connection) == b""
    connection.dataReceived(chunk * 3 + b"0\r\n\r\n")
    assert said(connection).count(b"HTTP/1.1 413 ") == 1
    assert Request.processed == []


@pytest.mark.parametrize("size", [0, 1, MOST])
def test_other_bodies_are_taken(connection: Any, size: int) -> None:
    connection.dataReceived(head(b"Content-Length: %d" % size) + b"x" * size)
    (request,) = Request.processed
    assert len(request.content.getvalue()) == size


@pytest.mark.parametrize(
    ("path", "sender", "taken"),
    [
        (b"/snippets/7/data/", b"one", True),
        (b"/below/snippets/7/data/?x", b"one", True),
        (b"/snippets/7/data/", b"stranger", False),
        (b"/snippets/7/data/name", b"one", False),
        (b"/snippets/x/data/", b"one", False),
        (b"/?/snippets/7/data", b"one", False),
    ],
)
def test_data_of_a_snippet_may_be_larger(path: bytes, sender: bytes, taken: bool) -> None:
    Request.processed.clear()
    connection, size = connect(Room(8 * MOST)), 2 * MOST
    lines = head(b"Content-Length: %d" % size, b"X-Sender: " + sender)
    connection.dataReceived(lines.replace(b"POST /", b"POST " + path, 1) + b"x" * size)
    assert (len(Request.processed) == 1) is taken


def upload(room: Room, size: int, *lines: bytes) -> Any:
    connection = connect(room)
    connection.dataReceived(head(b"Content-Length: %d" % size, *lines) + b"x" * size)
    return connection


def test_large_bodies_have_so_much_room_until_they_are_answered(room: Room) -> None:
    Request.processed.clear()
    whole = room.bytes_left
    uploads = [upload(room, size) for size in (MOST, SMALL + 1, MOST)]
    assert room.bytes_left == 0
    assert said(upload(room, SMALL + 1)).startswith(b"HTTP/1.1 503 ")
    assert said(upload(room, SMALL)) == b""  # small ones are always taken
    assert len(Request.processed) == 4
    Request.processed[0].finish()
    uploads[1].connectionLost(LOST)
    assert room.bytes_left == whole - MOST
    Request.processed[2].connectionLost(LOST)
    uploads[2].connectionLost(LOST)  # counts once
    assert room.bytes_left == whole


def test_what_does_not_come_to_its_end_gives_its_room_back(room: Room) -> None:
    whole = room.bytes_left
    half = connect(room)
    half.dataReceived(head(b"Content-Length: %d" % MOST) + b"x" * (MOST - 1))
    assert room.bytes_left == whole - MOST + 1
    half.connectionLost(LOST)
    assert room.bytes_left == whole
    chunks = connect(room)
    chunks.dataReceived(head(b"Transfer-Encoding: chunked") + b"1f4\r\n" + b"x" * 500 + b"\r\n")
    assert room.bytes_left == whole - 500
    chunks.dataReceived(b"1f5\r\n" + b"x" * 501 + b"\r\n")
    assert room.bytes_left == whole


def test_one_sender_leaves_room_for_others(room: Room) -> None:
    """Half of a body holds its room as long as its connection: anybody kept everybody out."""
    mine = b"X-Sender: me"
    assert said(upload(room, MOST, mine)) == b""
    assert said(upload(room, SMALL + 1, mine)).startswith(b"HTTP/1.1 503 ")
    assert said(upload(room, MOST, b"X-Sender: another")) == b""


def test_strangers_leave_room_for_who_is_signed_in(room: Room) -> None:
    assert said(upload(room, MOST, b"X-Sender: stranger 1")) == b""
    assert said(upload(room, SMALL + 1, b"X-Sender: stranger 2")).startswith(b"HTTP/1.1 503 ")
    assert said(upload(room, MOST, b"X-Sender: user")) == b""


def test_who_sends_no_end_is_cut_off(room: Room) -> None:
    whole = room.bytes_left
    half = connect(room)
    half.dataReceived(head(b"Content-Length: %d" % MOST) + b"x" * (MOST - 2))
    for _ in range(10):
        clock.advance(bounded_requests.BODY_SECONDS / 10)
        half.setTimeout(None)  # it goes on to say a little
    assert half.transport is None or half.transport.disconnected
    assert room.bytes_left == whole


def test_a_body_that_has_come_may_be_answered_late(room: Room) -> None:
    Request.processed.clear()
    connection = upload(room, MOST)
    clock.advance(2 * bounded_requests.BODY_SECONDS)
    assert not connection.transport.disconnected
    Request.processed[0].finish()
    assert room.bytes_left == room.most


@pytest.mark.parametrize(
    ("lines", "proxies", "sender"),
    [
        ([], 0, b"address 192.168.1.1"),
        ([b"X-Forwarded-For: 203.0.113.7"], 0, b"address 192.168.1.1"),
        ([b"X-Forwarded-For: 10.0.0.1, 203.0.113.7"], 1, b"address 203.0.113.7"),
        ([b"Cookie: sessionid=made-up"], 0, b"address 192.168.1.1"),
    ],
)
def test_a_stranger_is_an_address(
    settings: Settings, room: Room, lines: list[bytes], proxies: int, sender: bytes
) -> None:
    settings.TRUSTED_PROXIES = proxies
    Request.processed.clear()
    upload(room, SMALL, *lines)
    assert BoundedRequest._find_sender(Request.processed[0]) == Sender(sender, is_known=False)
