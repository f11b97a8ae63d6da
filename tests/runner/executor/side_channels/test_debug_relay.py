"""What a program sends its debugger costs the executor a bounded memory, whoever reads it."""

import asyncio
import socket
import threading
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from runner.executor.output_stream import Gap
from runner.executor.side_channels import debug_relay
from runner.executor.side_channels.debug_relay import DebugRelay
from runner.limits import MIB, Limits

LIMITS = Limits()
MOST_BYTES = 4 * MIB  # of the executor, for each debug run
PAGE, WATCHER = "page", "watcher"
EVENTS = b'{"type": "event", "event": "stopped"}\n' * 1000
LONG = 3 * LIMITS.ring_bytes
SECONDS = 60


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate has tests of its own."""
    monkeypatch.setattr(debug_relay, "BYTES_PER_SECOND", 1024 * MIB)


@contextmanager
def flooded_by(program: socket.socket, data: bytes) -> Iterator[None]:
    def flood() -> None:
        try:
            while True:
                program.sendall(data)
        except OSError:
            pass  # nobody reads any more

    thread = threading.Thread(target=flood)
    thread.start()
    try:
        yield
    finally:
        program.shutdown(socket.SHUT_RDWR)
        thread.join()


@asynccontextmanager
async def relaying(folder: Path, data: bytes) -> AsyncIterator[DebugRelay]:
    """To a program that sends `data` for ever."""
    relay = DebugRelay(LIMITS, lambda _: True)
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as program:
        listener.bind(str(folder / "debug"))
        listener.listen(1)
        relay.begin(listener)
        program.connect(str(folder / "debug"))
        with flooded_by(program, data):
            yield relay
            program.shutdown(socket.SHUT_RDWR)
            await relay.end()


async def until(relay: DebugRelay, holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0)


def read(relay: DebugRelay) -> None:
    """All that there is for the page, at once."""
    stream = relay.side.stream
    while piece := stream.next_piece(PAGE, 0):
        end = piece.stop if isinstance(piece, Gap) else piece.offset + len(piece.data)
        stream.confirm(PAGE, end, end, resend=False, now=0)
    relay.side.on_input()


async def test_a_flood_that_is_read_is_not_kept(tmp_path: Path) -> None:
    async with relaying(tmp_path, EVENTS) as relay:
        stream = relay.side.stream
        stream.attach(PAGE, 0, control=True, now=0)
        relay.changed = lambda: read(relay)
        with traced() as most:
            await until(relay, lambda: stream.end > LONG)
    assert most() < MOST_BYTES


async def test_a_flood_that_is_not_read_is_not_taken(tmp_path: Path) -> None:
    async with relaying(tmp_path, EVENTS) as relay:
        stream = relay.side.stream
        stream.attach(PAGE, 0, control=True, now=0)
        with traced() as most:
            await until(relay, lambda: stream.end == LIMITS.window_bytes)
            for _ in range(100):
                await asyncio.sleep(0)
            assert stream.end == LIMITS.window_bytes
    assert most() < MOST_BYTES


async def test_a_flood_without_a_page_fills_the_ring(tmp_path: Path) -> None:
    async with relaying(tmp_path, EVENTS) as relay:
        stream = relay.side.stream
        with traced() as most:
            await until(relay, lambda: stream.end == LIMITS.ring_bytes)
            for _ in range(100):
                await asyncio.sleep(0)
            assert stream.end == LIMITS.ring_bytes
    assert most() < MOST_BYTES


async def test_a_watcher_that_does_not_read_holds_nobody_up(tmp_path: Path) -> None:
    async with relaying(tmp_path, EVENTS) as relay:
        stream = relay.side.stream
        stream.attach(PAGE, 0, control=True, now=0)
        stream.attach(WATCHER, 0, control=False, now=0)
        relay.changed = lambda: read(relay)
        with traced() as most:
            await until(relay, lambda: stream.end > LONG)
            missed = stream.next_piece(WATCHER, 0)
    assert isinstance(missed, Gap)
    assert (missed.start, missed.stop > LIMITS.ring_bytes) == (0, True)
    assert most() < MOST_BYTES


@contextmanager
def traced() -> Iterator[Callable[[], int]]:
    """How many bytes Python's heap has grown by at most."""
    tracemalloc.start()
    most = 0
    try:
        yield lambda: most
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
