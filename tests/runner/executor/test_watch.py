"""How often a run is looked at: as seldom as its limits allow, and as often as they need."""

import asyncio
import time
from typing import Any

from runner.executor.terminal_pump import TerminalPump
from runner.executor.watch import QUIET_SECONDS, Watch
from runner.limits import Limits
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import Usage

LIMITS = Limits()


class FakeSandbox:
    """Uses one core from the beginning when it is busy; `looks` tells when it was looked at."""

    look_seconds = 0.05

    def __init__(self, *, bounded_by_kernel: bool, cpu_seconds: float, busy: bool = False) -> None:
        self.bounded_by_kernel = bounded_by_kernel
        self.looks: list[float] = []
        self.cpu_seconds, self._busy, self._began = cpu_seconds, busy, time.monotonic()

    def usage(self) -> Usage:
        now = time.monotonic()
        self.looks.append(now)
        used = self.cpu_seconds + (now - self._began if self._busy else 0)
        return Usage(used, 0, 0, 1, over_memory=False)

    def keep_reporting(self) -> None: ...

    def kill(self) -> None: ...


async def watched(sandbox: Any, seconds: float) -> Watch:
    watch = Watch(LIMITS)
    pump = TerminalPump(LIMITS, (24, 80), lambda: None, lambda: None, lambda: None)
    watch.begin(sandbox, pump)
    watch.cpu_seconds = sandbox.cpu_seconds  # as an earlier look has seen
    try:
        async with asyncio.timeout(seconds):
            await watch.run()
    except TimeoutError:
        pass
    return watch


async def test_a_quiet_run_that_the_kernel_bounds_is_left_alone() -> None:
    sandbox = FakeSandbox(bounded_by_kernel=True, cpu_seconds=0.1)
    assert (await watched(sandbox, 1.8 * QUIET_SECONDS)).outcome is None
    assert len(sandbox.looks) == 1


async def test_where_only_looks_bound_a_run_they_never_rest() -> None:
    sandbox = FakeSandbox(bounded_by_kernel=False, cpu_seconds=0.1)
    assert (await watched(sandbox, 0.8)).outcome is None
    assert len(sandbox.looks) > 3


async def test_a_limit_is_looked_at_when_it_can_be_passed() -> None:
    """One core at most: what is left of it cannot be used sooner, and is not given much longer."""
    used = LIMITS.cpu_seconds - 0.3
    sandbox = FakeSandbox(bounded_by_kernel=True, cpu_seconds=used, busy=True)
    began = time.monotonic()
    assert (await watched(sandbox, 30)).outcome == Outcome.CPU_LIMIT
    assert sandbox.looks[-1] - began < QUIET_SECONDS


def test_the_first_decision_may_name_a_closer_reason_than_its_outcome() -> None:
    watch = Watch(Limits())
    watch.decide(Outcome.STOPPED, ReasonCode.EXECUTOR_SHUT_DOWN)
    watch.decide(Outcome.CPU_LIMIT)
    assert watch.outcome is Outcome.STOPPED
    assert watch.explain(Outcome.STOPPED, None, None) == ("executor_shut_down", {})


def test_without_one_the_outcome_is_the_reason() -> None:
    watch = Watch(Limits(cpu_seconds=7))
    watch.decide(Outcome.CPU_LIMIT)
    assert watch.explain(Outcome.CPU_LIMIT, None, None) == ("cpu_limit", {"cpu_seconds": 7})
