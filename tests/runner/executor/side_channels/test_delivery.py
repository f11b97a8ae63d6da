"""Side channels of a run: each with its own offsets and window, and input that comes once."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from runner.executor.side_channels import Side, SideDelivery
from runner.infrastructure import messaging
from runner.limits import KIB, Limits
from runner.protocol.channel import (
    ChannelMessage,
    SideGap,
    SideInput,
    SideOutput,
    SideProgress,
    SideTaken,
    executor_channel,
)
from runner.terminal.wire import output_cursor, side_wire
from runner.terminal.wire.side_wire import SideWire

WAIT_SECONDS = 30
OWNER, WATCHER = "owner", "watcher"
LIMITS = Limits(ring_bytes=4 * KIB, window_bytes=KIB, frame_bytes=256, input_bytes=KIB)


class Channel:
    """One side channel, whose program takes input at once."""

    def __init__(self, number: int) -> None:
        self.number, self.received = number, b""
        self.side = Side(LIMITS, self.pass_on)
        self.delivery: SideDelivery | None = None

    def pass_on(self) -> None:
        while head := self.side.input.head():
            self.received += head
            self.side.input.wrote(len(head))
            assert self.delivery is not None
            self.delivery.acknowledge(self.number)


class Layer:
    """In place of the channel layer: hands messages over, or loses them."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, ChannelMessage]] = []
        self.handlers: dict[str, Callable[[ChannelMessage], Awaitable[None] | None]] = {}
        self.loses: Callable[[], bool] = lambda: False
        self.news = asyncio.Event()

    async def send(self, to: str, message: ChannelMessage) -> None:
        await asyncio.sleep(0)
        self.news.set()
        if self.loses():
            return
        self.sent.append((to, message))
        handle = self.handlers.get(to)
        waiting = handle(message) if handle is not None else None
        if waiting is not None:
            await waiting

    def to(self, name: str, kind: type[ChannelMessage]) -> list[ChannelMessage]:
        return [message for to, message in self.sent if to == name and isinstance(message, kind)]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while not holds():
                self.news.clear()
                await self.news.wait()


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> Layer:
    made = Layer()
    monkeypatch.setattr(messaging, "send", made.send)
    return made


@asynccontextmanager
async def delivering(*channels: Channel) -> AsyncIterator[SideDelivery]:
    delivery = SideDelivery("run", {channel.number: channel.side for channel in channels})
    for channel in channels:
        channel.delivery = delivery
    running = asyncio.create_task(delivery.run())
    yield delivery
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def at(received: int, number: int = 1, viewer: str = OWNER, acked: int = 0) -> SideProgress:
    return SideProgress("run", viewer, number, received, acked, resend=False)


async def test_nobody_gets_a_channel_that_was_not_asked_for(layer: Layer) -> None:
    one, two = Channel(1), Channel(2)
    async with delivering(one, two) as delivery:
        one.side.stream.append(b"first")
        two.side.stream.append(b"second")
        delivery.confirm(at(0, number=2), OWNER)
        await layer.until(lambda: bool(layer.sent))
    assert layer.sent == [(OWNER, SideOutput("run", 2, 0, b"second"))]


async def test_each_channel_has_a_window_of_its_own(layer: Layer) -> None:
    one, two = Channel(1), Channel(2)
    async with delivering(one, two) as delivery:
        for number in (1, 2):
            delivery.confirm(at(0, number), OWNER)
        one.side.stream.append(bytes(LIMITS.window_bytes))
        assert one.side.stream.room() == 0
        assert two.side.stream.room() == LIMITS.window_bytes
        delivery.changed()
        await layer.until(lambda: len(layer.to(OWNER, SideOutput)) == 4)
        delivery.confirm(at(LIMITS.window_bytes, acked=LIMITS.window_bytes), OWNER)
        assert one.side.stream.room() == LIMITS.window_bytes


async def test_only_the_viewer_in_control_sends_and_slows_down(layer: Layer) -> None:
    one = Channel(1)
    async with delivering(one) as delivery:
        delivery.confirm(at(0), OWNER)
        delivery.confirm(at(0, viewer=WATCHER), OWNER)
        delivery.take(SideInput("run", WATCHER, 1, 1, b"clicks"))
        delivery.take(SideInput("run", "a stranger", 1, 1, b"clicks"))
        delivery.take(SideInput("run", OWNER, 1, 1, b"types"))
        assert one.received == b"types"
        for _ in range(3 * LIMITS.ring_bytes // 256):
            one.side.stream.append(bytes(256))
            end = one.side.stream.end
            delivery.confirm(at(end, acked=end), OWNER)  # the watcher reads nothing
        await layer.until(lambda: bool(layer.to(WATCHER, SideGap)))


async def test_control_is_that_of_the_terminal(layer: Layer) -> None:
    one = Channel(1)
    async with delivering(one) as delivery:
        delivery.confirm(at(0), OWNER)
        delivery.confirm(at(0, viewer="other window"), OWNER)
        delivery.follow("other window")
        delivery.take(SideInput("run", OWNER, 1, 1, b"no"))
        delivery.take(SideInput("run", "other window", 1, 1, b"yes"))
        assert one.received == b"yes"
        delivery.follow("a window of the first protocol")
        assert one.side.stream.controller is None


async def test_input_arrives_once_and_in_order(layer: Layer) -> None:
    one = Channel(1)
    async with delivering(one) as delivery:
        delivery.confirm(at(0), OWNER)
        for seq, data in ((2, b"b"), (1, b"a"), (1, b"a"), (2, b"b"), (3, b"c")):
            delivery.take(SideInput("run", OWNER, 1, seq, data))
        assert one.received == b"abc"
        await layer.until(lambda: SideTaken("run", 1, 3) in layer.to(OWNER, SideTaken))


async def test_a_position_beyond_the_end_and_an_unknown_channel_change_nothing(
    layer: Layer,
) -> None:
    one = Channel(1)
    async with delivering(one) as delivery:
        one.side.stream.append(b"abc")
        delivery.confirm(at(4), OWNER)
        delivery.confirm(at(0, number=2), OWNER)
        delivery.take(SideInput("run", OWNER, 2, 1, b"x"))
        assert not one.side.stream.attached(OWNER)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_lost_over_a_layer_that_loses_a_quarter_of_all(
    seed: int, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((output_cursor, "RESEND"), (side_wire, "REPEAT"), (side_wire, "CONFIRM")):
        monkeypatch.setattr(module, f"{name}_SECONDS", 0.005)
    chance, one = random.Random(seed), Channel(1)
    layer.loses = lambda: chance.random() < 0.25
    wire = SideWire("run", OWNER, {1: 0, 2: 0}, LIMITS)
    shown = bytearray()

    async def browser(message: ChannelMessage) -> None:
        if isinstance(message, SideOutput) and (new := await wire.take(message)):
            assert new[0] == len(shown)
            shown.extend(new[1])
            assert wire.ack(1, len(shown))
        elif isinstance(message, SideTaken):
            wire.ack_input(1, message.seq)

    def executor(message: ChannelMessage) -> None:
        if isinstance(message, SideProgress):
            delivery.confirm(message, OWNER)
        elif isinstance(message, SideInput):
            delivery.take(message)

    layer.handlers = {OWNER: browser, executor_channel("one"): executor}
    output, typed = random.Random(seed).randbytes(5000), bytes(range(40))
    async with delivering(one) as delivery:
        await wire.connect("one", {1: 0})
        for seq, byte in enumerate(typed, 1):
            assert await wire.send(1, seq, bytes([byte]))
        async with asyncio.timeout(WAIT_SECONDS):
            while len(shown) < len(output) or len(one.received) < len(typed):
                end = one.side.stream.end
                one.side.stream.append(output[end : end + one.side.stream.room()])
                delivery.changed()
                await wire.repeat()
                await asyncio.sleep(0.002)
        assert await wire.is_complete({1: len(output)})
        wire.close()
    assert (bytes(shown), one.received) == (output, typed)
