# size: all that the viewers of one run are told, in one order
"""Sends the output and the end of one run to its viewers until they have acknowledged them."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, replace

from django.conf import settings

from runner.executor.classes.audience import Audience, Spectator
from runner.executor.output_stream import Frame, OutputStream
from runner.executor.side_channels import SideDelivery
from runner.infrastructure import messaging
from runner.infrastructure.metrics import OUTPUT_RESENDS
from runner.infrastructure.optimisations import Optimisation
from runner.protocol.channel import (
    ArtifactsStored,
    AttachRefused,
    AttachViewer,
    ChannelMessage,
    InputTyped,
    NotHere,
    Output,
    OutputGap,
    Progress,
    RunEnded,
    RunPhase,
    StillRunning,
    TerminalSize,
    ViewerAttached,
    Warned,
)
from runner.protocol.messages import NoticeCode, Phase

SILENT_SECONDS = 15.0  # web workers speak every five
ECHO_SECONDS = 0.003  # the terminal echoes a key within this, if it does
END_SECONDS = 0.3  # after which the end is told again


@dataclass(slots=True)
class Viewer:
    asked_at: float  # seconds since the epoch, by the web worker's clock
    own: bool  # a window of the run's owner
    heard_at: float  # monotonic
    end_told_at: float = float("-inf")
    size: tuple[int, int] | None = None  # rows and columns of the terminal, as it was told
    acked: int = 0  # the last input that arrived, while the viewer has not been told; else 0
    without_echo: asyncio.TimerHandle | None = None  # until it is told without one
    told_waiting: StillRunning | None = None  # the last that it was told of
    told_held: bool = False


class Delivery:
    def __init__(
        self,
        run: str,
        executor: str,
        stream: OutputStream,
        size: tuple[int, int],
        sides: SideDelivery | None = None,
    ) -> None:
        self._run = run
        self._executor = executor
        self._stream = stream
        self._sides = sides or SideDelivery(run, {})
        self._size = size  # rows and columns of the terminal
        self._viewers: dict[str, Viewer] = {}
        self._answers: deque[tuple[str, ChannelMessage]] = deque()
        self._changed = asyncio.Event()
        self._deserted = asyncio.Event()
        self._deserted.set()
        self._end: RunEnded | None = None
        self._waiting: StillRunning | None = None
        self._held = False
        self._warnings: dict[NoticeCode, Warned] = {}
        self._phase: RunPhase | None = None
        self._artifacts: ArtifactsStored | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.audience = Audience(run, self, self.answer, self.tell_control)
        self._acks_with_echo = Optimisation.ACK_WITH_ECHO in settings.OPTIMISATIONS

    async def deserted(self) -> None:
        """Waits until no viewer is left."""
        await self._deserted.wait()

    def changed(self) -> None:
        """To be called when there may be something to send."""
        self._changed.set()

    def resized(self, rows: int, cols: int) -> None:
        """Those that watch are told the newest size, however often it changes."""
        self._size = (rows, cols)
        self._changed.set()

    def answer(self, viewer: str, message: ChannelMessage) -> None:
        self._answers.append((viewer, message))
        self._changed.set()

    def attach(self, message: AttachViewer, acked: int, unanswered: int | None = None) -> None:
        """The viewer that asked last for control has it; the one before is told that it has not.

        `unanswered`: where in the output questions begin that no terminal has answered.
        """
        now = time.monotonic()
        if message.offset > self._stream.end:
            self.answer(message.viewer, AttachRefused(self._run, message.asked_at))
            return
        own = message.own or message.control
        if not own and self._is_full(message.viewer):
            self.answer(message.viewer, AttachRefused(self._run, message.asked_at, full=True))
            return
        before = self._stream.controller
        rival = self._viewers.get(before) if before and before != message.viewer else None
        control = message.control and (rival is None or rival.asked_at < message.asked_at)
        self._viewers[message.viewer] = Viewer(message.asked_at, own, now)
        name = "" if own else message.name
        spectator = Spectator(message.asked_at, own, name, types=message.control)
        self._deserted.clear()
        self._stream.attach(
            message.viewer, message.offset, control=control, now=now, acked=message.acked
        )
        self._sides.follow(self._stream.controller)
        if control and rival is not None and before is not None:
            self.tell_control(before, acked)
        self.tell_control(message.viewer, acked, unanswered)
        self.audience.enter(message.viewer, spectator, control=control)
        for told in (self._phase, self._artifacts):
            if told is not None:
                self.answer(message.viewer, told)

    def _is_full(self, viewer: str) -> bool:
        """The owner's windows do not count, or a student could keep instructors from watching."""
        watching = [name for name, known in self._viewers.items() if not known.own]
        return len({*watching} - {viewer}) >= settings.LIMITS.watchers_per_run

    def ack_input(self, acked: int) -> None:
        """Tells the viewer in control, with the echo when there is one within a moment."""
        name = self._stream.controller or ""
        viewer = self._viewers.get(name)
        if viewer is None:
            return
        if not self._acks_with_echo:
            self.answer(name, InputTyped(self._run, acked))
            return
        if not viewer.acked:
            loop = asyncio.get_running_loop()
            viewer.without_echo = loop.call_later(ECHO_SECONDS, self._ack_without_echo, name)
        viewer.acked = acked

    def _ack_without_echo(self, name: str) -> None:
        viewer = self._viewers.get(name)
        if viewer is not None and viewer.acked:
            self.answer(name, InputTyped(self._run, viewer.acked))
            viewer.acked = 0

    def tell_waiting(self, acked: int) -> None:
        """The program waits for input. Viewers are told once they have all of its output."""
        self._waiting = StillRunning(self._run, self._stream.end, acked)
        self._changed.set()

    def warn(self, code: NoticeCode, figures: dict[str, int | str]) -> None:
        """Tells all viewers now, and who comes later with the next greeting."""
        self._warnings[code] = warning = Warned(self._run, code, figures)
        for name in self._viewers:
            self.answer(name, warning)

    def tell_phase(self, phase: Phase) -> None:
        """Likewise, and who attaches at once."""
        self._phase = RunPhase(self._run, phase)
        for name in self._viewers:
            self.answer(name, self._phase)

    def tell_artifacts(self, version: int) -> None:
        """Likewise: the database has artifacts up to that version."""
        self._artifacts = ArtifactsStored(self._run, version)
        for name in self._viewers:
            self.answer(name, self._artifacts)

    def not_waiting(self) -> None:
        """There was output or input: whether it waits now is not known.

        Of input those that watch see nothing, unless it is echoed: they are told.
        """
        if self._waiting is not None:
            self._waiting = None
            self._changed.set()

    def tell_held(self, *, held: bool) -> None:
        """The terminal holds the program's output, because of ^S; or it no longer does."""
        self._held = held
        self._changed.set()

    def _alive(self, viewer: Viewer) -> StillRunning:
        """A sign of life; it says again whatever the viewer was told and is still true."""
        if viewer.told_waiting != self._waiting:
            viewer.told_waiting = None
        viewer.told_held = self._held
        return replace(viewer.told_waiting or StillRunning(self._run), held=self._held)

    def tell_control(self, viewer: str, acked: int, unanswered: int | None = None) -> None:
        control = self._stream.controller == viewer
        asked_at = self._viewers[viewer].asked_at
        end = self._stream.end if unanswered is None or not control else unanswered
        sides = self._sides.taken
        attached = ViewerAttached(self._run, self._executor, asked_at, control, acked, end, sides)
        self.answer(viewer, attached)

    def detach(self, viewer: str, acked: int = 0) -> None:
        self._viewers.pop(viewer, None)
        self._stream.detach(viewer)
        self._sides.detach(viewer)
        if not self._viewers:
            self._deserted.set()
        self.audience.leave(viewer, acked)

    @property
    def controller(self) -> str | None:
        return self._stream.controller

    def follow(self, controller: str | None) -> None:
        """Another viewer has control, which is attached."""
        self._stream.follow(controller)
        self._sides.follow(self._stream.controller)
        self._changed.set()

    def confirm(self, message: Progress) -> None:
        viewer = self._viewers.get(message.viewer)
        if viewer is None:
            self.answer(message.viewer, NotHere(self._run))
            return
        now = viewer.heard_at = time.monotonic()
        self._stream.confirm(
            message.viewer, message.received, message.acked, resend=message.resend, now=now
        )
        self._changed.set()

    def heard_from(self, viewer: str) -> bool:
        """Notes a sign of life. Whether the viewer is attached."""
        known = self._viewers.get(viewer)
        if known is not None:
            known.heard_at = time.monotonic()
        return known is not None

    def check_viewers(self, acked: int = 0) -> None:
        """Every few seconds: detaches viewers whose web worker died, greets the others."""
        now = time.monotonic()
        for name, viewer in list(self._viewers.items()):
            if now - viewer.heard_at > SILENT_SECONDS:
                self.detach(name, acked)
            else:
                self.answer(name, self._alive(viewer))
                for told in (self._phase, *self._warnings.values(), self._artifacts):
                    if told is not None:
                        self.answer(name, told)
                viewer.size = None  # the message may have been lost
        self.audience.tell_again(acked)

    def finish(self, end: RunEnded) -> None:
        """The output is complete: viewers that have all of it get `end`."""
        self._end = end
        self._waiting = None
        self._changed.set()

    async def run(self) -> None:
        """Runs until cancelled. One message is sent at a time; output coalesces meanwhile."""
        while True:
            self._changed.clear()
            if late := self._stream.step_back(time.monotonic()):
                OUTPUT_RESENDS.inc(late)
            sent = await self._send_first()
            for name in self._viewers.keys() - {self._stream.controller}:
                sent |= await self._send_next(name)
                sent |= await self._send_first()
            if not sent:
                await self._wait()

    async def _send_first(self) -> bool:
        """What the viewer in control waits for. However many watch, it waits for one message."""
        while self._answers:
            await messaging.send(*self._answers.popleft())
        controller = self._stream.controller
        return controller is not None and await self._send_next(controller)

    async def _send_next(self, name: str) -> bool:
        viewer = self._viewers.get(name)
        if viewer is None:  # left while another was served
            return False
        if name != self._stream.controller and viewer.size != self._size:
            viewer.size = self._size
            await messaging.send(name, TerminalSize(self._run, *self._size))
            return True
        now = time.monotonic()
        piece = self._stream.next_piece(name, now)
        if isinstance(piece, Frame):
            acked, viewer.acked = viewer.acked, 0
            viewer.told_waiting = None  # output says so too
            if viewer.without_echo is not None:
                viewer.without_echo.cancel()
            await messaging.send(name, Output(self._run, piece.offset, piece.data, acked))
        elif piece is not None:
            await messaging.send(name, OutputGap(self._run, piece.start, piece.stop, piece.state))
        elif self._end and self._stream.has_all(name) and now - viewer.end_told_at >= END_SECONDS:
            viewer.end_told_at = now
            await messaging.send(name, self._end)
        elif self._waiting and self._stream.has_all(name) and viewer.told_waiting != self._waiting:
            viewer.told_waiting = self._waiting
            await messaging.send(name, self._alive(viewer))
        elif self._waits_no_more(name, viewer) or self._held_changed(viewer):
            await messaging.send(name, self._alive(viewer))
        else:
            return False
        return True

    def _waits_no_more(self, name: str, viewer: Viewer) -> bool:
        """Whether the viewer must be told. The one in control has typed, and knows."""
        told, controls = viewer.told_waiting, name == self._stream.controller
        return bool(told and not self._waiting and not self._end and not controls)

    def _held_changed(self, viewer: Viewer) -> bool:
        return viewer.told_held != self._held and not self._end

    async def _wait(self) -> None:
        """Waits for a change, or until an unacknowledged message must be repeated."""
        due = self._stream.next_step()
        if self._end and self._viewers:
            due = min(due or float("inf"), time.monotonic() + END_SECONDS)
        if due is not None:
            self._wake_by(due)
        await self._changed.wait()

    def _wake_by(self, due: float) -> None:
        """One timer serves many waits, because keys and echoes are more frequent than repeats."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if loop.time() < self._timer.when() <= due:
                return
            self._timer.cancel()
        self._timer = loop.call_at(due, self._changed.set)
