"""Queued runs that nobody can claim do not wait for ever, whoever has left meanwhile."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from runner import runs
from runner.models import Executor, Run
from runner.run_state import Outcome, RunStatus
from runner.runs import abandoned, heartbeats
from runner.runs.steady_clock import SteadyClock
from tests.runner.runs.queued_runs import claimed_runs, queued, status_of

pytestmark = pytest.mark.django_db(transaction=True)

ENDED = (RunStatus.FINISHED, Outcome.INTERNAL_ERROR)
WAITS = (RunStatus.QUEUED, "")


@pytest.fixture(autouse=True)
def _seen_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """That there is no executor."""
    monkeypatch.setattr(abandoned, "_no_executor", SeenForLong())


class SeenForLong(SteadyClock[datetime | None]):
    def seconds(
        self, facts: Collection[datetime | None], now: float
    ) -> dict[datetime | None, float]:
        return dict.fromkeys(facts, 11.0)


def old(run: Run, seconds: float = 21) -> Run:
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
    return run


def test_a_run_that_nobody_can_claim_is_ended(owner: User) -> None:
    run = old(queued(owner))
    runs.end_abandoned_queue()
    assert status_of(run) == ENDED
    assert run.reason_code == "no_executor"


def test_a_moment_without_executors_ends_nothing(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a jump of the database's clock, until they have written it."""
    monkeypatch.setattr(abandoned, "_no_executor", SteadyClock())
    run = old(queued(owner))
    for _ in range(2):
        runs.end_abandoned_queue()
    assert status_of(run) == WAITS


def test_a_young_run_waits(owner: User) -> None:
    run = old(queued(owner), seconds=10)
    runs.end_abandoned_queue()
    assert status_of(run) == WAITS


def test_a_run_waits_for_an_executor_that_lives(owner: User, executor: Executor) -> None:
    run = old(queued(owner), seconds=3600)
    runs.end_abandoned_queue()
    assert status_of(run) == WAITS
    heartbeats.mark_executor_ended(executor)
    runs.end_abandoned_queue()
    assert status_of(run) == ENDED


def test_an_executor_that_may_run_nothing_is_not_waited_for(owner: User) -> None:
    heartbeats.register_executor("without a sandbox", capacity=4, sandbox="")
    run = old(queued(owner))
    runs.end_abandoned_queue()
    assert status_of(run) == ENDED


def test_they_do_not_keep_their_owner_from_running_others(owner: User) -> None:
    left = [old(queued(owner)) for _ in range(3)]
    assert queued(owner)
    assert {status_of(run) for run in left} == {ENDED}


def test_a_claimed_run_is_not_touched(owner: User, executor: Executor) -> None:
    run = old(queued(owner))
    claimed_runs(executor, 1)
    heartbeats.mark_executor_ended(executor)
    runs.end_abandoned_queue()
    assert status_of(run) == (RunStatus.CLAIMED, "")
