"""How often a run is looked at: as seldom as its limits allow, and as often as they need."""

import asyncio
import contextlib
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from runner.executor import watch as watch_module
from runner.executor.terminal_pump import TerminalPump
from runner.executor.watch import CHECKS, QUIET_SECONDS, Watch
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
    pump = TerminalPump(LIMITS, (24, 80), lambda: None, lambda: None, lambda: None, lambda _: None)
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
    assert len(sandbox.looks) == 2  # soon after it has started, and a second later


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


class CostlySandbox(FakeSandbox):
    """`complete` says of each check whether it looked at everything."""

    def __init__(self, *complete: bool) -> None:
        super().__init__(bounded_by_kernel=False, cpu_seconds=0.1)
        self._complete = iter(complete)

    def usage(self) -> Usage:
        return replace(super().usage(), complete=next(self._complete))


async def test_a_run_is_ended_when_two_checks_in_succession_took_too_long() -> None:
    sandbox = CostlySandbox(True, False, True, False, False, True)
    watch = await watched(sandbox, 30)
    assert watch.outcome is Outcome.MEMORY_LIMIT
    assert watch.explain(Outcome.MEMORY_LIMIT, None, None) == ("too_much_to_check", {})
    assert len(sandbox.looks) == 5


async def test_a_run_is_ended_whose_check_is_stuck_in_the_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until the run is ended, as a check that waits for a lock of one of its processes."""
    monkeypatch.setattr(watch_module, "STUCK_SECONDS", 0.2)
    ended = threading.Event()

    class Stuck(FakeSandbox):
        def usage(self) -> Usage:
            assert ended.wait(30)
            return super().usage()

        def kill(self) -> None:
            ended.set()

    watch = await watched(Stuck(bounded_by_kernel=False, cpu_seconds=0.1), 30)
    assert watch.outcome is Outcome.MEMORY_LIMIT
    assert watch.reason == ("too_much_to_check", {})
    assert ended.is_set()


async def test_waiting_for_others_checks_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "STUCK_SECONDS", 0.1)
    free = threading.Event()
    others = [CHECKS.submit(free.wait, 30) for _ in range(8)]
    sandbox = FakeSandbox(bounded_by_kernel=False, cpu_seconds=0.1)
    watching = asyncio.create_task(watched(sandbox, 1.0))
    await asyncio.sleep(0.5)
    assert sandbox.looks == []
    free.set()
    assert (await watching).outcome is None
    assert sandbox.looks
    assert all(other.result() for other in others)


async def test_checks_leave_the_threads_of_others_alone() -> None:
    """A file that is read, or a name that is looked up, does not wait for costly checks."""
    free = threading.Event()
    others = [CHECKS.submit(free.wait, 30) for _ in range(20)]
    async with asyncio.timeout(5):
        await asyncio.to_thread(time.monotonic)
    free.set()
    assert all(other.result() for other in others)


async def test_a_run_that_works_is_looked_at_often() -> None:
    sandbox = FakeSandbox(bounded_by_kernel=True, cpu_seconds=0.1, busy=True)
    assert (await watched(sandbox, 2.5 * QUIET_SECONDS)).outcome is None
    assert len(sandbox.looks) > 8


@pytest.mark.parametrize(("share", "told"), [(0.55, 0), (0.65, 1)])
async def test_most_of_the_processor_time_is_told_once(share: float, told: int) -> None:
    calls: list[float] = []
    sandbox = FakeSandbox(bounded_by_kernel=True, cpu_seconds=share * LIMITS.cpu_seconds, busy=True)
    watch = Watch(LIMITS, lambda: calls.append(watch.cpu_seconds))
    pump = TerminalPump(LIMITS, (24, 80), lambda: None, lambda: None, lambda: None, lambda _: None)
    watch.begin(sandbox, pump)  # type: ignore[arg-type]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.5):
            await watch.run()
    assert len(sandbox.looks) > 2
    assert len(calls) == told
    assert watch.outcome is None
