"""An X server that a program has taken over: what it costs the executor, and its pages."""

import asyncio
import socket
import struct
import time
from collections.abc import Callable
from typing import cast

import pytest

from runner.executor.screens import relay as screen_relay
from runner.executor.screens import rfb
from runner.executor.screens.relay import ScreenRelay
from runner.limits import Limits
from runner.sandbox import Sandbox

SIDE = 1000
GREETING = b"".join(
    [rfb.VERSION, b"\x01\x01", bytes(4), struct.pack(">HH16sI", SIDE, SIDE, b"", 0)]
)
SECONDS = 10.0


class Server:
    """In place of a sandbox: sends `says` on each connection, and closes it unless it `holds`."""

    def __init__(self, says: bytes, *, holds: bool) -> None:
        self._says, self._holds = says, holds
        self.connections = 0
        self.sockets: list[socket.socket] = []

    async def connect_to_screen(self) -> socket.socket:
        self.connections += 1
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        self.sockets.append(theirs)
        await asyncio.get_running_loop().sock_sendall(theirs, GREETING + self._says)
        if not self._holds:
            theirs.shutdown(socket.SHUT_WR)
        return ours


def update(*rectangles: bytes) -> bytes:
    return struct.pack(">BxH", rfb.UPDATE, len(rectangles)) + b"".join(rectangles)


def copy(side: int) -> bytes:
    return rfb.RECTANGLE.pack(0, 0, side, side, rfb.COPY) + bytes(4)


async def shown(server: Server, enough: Callable[[ScreenRelay], bool]) -> ScreenRelay:
    relay = ScreenRelay(Limits(), lambda: None)
    changed = asyncio.Event()
    relay.changed = relay.lost = changed.set
    relay.begin(cast(Sandbox, server))
    try:
        async with asyncio.timeout(SECONDS):
            while not enough(relay):
                changed.clear()
                await changed.wait()
    finally:
        await relay.end()
        for theirs in server.sockets:
            theirs.close()
    return relay


async def test_who_ends_every_connection_after_a_picture_is_left() -> None:
    """It was connected to again at once, without end: each time pages draw anew."""
    server = Server(update(copy(1)), holds=False)
    relay = await shown(server, lambda relay: relay.is_lost or server.connections > 50)
    assert relay.is_lost
    assert server.connections == screen_relay.MOST_FAILURES


@pytest.mark.parametrize(
    "says",
    [update(*[copy(SIDE)] * 100), update(copy(SIDE)) * 100],
    ids=["in one update", "in many"],
)
async def test_two_kilobytes_do_not_draw_a_screen_a_hundred_times(says: bytes) -> None:
    relay = await shown(Server(says, holds=True), lambda relay: relay.is_lost)
    assert not relay.updates


async def test_pixels_have_a_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture comes in a turn of its own, as unseen as that of a game in one colour."""
    monkeypatch.setattr(screen_relay, "BURST_PIXELS", SIDE**2)
    monkeypatch.setattr(screen_relay, "PIXELS_PER_SECOND", 10 * SIDE**2)
    one = update(copy(SIDE))
    monkeypatch.setattr(screen_relay, "TURN_BYTES", len(one))
    began = time.monotonic()
    await shown(Server(one * 8, holds=True), lambda relay: relay.updates >= 8)
    assert time.monotonic() - began > 0.5
