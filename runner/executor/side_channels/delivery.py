"""What the viewers of one run get of its side channels, and what they send on them.

As `runner/executor/delivery.py` does it for the terminal, with the same streams: offsets, a window,
acknowledgements and repetition, for each channel of its own. A run without side channels has none
of this.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping

from runner.executor.input_queue import InputQueue
from runner.executor.output_stream import Frame, OutputStream
from runner.infrastructure import messaging
from runner.infrastructure.metrics import OUTPUT_RESENDS
from runner.limits import Limits
from runner.protocol.channel import (
    ChannelMessage,
    SideGap,
    SideInput,
    SideOutput,
    SideProgress,
    SideTaken,
)


class Side:
    """One side channel: bytes for the viewers, and numbered input of the one in control.

    `on_input()` is called when there is input to pass on (`input.head()`), or room for more output;
    `on_behind(offset)` when a viewer is new (0), or has missed what was before that offset.
    """

    def __init__(
        self,
        limits: Limits,
        on_input: Callable[[], None],
        on_behind: Callable[[int], None] = lambda _: None,
    ) -> None:
        sizes = limits.ring_bytes, limits.window_bytes, limits.frame_bytes
        self.stream = OutputStream(*sizes, terminal=False)
        self.input = InputQueue(limits.input_bytes, limits.input_messages)
        self.on_input, self.on_behind = on_input, on_behind


class SideDelivery:
    def __init__(self, run: str, sides: Mapping[int, Side]) -> None:
        self._run, self._sides = run, sides
        self._viewers: dict[str, tuple[int, ...]] = {}  # the channels that each wants
        self._answers: deque[tuple[str, ChannelMessage]] = deque()
        self._changed = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def taken(self) -> dict[int, int]:
        """The last input that each channel has; what a viewer is told when it is attached."""
        return {number: side.input.taken for number, side in self._sides.items()}

    @property
    def ends(self) -> dict[int, int]:
        return {number: side.stream.end for number, side in self._sides.items()}

    def changed(self) -> None:
        """To be called when there may be something to send."""
        self._changed.set()

    # --- From viewers --------------------------------------------------------------------------
    def follow(self, controller: str | None) -> None:
        """Who controls the terminal controls the side channels, as far as it has asked for them."""
        for side in self._sides.values():
            if side.stream.controller != controller:
                side.stream.follow(controller)
                side.input.forget_out_of_order()
                side.on_input()

    def detach(self, viewer: str) -> None:
        self._viewers.pop(viewer, None)
        for side in self._sides.values():
            side.stream.detach(viewer)
            side.on_input()

    def confirm(self, message: SideProgress, controller: str | None) -> None:
        """From a viewer of the terminal. `controller`: who has control of that."""
        side, now = self._sides.get(message.number), time.monotonic()
        if side is None or message.received > side.stream.end:
            return
        viewer, at = message.viewer, (message.received, message.acked)
        if side.stream.attached(viewer):
            side.stream.confirm(viewer, *at, resend=message.resend, now=now)
        else:
            control = viewer == controller
            side.stream.attach(viewer, at[0], control=control, now=now, acked=at[1])
            self._viewers[viewer] = (*self._viewers.get(viewer, ()), message.number)
            if not message.received:
                side.on_behind(0)
        side.on_input()
        self._changed.set()

    def take(self, message: SideInput) -> None:
        """From the viewer in control; a frame that came before is only acknowledged again."""
        side = self._sides.get(message.number)
        if side is None or side.stream.controller != message.viewer:
            return
        if side.input.knows(message.seq):
            self.acknowledge(message.number)
        elif side.input.offer(message.seq, message.data):
            side.on_input()

    def acknowledge(self, number: int) -> None:
        """To be called when input has been passed on."""
        side = self._sides[number]
        if side.stream.controller is not None:
            taken = SideTaken(self._run, number, side.input.acked)
            self._answers.append((side.stream.controller, taken))
            self._changed.set()

    # --- To viewers ----------------------------------------------------------------------------
    async def run(self) -> None:
        """Runs until cancelled. One message is sent at a time; output coalesces meanwhile."""
        while True:
            self._changed.clear()
            now = time.monotonic()
            if late := sum(side.stream.step_back(now) for side in self._sides.values()):
                OUTPUT_RESENDS.inc(late)
            if not await self._send():
                await self._wait()

    async def _send(self) -> bool:
        sent = bool(self._answers)
        while self._answers:
            await messaging.send(*self._answers.popleft())
        for viewer, numbers in list(self._viewers.items()):
            for number in numbers:
                sent |= await self._send_next(viewer, number)
        return sent

    async def _send_next(self, viewer: str, number: int) -> bool:
        if viewer not in self._viewers:  # left while another was served
            return False
        piece = self._sides[number].stream.next_piece(viewer, time.monotonic())
        if piece is None:
            return False
        if isinstance(piece, Frame):
            message: ChannelMessage = SideOutput(self._run, number, piece.offset, piece.data)
        else:
            message = SideGap(self._run, number, piece.start, piece.stop)
            self._sides[number].on_behind(piece.stop)
        await messaging.send(viewer, message)
        return True

    async def _wait(self) -> None:
        """Waits for a change, or until an unacknowledged message must be repeated."""
        steps = [side.stream.next_step() for side in self._sides.values()]
        if due := [step for step in steps if step is not None]:
            if self._timer is not None:
                self._timer.cancel()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(min(due), self._changed.set)
        await self._changed.wait()
