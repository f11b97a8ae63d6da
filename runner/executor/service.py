# size: one class, with the theory of operation of executors
"""The executor: claims runs from the database, starts their sandboxes, serves their terminals.

Theory of operation.

* The database is the queue. While this process has free slots, it claims runs: when a message
  (`Wake`, `Expect`) announces one, and every second, because messages may be lost.
* Each claimed run becomes one `RunTask`, which owns a PTY, a sandbox, and the streams between them
  and the viewers of the run.
* A viewer is a terminal socket on some web worker, identified by its channel name. Viewers attach,
  acknowledge, type and detach by messages to the channel `executor.<name>`; the executor sends
  directly to a viewer's channel.
* Every message may be lost, so each one is repeated, or implied by a later one. Byte offsets and
  input sequence numbers make repetition harmless (`output_stream.py`, `input_queue.py`).
* The row of a run is the truth. The final status is saved before viewers get the end, and a viewer
  that finds no executor reads it from the database.
* A heartbeat row shows that this process is alive. If it stops, any other process ends its runs as
  lost; a late write from here then changes nothing.
* On SIGTERM the executor claims no more runs, waits for the active ones, then stops them with a
  reason.
"""

import asyncio
import contextlib
import logging
import os
import re
import socket
import time
import uuid
from collections.abc import Coroutine
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from runner import runs
from runner.executor.classes import ClassReports, RunReporter, WantedClasses
from runner.executor.demand import Claim, next_claim, next_visitor
from runner.executor.languages import Machine
from runner.executor.program import CompileTurns, places_of
from runner.executor.run_task import RunTask
from runner.executor.side_channels import Turns
from runner.executor.warm_pool import WarmPool
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database, in_database_with_retry
from runner.infrastructure.heap import return_holes
from runner.infrastructure.log_context import bind_log_ids
from runner.infrastructure.metrics import QUEUE_WAIT
from runner.infrastructure.optimisations import Optimisation
from runner.infrastructure.token_bucket import TokenBucket
from runner.models import Executor, Run
from runner.protocol.channel import (
    ChannelMessage,
    DetachViewer,
    ExecutorAlive,
    Expect,
    NotHere,
    ReportClass,
    Wake,
    executor_channel,
)
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome, explain
from runner.runs import recover_lost_runs

logger = logging.getLogger(__name__)
POLL_SECONDS = 1.0  # a lost wake-up costs this much
ALIVE_SECONDS = 0.2  # after a wake-up: a run that can be claimed at once is claimed by then
MOST_WAKES = 1000  # answered at once; web workers repeat the others
BEGIN_SECONDS = 0.003  # from the claim of a program to what it prints first
CLAIMS = 8  # at once: of a class that starts together, other executors get theirs
STOP_SECONDS = 10.0  # for runs to be stopped and their rows written
TELL_SECONDS = 1.0  # for viewers to be told; others find the end in the row


class ExecutorService:
    def __init__(self, capacity: int, sandbox: str) -> None:
        """`sandbox`: name of the limit backend; empty if there is none. Then nothing runs until one
        is found."""
        host = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:40]
        self.name = f"{host}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._capacity = capacity
        self._executor: Executor | None = None
        self._machine = Machine(sandbox)
        optimisations = settings.OPTIMISATIONS
        self._trims = Optimisation.HEAP_TRIM in optimisations
        size = settings.POOL_SIZE if Optimisation.WARM_POOL in optimisations else 0
        self._pool = WarmPool(size, capacity, settings.LIMITS, optimisations)
        # Theirs: what waits for students stays for students, and has other limits.
        rate, lower = settings.LIMITS.visitor_starts_per_second, settings.LIMITS.of_visitor()
        self._visitors_pool = WarmPool(min(1, size), rate, lower, optimisations)
        self._turns, self._shows = CompileTurns(capacity), Turns()
        self._wanted = WantedClasses()
        self._class_reports = ClassReports(self._wanted, self._reporters)
        self._tasks: dict[str, RunTask] = {}
        self._active: set[str] = set()
        self._unknown: set[str] = set()  # rows of ours at the last heartbeat without a task
        self._running: set[asyncio.Task[None]] = set()
        self._replies: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._begun_at = float("-inf")  # a run that was claimed; monotonic
        self._wakes: list[Wake] = []  # to be answered
        self._draining = False
        self._visitor_starts = TokenBucket(rate, rate)

    async def run(self) -> None:
        """Runs until cancelled; then ends every run and marks the executor's row as ended."""
        bind_log_ids(executor=self.name)
        await self._machine.look()
        self._executor = await in_database_with_retry(self._register)
        logger.info("Executor %s is ready for %d runs.", self.name, self._capacity)
        services = [
            asyncio.create_task(messaging.listen(executor_channel(self.name), self._handle)),
            asyncio.create_task(self._claim_for_ever()),
            asyncio.create_task(self._beat_for_ever()),
            asyncio.create_task(self._serve_sandboxes()),
        ]
        try:
            await asyncio.gather(*services)  # none ends by itself; a bug in one ends them all
        finally:
            await asyncio.shield(self._shut_down(services))

    async def _serve_sandboxes(self) -> None:
        """Prepares sandboxes, and tries languages in them, once there can be any."""
        if not self._machine.sandbox:
            await self._machine.until_usable()
            await self._report_machine()
        pools = [self._pool, *([self._visitors_pool] if settings.VISITORS != "off" else [])]
        async with asyncio.TaskGroup() as serving:
            for pool in pools:
                serving.create_task(pool.run())
            serving.create_task(self._machine.languages.run())
            if await self._machine.until_windows():
                await self._report_machine()

    async def _report_machine(self) -> None:
        assert self._executor is not None
        machine, executor = self._machine, self._executor
        executor.languages, executor.withheld = (
            machine.languages.versions,
            machine.languages.withheld,
        )
        executor.sandbox, executor.screens = machine.sandbox, machine.screens
        await in_database_with_retry(runs.report_machine, executor, machine.packages)

    def _register(self) -> Executor:
        machine = self._machine
        versions, withheld = machine.languages.versions, machine.languages.withheld
        here = machine.sandbox, versions, withheld, machine.packages, machine.screens
        executor = runs.register_executor(self.name, self._capacity, *here)
        executor.languages, executor.withheld = versions, withheld  # as they are from now on
        return executor

    async def drain(self, seconds: float) -> None:
        """Claims no more runs, and waits for the active ones."""
        self._draining = True
        if self._running:
            logger.info("Waiting for %d runs to end.", len(self._active))
            await asyncio.wait(self._running, timeout=seconds)

    async def _shut_down(self, services: list[asyncio.Task[None]]) -> None:
        self._draining = True
        for task in self._tasks.values():
            task.decide(Outcome.STOPPED, ReasonCode.EXECUTOR_SHUT_DOWN)
        await self._until_ended()
        if self._running:
            _, untold = await asyncio.wait(self._running, timeout=TELL_SECONDS)
            for run in untold:
                run.cancel()
        for service in services:
            if not service.cancelling():  # else it is ending, and may finish that
                service.cancel()
        await asyncio.gather(*services, *self._running, return_exceptions=True)
        if self._executor is not None:
            await in_database(runs.mark_executor_ended, self._executor)

    async def _until_ended(self) -> None:
        """Waits until the ends of all runs are saved, for a bounded time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                while self._active:
                    self._woken.clear()
                    await self._woken.wait()

    # --- Claiming ------------------------------------------------------------------------------
    async def _claim_for_ever(self) -> None:
        while True:
            self._woken.clear()
            try:
                while self._may_claim() and await self._claim():
                    pass
                if self._serves_visitors:
                    await self._claim_for_visitors()
            except Exception:
                logger.exception("Claiming runs failed; retrying.")
                await asyncio.sleep(POLL_SECONDS)
            timer = asyncio.get_running_loop().call_later(POLL_SECONDS, self._woken.set)
            await self._woken.wait()
            timer.cancel()
            # Another look, often in vain, would come between a program and its first output.
            await asyncio.sleep(max(0.0, self._begun_at + BEGIN_SECONDS - time.monotonic()))

    def _may_claim(self) -> bool:
        return bool(self._machine.sandbox) and not self._draining and self._next_claim().most > 0

    def _next_claim(self) -> Claim:
        """Visitors' runs give way, so their places count as free ones."""
        return next_claim(self._capacity, self._taken(visitors=False), self._places())

    def _taken(self, *, visitors: bool) -> int:
        tasks = (self._tasks[run] for run in self._active)
        return sum(task.places for task in tasks if task.of_visitor is visitors)

    def _places(self) -> dict[str, int]:
        return {language: places_of(language) for language in self._machine.languages.versions}

    async def _claim(self) -> bool:
        """Whether more may be waiting."""
        assert self._executor is not None
        most, fitting = self._next_claim()
        most = min(CLAIMS, most)
        claimed = await runs.claim_runs(self._executor, most, fitting)
        for run in claimed:
            self._begin(run)
        if claimed:
            self._make_place()
        return len(claimed) == most

    def _make_place(self) -> None:
        """Ends visitors' runs, the newest first, until there is room for what was claimed."""
        visitors = [task for run in self._active if (task := self._tasks[run]).of_visitor]
        over = self._taken(visitors=False) + self._taken(visitors=True) - self._capacity
        for task in sorted(visitors, key=lambda task: task.created_at, reverse=True):
            if over <= 0:
                return
            task.decide(Outcome.STOPPED, ReasonCode.PLACE_NEEDED)
            over -= task.places

    @property
    def _serves_visitors(self) -> bool:
        return settings.VISITORS != "off" and bool(self._machine.sandbox) and not self._draining

    async def _claim_for_visitors(self) -> None:
        """No student waits now. Each start is followed by a look whether one does."""
        assert self._executor is not None
        taken = self._taken(visitors=False), self._taken(visitors=True)
        share = settings.LIMITS.visitor_percent
        fitting = next_visitor(self._capacity, *taken, share, self._places())
        if not fitting or not self._visitor_starts.take():
            return
        claimed = await runs.claim_runs(self._executor, 1, fitting, visitors=True)
        if not claimed:
            self._visitor_starts.give_back()
        for run in claimed:
            self._begin(run)
            self._woken.set()

    def _begin(self, run: Run) -> None:
        assert self._executor is not None
        self._machine.languages.note_start()
        self._begun_at = time.monotonic()
        turns = self._turns, self._shows
        pool = self._visitors_pool if run.owner_id is None else self._pool
        task = RunTask(run, self._executor, pool, *turns, wanted=self._wanted)
        QUEUE_WAIT.observe(max(0.0, (timezone.now() - run.created_at).total_seconds()))
        self._tasks[task.id] = task
        self._active.add(task.id)
        running = asyncio.create_task(self._carry(task))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def _carry(self, task: RunTask) -> None:
        def free_slot() -> None:
            self._active.discard(task.id)
            self._woken.set()

        bind_log_ids(run=task.id, user=task.owner)
        try:
            await task.run(free_slot)
        except Exception:
            logger.exception("Finishing run %s failed.", task.id)
        finally:
            free_slot()
            del self._tasks[task.id]

    # --- Messages ------------------------------------------------------------------------------
    def _handle(self, message: ChannelMessage) -> None:
        if isinstance(message, Expect):
            self._woken.set()
        elif isinstance(message, ReportClass):
            self._class_reports.asked(message.classroom)
        elif isinstance(message, Wake):
            self._woken.set()
            if not self._wakes:
                asyncio.get_running_loop().call_later(ALIVE_SECONDS, self._answer_wakes)
            if len(self._wakes) < MOST_WAKES:
                self._wakes.append(message)
        elif task := self._tasks.get(message.run):
            task.handle(message)
        elif not isinstance(message, DetachViewer):
            viewer = getattr(message, "viewer", "")
            self._reply(viewer, NotHere(message.run))

    def _reporters(self) -> list[RunReporter]:
        return [task.reporter for task in self._tasks.values()]

    def _answer_wakes(self) -> None:
        """A run that was claimed here has told its viewer more than this."""
        wakes, self._wakes = self._wakes, []
        others = [wake for wake in wakes if wake.run not in self._tasks]
        if others and self._machine.sandbox and not self._draining:
            self._answer(self._tell_alive(others))

    async def _tell_alive(self, wakes: list[Wake]) -> None:
        """Those of runs that are in this database: another site may share the Redis."""
        try:
            known = await in_database(runs.active_of, [wake.run for wake in wakes])
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Answering wake-ups failed: %s", error)
            return
        for wake in wakes:
            if wake.run in known:
                await messaging.send(wake.viewer, ExecutorAlive(wake.run))

    def _reply(self, viewer: str, message: ChannelMessage) -> None:
        self._answer(messaging.send(viewer, message))

    def _answer(self, answering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(answering)
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)

    # --- Signs of life -------------------------------------------------------------------------
    async def _beat_for_ever(self) -> None:
        while True:
            try:
                await self._beat()
            except Exception as error:
                logger.warning("Writing the heartbeat failed: %r", error)
            if settings.HEARTBEAT_FILE and self._machine.sandbox:
                await asyncio.to_thread(Path(settings.HEARTBEAT_FILE).touch)
            if self._trims:
                await asyncio.to_thread(return_holes)
            await asyncio.sleep(settings.LIMITS.heartbeat_seconds)

    async def _beat(self) -> None:
        assert self._executor is not None
        await self._look()
        if not await in_database(runs.write_heartbeat, self._executor, len(self._active)):
            # Forgotten as long silent: its runs were given up.
            self._executor = await in_database(self._register)
        await self._compare_rows()
        await recover_lost_runs()
        await in_database(runs.end_abandoned_queue)
        await in_database(runs.forget_unused_executors)

    async def _look(self) -> None:
        """Notices what was installed or removed since the last heartbeat."""
        assert self._executor is not None
        if await self._machine.changed():
            for pool in (self._pool, self._visitors_pool):
                pool.renew()
            await in_database(runs.report_machine, self._executor, self._machine.packages)
        await self._machine.languages.look()

    async def _compare_rows(self) -> None:
        """Ends what was given up as lost here, and rows that nobody here knows any more."""
        assert self._executor is not None
        before = set(self._active)  # what is claimed during the query is not in its answer
        rows = {str(run) for run in await in_database(runs.runs_of, self._executor)}
        for run in (before & self._active) - rows:
            self._tasks[run].decide(Outcome.EXECUTOR_LOST)
        unknown = rows - set(self._tasks)
        for run in unknown & self._unknown:  # for the second time: not one being claimed just now
            outcome = Outcome.INTERNAL_ERROR
            ending = Ending(outcome, *explain(outcome, settings.LIMITS))
            await in_database(runs.finish_run, UUID(run), ending, self._executor)
        self._unknown = unknown
