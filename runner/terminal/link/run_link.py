# size: carries out every effect of the state machine in `link_state.py`
"""One socket's link to one run, until the browser was sent the end.

A link looks the run up in the database and asks its executor to attach this socket. Then it is
live: output comes, input goes. When the executor falls silent, the link looks the run up again,
however long executors, the channel layer or the database are away. `link_state.py` decides what
happens next; this module carries it out.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import assert_never
from uuid import UUID

from django.conf import settings

from runner import runs
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.limits import Limits
from runner.protocol import channel
from runner.protocol.channel import ChannelMessage
from runner.protocol.frames import TERMINAL, InputFrame
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import BadMessage
from runner.run_state import Outcome, RunStatus
from runner.terminal.link import link_events as ev
from runner.terminal.link.link_state import Link, State, advance
from runner.terminal.link.maintenance import Maintenance
from runner.terminal.link.run_view import Browser, RunView
from runner.terminal.link.seek_schedule import LAST_SECONDS, SeekSchedule
from runner.terminal.wire.input_outbox import REPEAT_SECONDS
from runner.terminal.wire.output_cursor import OutputCursor
from runner.terminal.wire.side_wire import SideWire
from runner.terminal.wire.uplink import Uplink

SILENT_SECONDS = 11.0  # executors speak every five
BEGIN_SECONDS = 1.0  # an executor has taken a new run, also one of a class that starts together
RECOVER_AFTER_LOOKS = 1
NO_SIDES: Mapping[int, int] = {}
NOBODY = 0
ALL = 1 << 31  # versions of artifacts
NO_CHANNEL = "the run has no such channel"  # what only a wrong program meets is not translated


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
        watch: bool = False,
        own: bool = False,
        owner: str = "",
        name: str = "",
        sides: Mapping[int, int] = NO_SIDES,
        reader: int = NOBODY,
        limits: Limits | None = None,
    ) -> None:
        """`control`: the owner asks for it, at that time; the newest who asks has it. `watch`: the
        browser wants to know the size of the terminal. `own`: it is the owner's, `owner`: whose
        name this is; `name`: of another one who watches, as the owner is told. `sides`: where the
        browser is in side channels, by their numbers. `reader`: the user, for
        addresses. `limits`: of the run, as far as its language has no other ones."""
        self.run_id = run_id
        self._watch = watch
        self._viewer, self._asked_at = viewer, asked_at
        self._link = Link(control)
        self.lent = False  # somebody else types by the owner's leave
        self._asks_for_control = control  # else it may have it by the owner's leave alone
        self._owner = owner
        self._cursor = OutputCursor(offset)
        self._uplink = Uplink(
            str(run_id), viewer, self._cursor, settings.LIMITS, own=own, name=name
        )
        self._sides = SideWire(str(run_id), viewer, sides, settings.LIMITS)
        self._browser, self._reader = browser, reader
        self._artifacts = 0  # the version up to which the browser was told of them
        self._view = RunView(browser, run_id, language, self._cursor, limits)
        self._schedule = SeekSchedule(time.monotonic())
        self._maintenance = Maintenance(str(run_id))

    @property
    def control(self) -> bool:
        return self._link.control

    @property
    def over(self) -> bool:
        return self._link.state is State.OVER

    async def begin(self, position: int) -> None:
        """Follows a run that was created just now: it is not looked up at once."""
        await self._apply(ev.Created(position))
        self._schedule.wait_until(time.monotonic() + BEGIN_SECONDS)
        self.resume()

    def resume(self) -> None:
        """Follows a run that was there before."""
        self._maintenance.start(self._step)

    async def close(self) -> None:
        """The browser left, or was sent the end."""
        await self._apply(ev.Closed())

    # --- From the browser ----------------------------------------------------------------------
    async def type(self, seq: int, data: str) -> bool:
        """False when more waits than is held."""
        if not await self._uplink.type(seq, data.encode()):
            return False
        acked = self._uplink.acked
        if seq <= acked:
            await self._view.acked(acked)
        self._maintenance.step_within(REPEAT_SECONDS)
        return True

    def ack(self, offset: int, number: int = TERMINAL) -> bool:
        """False for output that was never sent."""
        if number != TERMINAL:
            return self._sides.ack(number, offset)
        if (known := self._cursor.ack(offset)) and not self.over:
            self._uplink.confirm_soon()
        return known

    async def send_aside(self, frame: InputFrame) -> bool:
        """On a side channel. False when more waits than is held. Raises BadMessage if the run has
        no such channel."""
        if not self._sides.has(frame.channel):
            raise BadMessage(ReasonCode.INVALID_MESSAGE, problem=NO_CHANNEL)
        if not await self._sides.send(frame.channel, frame.seq, frame.data):
            return False
        acked = self._sides.acked(frame.channel)
        if frame.seq <= acked:
            await self._view.side_taken(frame.channel, acked)
        self._maintenance.step_within(REPEAT_SECONDS)
        return True

    async def resize(self, rows: int, cols: int) -> None:
        await self._uplink.resize(rows, cols)

    async def stop(self) -> None:
        await self._apply(ev.StopAsked())
        self._maintenance.step_now()

    @property
    def shares(self) -> Uplink:
        """Where control is asked for, granted and released."""
        return self._uplink

    # --- From executors ------------------------------------------------------------------------
    async def handle(self, message: ChannelMessage) -> None:
        self._schedule.heard_at = time.monotonic()
        live = self._link.state is State.LIVE
        match message:
            case channel.TerminalSize() if live and self._watch:
                await self._view.size(message.rows, message.cols)
            case channel.Output() if live:
                await self._take_output(message)
            case channel.SideOutput() | channel.SideGap() | channel.SideTaken() if live:
                await self._handle_side(message)
            case channel.InputTyped() if live:
                await self._ack_input(message.seq)
            case channel.StillRunning() if live:
                await self._note_waiting(message)
            case channel.Warned() if live:
                await self._view.warned(message.code, message.figures)
            case channel.ControlState() if live:
                await self._tell_control(message)
            case channel.Watchers() if live:
                await self._view.watched(message.names)
            case channel.RunPhase() if live:
                await self._view.phase(message.phase)
            case channel.ArtifactsStored() if live:
                await self._tell_artifacts(message.version)
            case channel.OutputGap() if live and message.start <= self._cursor.expected:
                await self._view.gap(message.stop, message.state)
            case channel.RunEnded() if live:
                await self._take_end(message)
            case channel.ViewerAttached() if message.asked_at == self._asked_at.timestamp():
                self.lent &= not message.control  # the executor says so again, if it is
                now = message.executor, message.control, message.input_seq, message.end
                await self._apply(ev.Attached(*now, tuple(message.sides.items())))
                self._maintenance.step_now()
            case channel.AttachRefused() if message.asked_at == self._asked_at.timestamp():
                await self._apply(ev.Refused(message.full))
            case channel.NotHere():
                await self._apply(ev.ExecutorLost())
                self._maintenance.step_now()
            case channel.Output() | channel.RunEnded() | channel.StillRunning():
                await self._apply(ev.StrayMessage())

    async def _handle_side(
        self, message: channel.SideOutput | channel.SideGap | channel.SideTaken
    ) -> None:
        match message:
            case channel.SideOutput():
                if (new := await self._sides.take(message)) is not None:
                    await self._view.side_output(message.number, *new)
            case channel.SideGap():
                if (gap := self._sides.skip(message)) is not None:
                    await self._view.side_gap(message.number, *gap)
            case channel.SideTaken():
                if self._sides.ack_input(message.number, message.seq):
                    await self._view.side_taken(message.number, message.seq)

    async def _take_output(self, message: channel.Output) -> None:
        if await self._view.output(message.offset, message.data):
            self._uplink.confirm_soon()
        else:
            await self._uplink.ask_again()
        await self._ack_input(message.typed)

    async def _note_waiting(self, message: channel.StillRunning) -> None:
        await self._ack_input(message.typed)
        await self._view.held(held=message.held)
        if message.waits_at < 0:
            if not self.control:  # whoever types knows
                await self._view.runs_on()
        elif not self._uplink.has_unacked:  # else it may have been given what it waited for
            await self._view.waiting(message.waits_at, message.typed)

    async def _take_end(self, message: channel.RunEnded) -> None:
        if self._cursor.expected < message.output_bytes:
            return await self._uplink.ask_again()
        if not await self._sides.is_complete(message.sides):
            return None
        await self._ack_input(message.typed)
        await self._tell_artifacts(message.artifacts)
        for code, figures in message.notices.items():
            await self._view.warned(code, figures)
        await self._apply(ev.Ended(channel.exit_of(message)))

    async def _tell_control(self, message: channel.ControlState) -> None:
        holder = message.holder or self._owner
        self.lent = holder != self._owner
        self._uplink.request_heard()
        await self._view.control(holder, you=self.control, requests=message.requests)

    async def _tell_artifacts(self, version: int) -> None:
        """Those that the database has, and the browser was not told of, up to `version`."""
        if version <= self._artifacts:
            return
        after = self._artifacts
        for each, message in await in_database(
            runs.told_artifacts, self.run_id, self._reader, after
        ):
            await self._browser.tell(message)
            self._artifacts = max(self._artifacts, each)

    async def _ack_input(self, acked: int) -> None:
        if self._uplink.ack_input(acked):
            await self._view.acked(acked)

    # --- Maintenance ---------------------------------------------------------------------------
    async def _step(self) -> float:
        """Does what is due; returns the seconds until the next time."""
        now = time.monotonic()
        if now - self._schedule.heard_at > SILENT_SECONDS:
            await self._apply(ev.ExecutorLost())
        if self._link.state is State.LIVE:
            due = min(await self._uplink.repeat(), await self._sides.repeat())
            return min(due, SILENT_SECONDS)
        if self._link.state is State.ENDING:  # whoever sends the end closes the link
            return LAST_SECONDS
        if not self._schedule.seconds_left(now):
            self._schedule.start_look(now)
            await self._look_up()
        return self._schedule.seconds_left(now)

    async def _look_up(self) -> None:
        location = await in_database(runs.whereabouts, self.run_id)
        if location.status == RunStatus.FINISHED:
            await self._read_end(started=location.started)
        elif location.status == RunStatus.QUEUED:
            await self._apply(ev.FoundQueued(location.position))
        elif location.executor is not None:
            await self._apply(ev.FoundRunning(location.executor))
            if self._schedule.looks > RECOVER_AFTER_LOOKS:
                await runs.recover_lost_runs()

    async def _read_end(self, *, started: bool) -> None:
        """The rest of the output and the end, from the database."""
        end = await in_database(runs.told_end, self.run_id)
        had = self._cursor.expected
        stored = await in_database(runs.load_recording, self.run_id, had)
        known = max(end.output_bytes, stored.end)
        if had > known and end.outcome != Outcome.EXECUTOR_LOST:
            await self._apply(ev.Refused())
            return
        end = end.model_copy(update={"output_bytes": max(had, known)})
        await self._apply(ev.FoundEnded(started, stored.pieces(had), known, end))

    # --- Effects -------------------------------------------------------------------------------
    async def _apply(self, event: ev.Event) -> None:
        self._link, effects = advance(self._link, event)
        try:
            for effect in effects:
                if self.over and not isinstance(effect, ev.Detach):
                    return  # closed while an earlier effect was carried out
                await self._carry_out(effect)
        except Exception:
            if self._link.state is State.ENDING:  # the end was sent in part, and is not sent again
                self._browser.end()
            raise

    async def _carry_out(self, effect: ev.Effect) -> None:
        match effect:
            case ev.TellQueued():
                await self._view.queued(effect.position)
            case ev.TellStarted():
                await self._view.started()
            case ev.TellAttached():
                await self._view.attached(effect, self._uplink.acked)
            case ev.TellOutput():
                await self._tell_stored(effect)
            case ev.TellExit():
                await self._view.ended(effect.exit)
            case ev.TellRefused():
                await self._refuse(full=effect.full)
            case ev.TellUnavailable():
                await self._view.failed(ErrorCode.UNAVAILABLE, ReasonCode.NO_EXECUTOR)
            case ev.Connect():
                await self._connect(effect)
            case ev.Disconnect():
                self._disconnect()
            case ev.SendPending():
                await self._uplink.send_pending()
            case ev.SendStop():
                await self._uplink.stop()
            case ev.AskToAttach():
                await self._ask_to_attach(effect.executor)
            case ev.WakeExecutors():
                await self._wake_executors()
            case ev.WaitInQueue():
                await self._wait_in_queue()
            case ev.StopInQueue():
                await self._stop_in_queue()
            case ev.Close():
                await self.close()
            case ev.Detach():
                self._maintenance.stop()
                self._sides.close()
                await self._uplink.detach()
            case _:
                assert_never(effect)

    async def _ask_to_attach(self, executor: str) -> None:
        control = self.control and self._asks_for_control
        await self._uplink.attach(executor, control, self._asked_at)

    async def _tell_stored(self, effect: ev.TellOutput) -> None:
        await self._view.stored_output(effect.output, effect.until)
        await self._tell_artifacts(ALL)
        for code, figures in (await in_database(runs.file_notices, self.run_id)).items():
            await self._view.warned(code, figures)

    async def _connect(self, effect: ev.Connect) -> None:
        self._schedule.looks = 0
        self._uplink.connect(effect.executor, effect.acked)
        await self._sides.connect(effect.executor, dict(effect.sides))
        for number, taken in effect.sides:
            if self._sides.has(number):  # a page that was loaded again counts on from there
                await self._view.side_taken(number, taken)

    def _disconnect(self) -> None:
        self._uplink.disconnect()
        self._sides.disconnect()

    async def _refuse(self, *, full: bool) -> None:
        if full:
            code, limit = ReasonCode.TOO_MANY_WATCHERS, settings.LIMITS.watchers_per_run
            await self._view.failed(ErrorCode.UNAVAILABLE, code, limit=limit)
        else:
            await self._view.failed(ErrorCode.BAD_MESSAGE, ReasonCode.OUTPUT_NOT_PRINTED)

    async def _wake_executors(self) -> None:
        await messaging.send_to_executors(channel.Wake(str(self.run_id), self._viewer))

    async def _wait_in_queue(self) -> None:
        await in_database(runs.wait_for, self.run_id, self._viewer, self._asked_at)
        unheard = time.monotonic() - self._schedule.heard_at
        if min(unheard, messaging.steady_seconds()) <= settings.LIMITS.unavailable_seconds:
            await self._wake_executors()
            return
        end = (self.run_id, Outcome.INTERNAL_ERROR, ReasonCode.NO_EXECUTOR)
        if await in_database(runs.finish_queued, *end):
            await self._apply(ev.Unavailable())

    async def _stop_in_queue(self) -> None:
        end = (self.run_id, Outcome.STOPPED, ReasonCode.STOPPED)
        await in_database(runs.finish_queued, *end)
        self._schedule.wait_until(time.monotonic())
