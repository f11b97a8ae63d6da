"""The side channels of one socket and its run: what comes, what is sent, and what is said again.

Each has a cursor and an outbox of its own, as the terminal has in `uplink.py`. A browser of the
first protocol has none of this.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from runner.infrastructure import messaging
from runner.infrastructure.metrics import RESENDS
from runner.limits import Limits
from runner.protocol.channel import (
    ChannelMessage,
    SideGap,
    SideInput,
    SideOutput,
    SideProgress,
    executor_channel,
)
from runner.terminal.wire.input_outbox import REPEAT_SECONDS, InputOutbox
from runner.terminal.wire.output_cursor import OutputCursor
from runner.terminal.wire.uplink import (
    ALIVE_SECONDS,
    CONFIRM_SECONDS,
    FLOOD_BYTES,
    FLOOD_SECONDS,
    UNANSWERED_TIMES,
)


@dataclass(slots=True)
class _Side:
    cursor: OutputCursor
    outbox: InputOutbox
    told: int  # of what was acknowledged
    told_at: float = float("-inf")
    again: int = 0  # how often to repeat what nobody answers


class SideWire:
    def __init__(self, run: str, viewer: str, offsets: Mapping[int, int], limits: Limits) -> None:
        """`offsets`: where the browser is, by the numbers of channels."""
        self._run, self._viewer = run, viewer
        self._sides = {
            number: _Side(
                OutputCursor(offset), InputOutbox(limits.input_bytes, limits.input_messages), offset
            )
            for number, offset in offsets.items()
        }
        self._there: frozenset[int] = frozenset()  # the run has these
        self._executor: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def has(self, number: int) -> bool:
        """Whether the run has that channel, as far as its executor has told."""
        return number in self._there

    # --- The executor --------------------------------------------------------------------------
    async def connect(self, executor: str, taken: Mapping[int, int]) -> None:
        """`taken`: the channels of the run, with the last input that each has."""
        self._executor, self._there = executor, frozenset(taken) & frozenset(self._sides)
        for number in sorted(self._there):
            self._sides[number].outbox.ack(taken[number])
            await self._tell_progress(number)
        await self._send_input(seconds=0)

    def disconnect(self) -> None:
        self._executor = None

    def close(self) -> None:
        self._executor = None
        if self._timer is not None:
            self._timer.cancel()

    # --- Output --------------------------------------------------------------------------------
    async def take(self, message: SideOutput) -> tuple[int, bytes] | None:
        """What is new of it, and where that begins; asks for what is missing before it."""
        if (side := self._sides.get(message.number)) is None:
            return None
        start = side.cursor.expected
        new = side.cursor.take(message.offset, message.data)
        if message.offset > start:
            await self._ask_again(message.number)
        else:
            self._confirm_soon()
        return (start, new) if new else None

    def skip(self, message: SideGap) -> tuple[int, int] | None:
        """The gap that the browser has to be told of."""
        side = self._sides.get(message.number)
        if side is None or message.start > (start := side.cursor.expected):
            return None
        return (start, message.stop) if side.cursor.skip(start, message.stop) else None

    def ack(self, number: int, offset: int) -> bool:
        """False for output that was never sent."""
        side = self._sides.get(number)
        if side is None or not side.cursor.ack(offset):
            return False
        self._confirm_soon()
        return True

    async def is_complete(self, ends: Mapping[int, int]) -> bool:
        """Whether all output has come, which ends there; asks for what has not."""
        behind = [
            number
            for number, end in ends.items()
            if self.has(number) and self._sides[number].cursor.expected < end
        ]
        for number in behind:
            await self._ask_again(number)
        return not behind

    async def _ask_again(self, number: int) -> None:
        if self._sides[number].cursor.may_ask(time.monotonic()):
            RESENDS.labels("output").inc()
            await self._tell_progress(number, resend=True)

    # --- Input ---------------------------------------------------------------------------------
    async def send(self, number: int, seq: int, data: bytes) -> bool:
        """False when more waits than is held."""
        side, now = self._sides[number], time.monotonic()
        if not side.outbox.offer(seq, data, now):
            return False
        if seq > side.outbox.acked:
            await self._tell(SideInput(self._run, self._viewer, number, seq, data))
        return True

    def acked(self, number: int) -> int:
        return self._sides[number].outbox.acked

    def ack_input(self, number: int, seq: int) -> bool:
        """All input up to `seq` has arrived; whether that is news."""
        return number in self._sides and self._sides[number].outbox.ack(seq)

    # --- Again and again -----------------------------------------------------------------------
    async def repeat(self) -> float:
        """Says again what may have been lost; returns the seconds until that is due again."""
        await self._send_input(seconds=REPEAT_SECONDS)
        now, waiting = time.monotonic(), False
        for number in self._there:
            side = self._sides[number]
            if side.again or now - side.told_at >= ALIVE_SECONDS:
                side.again = max(0, side.again - 1)
                await self._tell_progress(number)
            waiting |= side.again > 0 or len(side.outbox) > 0
        return REPEAT_SECONDS if waiting else ALIVE_SECONDS

    async def _send_input(self, seconds: float) -> None:
        for number in sorted(self._there):
            for seq, data in self._sides[number].outbox.overdue(time.monotonic(), seconds):
                if seconds:
                    RESENDS.labels("input").inc()
                await self._tell(SideInput(self._run, self._viewer, number, seq, data))

    def _confirm_soon(self) -> None:
        """Tells how far output has come, together with what comes meanwhile."""
        unsaid = max(side.cursor.acked - side.told for side in self._sides.values())
        seconds = FLOOD_SECONDS if unsaid >= FLOOD_BYTES else CONFIRM_SECONDS
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._confirm)

    def _confirm(self) -> None:
        self._timer = None
        sending = asyncio.create_task(self._tell_all())
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _tell_all(self) -> None:
        for number in sorted(self._there):
            await self._tell_progress(number)

    async def _tell_progress(self, number: int, *, resend: bool = False) -> None:
        side = self._sides[number]
        received, acked = side.cursor.expected, side.cursor.acked
        if acked > side.told:
            side.again = UNANSWERED_TIMES
        side.told, side.told_at = acked, time.monotonic()
        await self._tell(SideProgress(self._run, self._viewer, number, received, acked, resend))

    async def _tell(self, message: ChannelMessage) -> None:
        if self._executor is not None:
            await messaging.send(executor_channel(self._executor), message)
