"""One socket's hold on one run, until the browser was told its end.

A link *seeks*: it asks the database where the run is, and its executor to attach this socket. Then
it is *live*: output comes, input goes. When the executor falls silent it seeks again, however long
executors, the channel layer or the database are away.
"""

import asyncio
import logging
import time
from datetime import datetime
from uuid import UUID

from django.conf import settings

from runner import runs
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol import channel
from runner.protocol.channel import ChannelMessage
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.run_state import Outcome, RunStatus
from runner.runs import recover_lost_runs
from runner.terminal.link.run_view import Browser, RunView
from runner.terminal.wire.delivery_state import REPEAT_SECONDS, OutputCursor
from runner.terminal.wire.uplink import Uplink

logger = logging.getLogger(__name__)
SILENT_SECONDS = 11.0  # executors speak every five
BEGIN_SECONDS = 1.0  # an executor has taken a new run, also one of a class that starts together
FIRST_SEEK_SECONDS, LAST_SEEK_SECONDS = 0.25, 2.0
WAKE_SECONDS = 0.5  # between wake-ups that no executor has answered
RECOVER_AFTER_SEEKS = 1


class RunLink:
    def __init__(
        self,
        run_id: UUID,
        viewer: str,
        browser: Browser,
        *,
        language: str,
        offset: int,
        control: bool,
        asked_at: datetime,
    ) -> None:
        """`control`: the owner asks for it, at that time; the newest who asks has it."""
        self.run_id = run_id
        self.control = control
        self.over = False
        self._viewer = viewer
        self._wants_control, self._asked, self._asked_at = control, asked_at, asked_at.timestamp()
        self._cursor = OutputCursor(offset)
        self._uplink = Uplink(str(run_id), viewer, self._cursor, settings.LIMITS)
        self._view = RunView(browser, run_id, language, self._cursor)
        self._heard_at = time.monotonic()
        self._seeks, self._seek_at = 0, 0.0
        self._wake = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._maintenance: asyncio.Task[None] | None = None

    async def begin(self, position: int) -> None:
        """Follows a run that was created just now: it is not looked for at once."""
        self._view.starting = True
        await messaging.send_to_executors(channel.Wake(str(self.run_id), self._viewer))
        await self._view.queued(position)
        self._seek_at = time.monotonic() + BEGIN_SECONDS
        self.resume()

    def resume(self) -> None:
        """Follows a run that was there before."""
        self._maintenance = asyncio.create_task(self._maintain())

    async def close(self) -> None:
        """The browser left, or was told the end."""
        self.over = True
        if self._maintenance is not None and self._maintenance is not asyncio.current_task():
            self._maintenance.cancel()
        if self._timer:
            self._timer.cancel()
            self._timer = None
        await self._uplink.detach()

    async def still_told(self, message: ChannelMessage) -> None:
        """An executor goes on speaking to a closed link: its detachment was lost."""
        if isinstance(message, channel.RunEnded | channel.StillRunning | channel.Output):
            await self._uplink.detach()

    # --- From the browser ----------------------------------------------------------------------
    async def type(self, seq: int, data: str) -> bool:
        """False when more waits than is held."""
        if not await self._uplink.type(seq, data.encode()):
            return False
        confirmed = self._uplink.outbox.confirmed
        if seq <= confirmed:
            await self._view.typed(confirmed)
        self._step_within(REPEAT_SECONDS)
        return True

    def ack(self, offset: int) -> bool:
        """False for output that was never sent."""
        if (known := self._cursor.ack(offset)) and not self.over:
            self._uplink.confirm_soon()
        return known

    async def resize(self, rows: int, cols: int) -> None:
        await self._uplink.resize(rows, cols)

    async def stop(self) -> None:
        await self._uplink.stop()
        if self._uplink.executor is None:
            end = (self.run_id, Outcome.STOPPED, ReasonCode.STOPPED)
            await in_database(runs.finish_queued, *end)
            self._seek_at = 0.0
        self._wake.set()

    # --- From executors ------------------------------------------------------------------------
    async def handle(self, message: ChannelMessage) -> None:
        self._heard_at = time.monotonic()
        match message:
            case channel.ViewerAttached() if message.asked_at == self._asked_at:
                await self._attached(message)
            case channel.AttachRefused() if message.asked_at == self._asked_at:
                await self._fail(ErrorCode.BAD_MESSAGE, ReasonCode.OUTPUT_NOT_PRINTED)
            case channel.NotHere():
                self._uplink.executor = None
                self._wake.set()
            case _ if self._uplink.executor is None:
                pass  # of an attachment that is over, or whose confirmation was lost
            case channel.Output():
                await self._output(message)
                await self._confirm_input(message.typed)
            case channel.OutputGap():
                if message.start <= self._cursor.expected:
                    await self._view.gap(message.stop)
            case channel.InputTyped():
                await self._confirm_input(message.seq)
            case channel.RunEnded():
                await self._ended(message)

    async def _attached(self, message: channel.ViewerAttached) -> None:
        self._uplink.executor, self._seeks = message.executor, 0
        self._uplink.outbox.confirm(message.input_seq)
        changed, self.control = self.control != message.control, message.control
        if self._view.starting:
            await self._view.started()
        if changed or not self._view.announced:
            await self._announce(RunStatus.RUNNING)
        await self._uplink.say_all()
        self._wake.set()

    async def _announce(self, status: RunStatus) -> None:
        confirmed = self._uplink.outbox.confirmed
        await self._view.attached(status, control=self.control, input_seq=confirmed)

    async def _confirm_input(self, seq: int) -> None:
        if self._uplink.confirm(seq):
            await self._view.typed(seq)

    async def _output(self, message: channel.Output) -> None:
        if not await self._view.output(message.offset, message.data):
            await self._uplink.ask_again()
        else:
            self._uplink.confirm_soon()

    async def _ended(self, message: channel.RunEnded) -> None:
        if self._cursor.expected < message.output_bytes:
            return await self._uplink.ask_again()
        await self._confirm_input(message.typed)
        await self._view.ended(channel.exit_of(message))
        await self.close()

    async def _fail(self, code: ErrorCode, reason_code: ReasonCode) -> None:
        await self._view.failed(code, reason_code)
        await self.close()

    # --- Maintenance ---------------------------------------------------------------------------
    async def _maintain(self) -> None:
        while not self.over:
            self._wake.clear()
            try:
                delay = await self._step()
            except Exception as error:  # the database is away: it comes back
                logger.warning("Following run %s failed; retrying: %r", self.run_id, error)
                delay = LAST_SEEK_SECONDS
            if not self.over:  # by this very step
                self._step_within(delay)
                await self._wake.wait()

    def _step_within(self, seconds: float) -> None:
        """Maintenance looks again by then, or earlier if that is due already."""
        loop = asyncio.get_running_loop()
        if self._timer:
            if loop.time() < self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._wake.set)

    async def _step(self) -> float:
        """Does what is due; returns the seconds until the next time."""
        now = time.monotonic()
        if now - self._heard_at > SILENT_SECONDS:
            self._uplink.executor = None
        if self._uplink.executor is not None:
            return min(await self._uplink.repeat(), SILENT_SECONDS)
        if now >= self._seek_at:
            answered = now - self._heard_at < 2 * WAKE_SECONDS
            longest = LAST_SEEK_SECONDS if answered else WAKE_SECONDS
            self._seek_at = now + min(FIRST_SEEK_SECONDS * 2**self._seeks, longest)
            self._seeks += 1
            await self._seek()
        return max(0.0, self._seek_at - now)

    async def _seek(self) -> None:
        place = await in_database(runs.locate, self.run_id)
        if place.status == RunStatus.FINISHED:
            if self._view.starting and place.started:
                await self._view.started()  # all of it happened while nothing reached us
            await self._tell_stored_end()
        elif place.status == RunStatus.QUEUED:
            await self._wait_in_queue(place.position)
        elif place.executor is not None:
            await self._uplink.attach(
                place.executor,
                self._cursor.expected,
                self._cursor.acked,
                control=self._wants_control and self.control,
                asked_at=self._asked_at,
            )
            if self._seeks > RECOVER_AFTER_SEEKS:
                await recover_lost_runs()

    async def _wait_in_queue(self, position: int | None) -> None:
        if not self._view.announced and not self._view.starting:
            await self._announce(RunStatus.QUEUED)
            self._view.starting = True
        if position is not None:
            await self._view.queued(position)
        if not self._wants_control:  # the owner's terminal is waited for, not a watcher's
            return
        await in_database(runs.wait_for, self.run_id, self._viewer, self._asked)
        unheard = min(time.monotonic() - self._heard_at, messaging.steady_seconds())
        if unheard > settings.LIMITS.unavailable_seconds:
            end = (self.run_id, Outcome.INTERNAL_ERROR, ReasonCode.NO_EXECUTOR)
            if await in_database(runs.finish_queued, *end):
                await self._fail(ErrorCode.UNAVAILABLE, ReasonCode.NO_EXECUTOR)
            return
        await messaging.send_to_executors(channel.Wake(str(self.run_id), self._viewer))

    async def _tell_stored_end(self) -> None:
        """The rest of the output and the end, from the database."""
        end = await in_database(runs.exit_of, self.run_id)
        stored = await in_database(runs.load_recording, self.run_id)
        if self.over:  # told by the executor meanwhile
            return
        known = max(end.output_bytes, stored.end)
        if self._cursor.expected > known and end.outcome != Outcome.EXECUTOR_LOST:
            await self._fail(ErrorCode.BAD_MESSAGE, ReasonCode.OUTPUT_NOT_PRINTED)
            return
        if not self._view.announced and not self._view.starting:
            await self._announce(RunStatus.FINISHED)
        for offset, data in stored.pieces(self._cursor.expected):
            await self._view.gap(offset)
            await self._view.output(offset, data)
        await self._view.gap(known)
        await self._view.ended(end.model_copy(update={"output_bytes": self._cursor.expected}))
        await self.close()
