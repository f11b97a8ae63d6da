"""Runs of executors that have gone are ended by whoever notices."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from runner import runs
from runner.models import Executor
from runner.run_state import Outcome, RunStatus
from runner.runs import heartbeats
from tests.runner.runs.queued_runs import ENDING, claimed, queued, status_of

pytestmark = pytest.mark.django_db(transaction=True)


def fall_silent(executor: Executor, seconds: float) -> None:
    at = timezone.now() - timedelta(seconds=seconds)
    Executor.objects.filter(pk=executor.pk).update(heartbeat_at=at)


def end_lost_runs() -> list[UUID]:
    """As somebody does who has seen for long enough that nothing comes any more."""
    return runs.end_lost_runs(
        {s for s, is_lost in heartbeats.stale_heartbeats().items() if is_lost}
    )


def test_runs_of_a_silent_executor_are_lost(owner: User, executor: Executor) -> None:
    run, second = queued(owner), queued(owner)
    claimed(executor)
    claimed(executor)
    runs.start_run(run.pk, timezone.now())
    runs.save_progress(run.pk, executor, None, output_bytes=5)
    fall_silent(executor, 21)
    assert set(end_lost_runs()) == {run.pk, second.pk}
    assert end_lost_runs() == []
    for lost in (run, second):
        assert status_of(lost) == (RunStatus.FINISHED, Outcome.EXECUTOR_LOST)
    assert run.output_bytes == 5
    assert run.reason_code == "executor_lost"


def test_a_run_that_began_in_the_future_of_its_machine_is_lost_too(
    owner: User, executor: Executor
) -> None:
    run = queued(owner)
    claimed(executor)
    runs.start_run(run.pk, timezone.now() + timedelta(hours=1))
    fall_silent(executor, 21)
    assert end_lost_runs() == [run.pk]
    assert (status_of(run)[1], run.wall_ms) == (Outcome.EXECUTOR_LOST, 0)


def test_who_speaks_again_meanwhile_keeps_its_runs(owner: User, executor: Executor) -> None:
    queued(owner)
    claimed(executor)
    fall_silent(executor, 21)
    stale_heartbeats = heartbeats.stale_heartbeats()
    heartbeats.write_heartbeat(executor, active=1)
    assert runs.end_lost_runs(stale_heartbeats) == []


def test_runs_of_an_executor_that_lives_go_on(owner: User, executor: Executor) -> None:
    run = queued(owner)
    claimed(executor)
    fall_silent(executor, 19)
    assert end_lost_runs() == []
    assert status_of(run) == (RunStatus.CLAIMED, "")


@pytest.mark.parametrize(
    "go", [heartbeats.mark_executor_ended, Executor.delete], ids=["ended", "deleted"]
)
def test_a_run_whose_executor_has_gone_is_lost(
    owner: User, executor: Executor, go: Callable[[Executor], object]
) -> None:
    run = queued(owner)
    claimed(executor)
    go(executor)
    assert end_lost_runs() == [run.pk]


def test_queued_and_finished_runs_are_not_lost(owner: User, executor: Executor) -> None:
    finished, waiting = queued(owner), queued(owner)
    claimed(executor)
    runs.finish_run(finished.pk, ENDING)
    fall_silent(executor, 3600)
    assert end_lost_runs() == []
    assert status_of(waiting) == (RunStatus.QUEUED, "")


def test_an_executor_that_comes_back_no_longer_has_what_was_given_up(
    owner: User, executor: Executor
) -> None:
    run = queued(owner)
    claimed(executor)
    fall_silent(executor, 21)
    end_lost_runs()
    assert heartbeats.write_heartbeat(executor, active=1)
    assert runs.runs_of(executor) == set()
    assert not runs.finish_run(run.pk, ENDING, executor)
