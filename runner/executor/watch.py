"""Checks the limits of one run from outside its sandbox, and ends it. The first decision counts."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from runner.executor.terminal_pump import TerminalPump
from runner.limits import Limits, Shortage
from runner.protocol.reasons import Figures, Reason, ReasonCode
from runner.run_state import Outcome, explain, explain_compiling
from runner.sandbox import ExitStatus, Sandbox, Usage

QUIET_SECONDS = 1.0  # between samples of a run that cannot exceed a limit sooner
BUSY_SHARE = 0.6  # of the processor time: there is time left to change the program's course
WORK_SECONDS = 0.02  # of processor time between two samples
# Threads of their own: costly checks delay nothing else, and only some other checks.
CHECKS = ThreadPoolExecutor(4, thread_name_prefix="check")
STUCK_SECONDS = 5.0  # in one check; it looks at the clock itself, but the kernel lets it wait
MOST_INCOMPLETE = 2  # checks, one after the other


class Watch:
    def __init__(self, limits: Limits, on_busy: Callable[[], None] = lambda: None) -> None:
        """`on_busy()` is called once, when most of the processor time is used."""
        self._on_busy = on_busy
        self._told_busy = False
        self.outcome: Outcome | None = None
        self.decided = asyncio.Event()
        self.reason: Reason | None = None  # closer than the outcome
        self._controlled = True
        self._sandbox: Sandbox | None = None
        self._pump: TerminalPump | None = None
        self._check: Future[Usage] | None = None
        self._controlled_at = time.monotonic()
        self.enter(limits)

    def enter(self, limits: Limits, *, compiling: bool = False) -> None:
        """A program of the run begins, or (`compiling`) a compiler: its figures begin at 0."""
        self.cpu_seconds = 0.0
        self.memory_peak_bytes = 0
        self.short_of: Shortage | None = None
        self.compiling = compiling
        self._limits = limits
        self._over_memory = False
        self._incomplete = 0  # checks that took too long, since the last other one
        self._works = True  # or so it seems until the first sample
        self._started_at = time.monotonic()

    @property
    def wall_seconds(self) -> float:
        """Since the program, or the compiler, began."""
        return time.monotonic() - self._started_at

    @property
    def used_its_time(self) -> bool:
        return self.cpu_seconds >= self._limits.cpu_seconds

    def begin(self, sandbox: Sandbox, pump: TerminalPump) -> bool:
        """Whether the program may start: a decision may have come while its sandbox started."""
        self._sandbox, self._pump = sandbox, pump
        self._started_at = self._controlled_at = time.monotonic()
        if self.outcome is not None:
            sandbox.kill()
        return self.outcome is None

    def note_end(self, status: ExitStatus | None) -> None:
        """Figures that are known only at the end: a short program ends before the first sample.

        The status comes from inside the sandbox, where the program could have forged it, so it can
        only increase what was measured from outside.
        """
        assert self._sandbox is not None
        self._note(self._sandbox.usage())
        self.short_of = self._sandbox.short_of()
        if status is not None:
            self.memory_peak_bytes = max(self.memory_peak_bytes, status.memory_peak_bytes)
            self.cpu_seconds = max(self.cpu_seconds, status.cpu_seconds)
            if status.exit_code != 0 and status.memory_peak_bytes > self._limits.memory_bytes:
                self._over_memory = True  # it may not have more, and nothing else looked in time
        if self._over_memory:
            self.decide(Outcome.MEMORY_LIMIT)

    def decide(
        self,
        outcome: Outcome,
        reason_code: ReasonCode | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Only the first decision counts."""
        if self.outcome is None:
            self.outcome = outcome
            self.reason = (reason_code, figures or {}) if reason_code else None
            self.decided.set()
            if self._sandbox is not None:
                self._sandbox.kill()

    def explain(
        self,
        outcome: Outcome,
        exit_code: int | None,
        signal: str | None,
        cause: Reason | None = None,
    ) -> tuple[ReasonCode, Figures]:
        """Why the run ended: as it was decided, or by its outcome, what it lacked and the likely
        `cause` of its error."""
        if self.reason is not None:
            return self.reason
        if self.compiling:
            return explain_compiling(outcome, self._limits, signal, self.short_of)
        return explain(outcome, self._limits, exit_code, signal, self.short_of, cause)

    def note_output(self) -> None:
        if self._sandbox is not None:
            self._sandbox.note_started()

    async def run(self) -> None:
        """Runs until cancelled, or until a limit is exceeded."""
        assert self._sandbox is not None
        await asyncio.sleep(self._seconds_to_next_look())
        while self.outcome is None:
            began = time.monotonic()
            self._judge(await self._usage())
            self._sandbox.keep_reporting()
            took = time.monotonic() - began
            await asyncio.sleep(max(self._seconds_to_next_look() - took, took))

    async def settle(self) -> None:
        """After `run` was cancelled: waits for the check that it has left, for a bounded time."""
        if self._check is not None and not self._check.done():
            waiting = asyncio.wrap_future(self._check)
            if not (await asyncio.wait({waiting}, timeout=STUCK_SECONDS))[0]:
                self.decide(Outcome.MEMORY_LIMIT, ReasonCode.TOO_MUCH_TO_CHECK)

    async def _usage(self) -> Usage | None:
        """In a thread: with many large processes a check takes as long as their tables are.

        None if it is stuck. It then ends in its thread, when the run has ended.
        """
        assert self._sandbox is not None
        measure, began = self._sandbox.usage, asyncio.Event()
        loop = asyncio.get_running_loop()

        def check() -> Usage:
            loop.call_soon_threadsafe(began.set)
            return measure()

        self._check = CHECKS.submit(check)
        checking = asyncio.wrap_future(self._check)
        try:
            await began.wait()  # it may have to wait for a thread, which is not its fault
            done, _ = await asyncio.wait({checking}, timeout=STUCK_SECONDS)
            return checking.result() if done else None
        finally:
            checking.cancel()

    def _seconds_to_next_look(self) -> float:
        """Sampling is all the work that a class of 200 causes while it thinks.

        Where the kernel limits memory and cores, the earliest time of the next violation is known,
        if the program works little: one that works may get what is charged to no control group.
        """
        assert self._sandbox is not None and self._pump is not None
        if not self._sandbox.bounded_by_kernel or self._works:
            return self._sandbox.look_seconds
        limits, now = self._limits, time.monotonic()
        left = min(
            (limits.cpu_seconds - self.cpu_seconds) * 100 / limits.cpu_percent,
            self._started_at + limits.wall_seconds - now,
            self._controlled_at + limits.detach_seconds - now,
            self._pump.active_at + limits.idle_seconds - now,
        )
        return max(self._sandbox.look_seconds, min(left, QUIET_SECONDS))

    def _note(self, usage: Usage) -> None:
        self.cpu_seconds = max(self.cpu_seconds, usage.cpu_seconds)
        self.memory_peak_bytes = max(self.memory_peak_bytes, usage.memory_peak_bytes)
        self._over_memory |= usage.over_memory

    def _judge(self, usage: Usage | None) -> None:
        """Judges by a check, or by there being none: a run that cannot be checked has no limits."""
        assert self._pump is not None
        limits, now = self._limits, time.monotonic()
        if usage is None:
            return self.decide(Outcome.MEMORY_LIMIT, ReasonCode.TOO_MUCH_TO_CHECK)
        self._works = usage.cpu_seconds > self.cpu_seconds + WORK_SECONDS
        self._note(usage)
        busy = self.cpu_seconds > limits.cpu_seconds * BUSY_SHARE and not self.compiling
        if busy and not self._told_busy:
            self._told_busy = True
            self._on_busy()
        self._incomplete = 0 if usage.complete else self._incomplete + 1
        controlled = self._pump.stream.controller is not None
        if controlled or self._controlled:  # who has left since the last look left now
            self._controlled_at = now
        self._controlled = controlled
        if self.cpu_seconds > limits.cpu_seconds:
            self.decide(Outcome.CPU_LIMIT)
        elif self._over_memory:
            self.decide(Outcome.MEMORY_LIMIT)
        elif self._incomplete == MOST_INCOMPLETE:
            self.decide(Outcome.MEMORY_LIMIT, ReasonCode.TOO_MUCH_TO_CHECK)
        elif now - self._started_at > limits.wall_seconds:
            self.decide(Outcome.WALL_LIMIT)
        elif now - self._controlled_at > limits.detach_seconds:
            self.decide(Outcome.DISCONNECTED)
        elif now - self._pump.active_at > limits.idle_seconds and not self.compiling:
            self.decide(Outcome.IDLE_LIMIT)
