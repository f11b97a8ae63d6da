# size: one run, read from top to bottom
"""One run on this executor, from its claim until its viewers have acknowledged the end."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from runner.executor.classes import RunReporter, WantedClasses
from runner.executor.delivery import Delivery
from runner.executor.program import (
    NO_SIDES,
    CannotRun,
    Compilation,
    CompileTurns,
    LastWords,
    Relays,
    Returned,
    RunRows,
    data_of,
    places_of,
    plan_of,
)
from runner.executor.pty import PseudoTerminal
from runner.executor.side_channels import Shown, Side, Turns
from runner.executor.silence import Silence
from runner.executor.terminal_pump import TerminalPump
from runner.executor.warm_pool import WarmPool
from runner.executor.watch import Watch
from runner.infrastructure.metrics import FIRST_OUTPUT
from runner.languages import NoEntry
from runner.models import Executor, Run
from runner.protocol.channel import (
    OWNERS_PAGE,
    AttachViewer,
    ChannelMessage,
    DetachViewer,
    GrantControl,
    Progress,
    ReleaseControl,
    RequestControl,
    ResizeTerminal,
    ReturnFiles,
    SideInput,
    SideProgress,
    StopByInstructor,
    StopRun,
    TypeInput,
    run_ended,
)
from runner.protocol.messages import NoticeCode
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome, ended_as
from runner.sandbox import ExitStatus, Plan, Sandbox

logger = logging.getLogger(__name__)
LINGER_SECONDS = 60.0  # later viewers get the end from the database
VIEWERS_SECONDS = 5.0  # between two signs of life to viewers


class RunTask:
    def __init__(
        self,
        run: Run,
        executor: Executor,
        pool: WarmPool,
        turns: CompileTurns | None = None,
        shows: Turns | None = None,
        sides: Mapping[int, Side] = NO_SIDES,
        wanted: WantedClasses | None = None,
    ) -> None:
        """`sides`: its side channels, by their numbers in the protocol. `wanted`: the classes that
        somebody watches."""
        self.id, self.owner = str(run.pk), run.owner_id or 0  # visitors take turns as one user
        self.of_visitor, self.created_at = run.owner_id is None, run.created_at
        self.places = places_of(run.language)
        self._run, self._executor, self._pool = run, executor, pool
        self._turns = turns or CompileTurns(1)
        self._compilation: Compilation | None = None
        self._limits = settings.LIMITS
        self._pump = pump = TerminalPump(
            self._limits,
            (run.rows, run.cols),
            self._note_output,
            self._ack_input,
            self._stop_overflow,
            self._note_held,
            self._interrupt,
        )
        self._last_words = LastWords(run, self._pump.stream)
        no_screen = partial(self.decide, Outcome.FAILED, ReasonCode.SCREEN_ENDED)
        self._relays = Relays(run, self._limits, self._pump, no_screen, sides)
        self._sides = sent = self._relays.delivery
        self._delivery = Delivery(self.id, executor.name, pump.stream, pump.size, sent)
        self.reporter = RunReporter(run, wanted or WantedClasses(), self._pump.stream.tail)
        self._shown = Shown(run, executor, pump, shows or Turns(), self._delivery.tell_artifacts)
        self._returned = Returned(run, executor, self._shown, self._delivery.warn)
        self._watch = Watch(self._limits, self._note_busy)
        self._silence = Silence(self._note_waiting)
        lost = partial(self.decide, Outcome.EXECUTOR_LOST)
        self._rows = RunRows(run, executor, self._pump, self._last_words, lost)

    async def run(self, slot_free: Callable[[], None]) -> None:
        """1. The waiting viewer is attached, so that its browser is told `started`.
        2. The sandbox starts and gets the program; bytes flow between its PTY and the streams.
        3. The program exits, or the watch, a user or this executor ends it.
        4. The rest of the PTY is read, the end is saved in the database, `slot_free` is called.
        5. Viewers get the rest of the output and the end, until all have acknowledged or left.
        """
        if self._run.viewer:
            asked = self._run.viewer_asked_at or self._run.created_at
            waiting = AttachViewer(
                self.id,
                self._run.viewer,
                0,
                acked=0,
                control=True,
                own=True,
                asked_at=asked.timestamp(),
            )
            self._delivery.attach(waiting, acked=0)
        services = [
            self._service(self._delivery.run()),
            self._service(self._greet_viewers()),
            *([self._service(self._sides.run())] if self._sides.ends else []),
        ]
        try:
            ending = await self._execute()
            said = self._returned.notices
            told = await self._rows.save_ending(ending, said)
            slot_free()
            self.reporter.ended(told, self._last_words.error(told.exit_code, told.signal))
            ended = run_ended(told, ending.output_bytes, self._pump.input.acked)
            ends, version = self._sides.ends, self._shown.version
            notices = {code.value: figures for code, figures in said.items()}
            ended = replace(ended, sides=ends, artifacts=version, notices=notices)
            self._delivery.finish(ended)
            await self._linger()
        finally:
            await _cancel(services)
            self._pump.forget()

    def _service(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Starts a task that runs beside the run. If it fails, the run is ended."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._end_if_failed)
        return task

    def _end_if_failed(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("Run %s failed with an internal error.", self.id, exc_info=error)
            self._watch.decide(Outcome.INTERNAL_ERROR)

    def decide(self, outcome: Outcome, reason_code: ReasonCode | None = None) -> None:
        """Ends the run with `outcome`, unless something else was quicker."""
        self._watch.decide(outcome, reason_code)

    # --- The program -------------------------------------------------------------------------
    async def _execute(self) -> Ending:
        status = None
        try:
            plan = plan_of(self._run, await data_of(self._run))
            self._limits = plan.limits
            self._watch.enter(plan.limits)
            self._pump.limit_output(plan.limits.output_bytes)
            status = await self._execute_plan(plan)
        except CannotRun as problem:
            self._watch.decide(Outcome.INTERNAL_ERROR, problem.reason_code)
        except NoEntry as problem:
            self._watch.decide(Outcome.COMPILE_ERROR, problem.code, problem.figures)
        except Exception:
            if self._watch.outcome is None:  # else it was ended while its sandbox was starting
                logger.exception("Run %s failed with an internal error.", self.id)
                self._watch.decide(Outcome.INTERNAL_ERROR)
        finally:
            if self._compilation is not None:
                await self._compilation.close()
        return self._ending(status)

    async def _execute_plan(self, plan: Plan) -> ExitStatus | None:
        compiles = bool(plan.language.compile)  # then it may read all sources
        first = await asyncio.to_thread(plan.first) if compiles else plan.first()
        if first.compiles:
            tell = self._delivery.tell_phase
            self._compilation = Compilation(plan, first, self._watch, self._pump, tell)
            await self._compilation.begin(self._turns, self.owner)
        begin = partial(self._watch.begin, pump=self._pump)
        launched = self._pool.launched(first, *self._pump.size, begin)
        async with launched as (terminal, sandbox):
            try:
                status = await self._converse(sandbox, terminal)
                await self._pump.drain()
            finally:
                self._pump.end()
        return status

    async def _converse(self, sandbox: Sandbox, terminal: PseudoTerminal) -> ExitStatus | None:
        """Waits until the program has ended. Whoever ends it early kills the sandbox."""
        compilation = self._compilation
        self._pump.begin(terminal, keeps_input=compilation is not None)
        self._rows.started_at = timezone.now()
        self.reporter.started()
        services = [self._service(self._rows.record_progress(self._limits))]
        try:
            if compilation is not None:
                status = await self._watched(sandbox.compiled())
                if not await compilation.follow(sandbox, status):
                    return status
            self._silence.begin(sandbox)
            self._shown.begin(sandbox)
            self._relays.begin(sandbox, self._shown.store_still)
            if not self.of_visitor:  # of whom nothing is kept
                self._returned.begin(sandbox)
            status = await self._watched(sandbox.ended(self._returned.at_end))
        finally:
            self._silence.end()
            await self._relays.end()
            await self._shown.end()
            await self._returned.end()
            await _cancel(services)
        self._watch.note_end(status)
        return status

    async def _watched(self, ending: Coroutine[Any, Any, ExitStatus | None]) -> ExitStatus | None:
        watching = [self._service(self._watch.run())]
        try:
            return await ending
        finally:
            await _cancel(watching)

    def _interrupt(self) -> None:
        if self._compilation is not None:
            self._compilation.interrupt()

    def _ending(self, status: ExitStatus | None) -> Ending:
        outcome, exit_code, signal = self._watch.outcome, None, None
        if outcome is None:
            # Without a report the program has ended its own sandbox.
            exit_code, signal = (status.exit_code, status.signal) if status else (None, "SIGKILL")
            outcome = Outcome.COMPLETED if exit_code == 0 else Outcome.FAILED
            if signal == "SIGXCPU" and self._watch.used_its_time:
                outcome, signal = Outcome.CPU_LIMIT, None  # the kernel was quicker than the watch
        compiling = self._watch.compiling
        by_itself = outcome is Outcome.FAILED and not compiling
        cause = self._last_words.cause(exit_code, signal) if by_itself else None
        reason_code, figures = self._watch.explain(outcome, exit_code, signal, cause)
        return Ending(
            outcome=ended_as(outcome, compiling=compiling),
            reason_code=reason_code,
            figures=figures,
            exit_code=exit_code,
            signal=signal,
            wall_ms=int(self._watch.wall_seconds * 1000),
            cpu_ms=int(self._watch.cpu_seconds * 1000),
            memory_peak_bytes=self._watch.memory_peak_bytes,
            input_bytes=self._pump.input_bytes,
            output_bytes=self._pump.stream.end,
        )

    # --- Viewers -------------------------------------------------------------------------------
    def handle(self, message: ChannelMessage) -> None:
        match message:
            case AttachViewer():
                self._attach(message)
            case DetachViewer():
                self._delivery.detach(message.viewer, self._pump.input.taken)
            case RequestControl() | GrantControl() | ReleaseControl():
                self._share(message)
            case StopByInstructor():
                figures = {"instructor": message.instructor, "words": message.words}
                reason = ReasonCode.STOPPED_WITH_REASON
                self._watch.decide(Outcome.STOPPED_BY_INSTRUCTOR, reason, figures)
            case Progress():
                self._delivery.confirm(message)
            case StopRun() if message.viewer == OWNERS_PAGE:
                self._stop()
            case ReturnFiles():
                self._returned.ask()
            case SideProgress() if self._delivery.heard_from(message.viewer):
                self._sides.confirm(message, self._pump.stream.controller)
            case SideInput() if self._delivery.heard_from(message.viewer):
                if message.viewer == self._pump.stream.controller:
                    self._pump.note_use()
                self._sides.take(message)
            case TypeInput() | ResizeTerminal() | StopRun():
                if not self._delivery.heard_from(message.viewer):
                    return
                if isinstance(message, StopRun) and self._delivery.audience.is_own(message.viewer):
                    self._stop()  # also while somebody else types
                elif message.viewer != self._pump.stream.controller:
                    self._delivery.tell_control(message.viewer, self._pump.input.acked)
                else:
                    self._obey(message)
        self._pump.update_reading()

    def _stop(self) -> None:
        """By its owner, who gets the files that it has written."""
        self._returned.ask_and_then(partial(self._watch.decide, Outcome.STOPPED))

    def _attach(self, message: AttachViewer) -> None:
        before = self._pump.stream.controller
        self._delivery.attach(message, self._pump.input.taken, self._pump.unanswered_from)
        if self._pump.stream.controller != before:
            self._pump.input.forget_out_of_order()

    def _share(self, message: RequestControl | GrantControl | ReleaseControl) -> None:
        if not self._delivery.heard_from(message.viewer):
            return
        audience = self._delivery.audience
        before, taken = self._pump.stream.controller, self._pump.input.taken
        match message:
            case RequestControl():
                audience.ask(message.viewer, message.user)
            case GrantControl():
                audience.grant(message.viewer, message.to, taken)
            case ReleaseControl():
                audience.release(message.viewer, taken)
        if self._pump.stream.controller != before:
            self._pump.input.forget_out_of_order()

    def _obey(self, message: TypeInput | ResizeTerminal | StopRun) -> None:
        match message:
            case TypeInput():
                if not self._pump.input.knows(message.seq):
                    self._note_activity()
                self._pump.type(message.seq, message.data)
            case ResizeTerminal() if self._is_helper(message.viewer):
                pass  # the terminal stays as large as its owner's
            case ResizeTerminal():
                self._pump.resize(message.rows, message.cols)
                self._delivery.resized(message.rows, message.cols)
            case StopRun():
                self._watch.decide(Outcome.STOPPED_BY_INSTRUCTOR)

    def _is_helper(self, viewer: str) -> bool:
        """Who types by the owner's leave in a class. In a room, the terminal has the size of who
        types: all pages are told it."""
        return self._run.room_id is None and viewer == self._delivery.audience.guest

    def _note_output(self) -> None:
        if self._rows.first_output_at is None:
            self._rows.first_output_at = now = timezone.now()
            FIRST_OUTPUT.observe(max(0.0, (now - self._run.created_at).total_seconds()))
        self._delivery.changed()
        self._watch.note_output()
        self._note_activity()

    def _note_activity(self) -> None:
        self._delivery.not_waiting()
        self._silence.note()
        self.reporter.active()

    def _note_busy(self) -> None:
        figures: dict[str, int | str] = {
            "used_seconds": max(1, round(self._watch.cpu_seconds)),
            "cpu_seconds": self._limits.cpu_seconds,
        }
        self._delivery.warn(NoticeCode.PROCESSOR_TIME, figures)

    def _note_waiting(self) -> None:
        self._delivery.tell_waiting(self._pump.input.acked)
        self.reporter.waits()

    def _note_held(self, held: bool) -> None:
        self._delivery.tell_held(held=held)

    def _ack_input(self) -> None:
        self._delivery.ack_input(self._pump.input.acked)

    def _stop_overflow(self) -> None:
        self._watch.decide(Outcome.OUTPUT_LIMIT)

    async def _greet_viewers(self) -> None:
        while True:
            await asyncio.sleep(VIEWERS_SECONDS)
            self._delivery.check_viewers(self._pump.input.taken)
            self._pump.update_reading()

    async def _linger(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await self._delivery.deserted()


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
