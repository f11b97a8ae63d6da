"""Those that watch a run: how many, what they are told, and that they keep nobody waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pytest_django import Settings

from runner.executor.delivery import Delivery
from runner.executor.output_stream import OutputStream
from runner.infrastructure import messaging
from runner.limits import Limits
from runner.protocol.channel import (
    AttachRefused,
    AttachViewer,
    ChannelMessage,
    Output,
    TerminalSize,
    ViewerAttached,
)

WAIT_SECONDS = 10
RING, WINDOW, FRAME = 1000, 100, 10
WATCHERS = 3


class Channels:
    """In place of the channel layer: notes what was sent, to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, ChannelMessage]] = []
        self._news = asyncio.Event()

    async def send(self, to: str, message: ChannelMessage) -> None:
        self.sent.append((to, message))
        self._news.set()
        await asyncio.sleep(0)

    def to(self, name: str, kind: type[ChannelMessage]) -> list[ChannelMessage]:
        return [message for to, message in self.sent if to == name and isinstance(message, kind)]

    async def until(self, name: str, kind: type[ChannelMessage], times: int = 1) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while len(self.to(name, kind)) < times:
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def channels(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Channels:
    settings.LIMITS = Limits(watchers_per_run=WATCHERS)
    made = Channels()
    monkeypatch.setattr(messaging, "send", made.send)
    return made


def asks(name: str, *, control: bool = False, own: bool = False) -> AttachViewer:
    return AttachViewer("run", name, 0, acked=0, control=control, asked_at=1.0, own=own)


@asynccontextmanager
async def delivering(stream: OutputStream) -> AsyncIterator[Delivery]:
    delivery = Delivery("run", "one", stream, (24, 80))
    running = asyncio.create_task(delivery.run())
    yield delivery
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_as_many_watch_as_the_limit_says_and_the_owner_is_not_counted(
    channels: Channels,
) -> None:
    async with delivering(OutputStream(RING, WINDOW, FRAME)) as delivery:
        delivery.attach(asks("owner", control=True), acked=0)
        for number in range(WATCHERS):
            delivery.attach(asks(f"watcher{number}"), acked=0)
        delivery.attach(asks("one too many"), acked=0)
        await channels.until("one too many", AttachRefused)
        assert channels.to("one too many", AttachRefused) == [AttachRefused("run", 1.0, full=True)]
        delivery.attach(asks("watcher0"), acked=0)  # again, after a lost connection
        await channels.until("watcher0", ViewerAttached, times=2)
        delivery.attach(asks("newest", control=True), acked=0)
        await channels.until("newest", ViewerAttached)
        delivery.detach("watcher1")
        delivery.detach("watcher2")
        delivery.attach(asks("one too many"), acked=0)
        await channels.until("one too many", ViewerAttached)


async def test_the_owners_windows_keep_nobody_from_watching(channels: Channels) -> None:
    async with delivering(OutputStream(RING, WINDOW, FRAME)) as delivery:
        for number in range(2 * WATCHERS):
            delivery.attach(asks(f"window{number}", control=True), acked=0)
            delivery.attach(asks(f"page{number}", own=True), acked=0)
        for number in range(WATCHERS):
            delivery.attach(asks(f"watcher{number}"), acked=0)
            await channels.until(f"watcher{number}", ViewerAttached)
        delivery.attach(asks("page", own=True), acked=0)
        await channels.until("page", ViewerAttached)


async def test_those_that_watch_are_told_the_newest_size_and_the_owner_is_not(
    channels: Channels,
) -> None:
    async with delivering(OutputStream(RING, WINDOW, FRAME)) as delivery:
        delivery.attach(asks("owner", control=True), acked=0)
        delivery.attach(asks("watcher"), acked=0)
        await channels.until("watcher", TerminalSize)
        for cols in range(81, 100):
            delivery.resized(24, cols)
        await channels.until("watcher", TerminalSize, times=2)
        sizes = [(m.rows, m.cols) for m in channels.to("watcher", TerminalSize)]  # type: ignore[attr-defined]
        assert sizes == [(24, 80), (24, 99)]
        assert not channels.to("owner", TerminalSize)


async def test_however_many_watch_the_owner_waits_for_one_message(channels: Channels) -> None:
    stream = OutputStream(RING, WINDOW, FRAME)
    async with delivering(stream) as delivery:
        delivery.attach(asks("owner", control=True), acked=0)
        for number in range(WATCHERS):
            delivery.attach(asks(f"watcher{number}"), acked=0)
            await channels.until(f"watcher{number}", TerminalSize)
        channels.sent.clear()
        stream.append(b"x" * WINDOW)
        delivery.changed()
        await channels.until("owner", Output, times=WINDOW // FRAME)
    receivers = [to for to, message in channels.sent if isinstance(message, Output)]
    last = max(place for place, to in enumerate(receivers) if to == "owner")
    between = "".join("o" if to == "owner" else "w" for to in receivers[: last + 1])
    assert "ww" not in between, between


async def test_who_watches_acknowledges_nothing_for_the_owner(channels: Channels) -> None:
    stream = OutputStream(RING, WINDOW, FRAME)
    async with delivering(stream) as delivery:
        delivery.attach(asks("owner", control=True), acked=0)
        delivery.attach(asks("watcher"), acked=0)
        stream.append(b"x" * WINDOW)
        delivery.changed()
        await channels.until("watcher", Output, times=WINDOW // FRAME)
        stream.confirm("watcher", WINDOW, WINDOW, resend=False, now=0)
        assert stream.room() == 0
        assert stream.unacked_from == 0


async def test_who_attaches_is_told_where_the_output_ends(channels: Channels) -> None:
    """Questions to the terminal before that are of the past: a page answers none of them."""
    stream = OutputStream(RING, WINDOW, FRAME)
    stream.append(b"x" * 42)
    delivery = Delivery("run", "executor", stream, (24, 80))
    delivery.attach(asks("own", control=True, own=True), acked=0)
    delivering = asyncio.create_task(delivery.run())
    await channels.until("own", ViewerAttached)
    delivering.cancel()
    (attached,) = channels.to("own", ViewerAttached)
    assert isinstance(attached, ViewerAttached)
    assert attached.end == 42
