"""Runs of visitors: a queue of their own, and nothing left of them."""

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import access, runs
from runner.limits import Limits
from runner.models import Executor, Recording, Run
from runner.protocol.messages import Outcome
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import Unavailable
from runner.run_state import RunStatus
from runner.runs import TooManyRuns, heartbeats, lifecycle
from tests.runner.runs.queued_runs import ENDING, claimed, created, program, queued

pytestmark = pytest.mark.django_db(transaction=True)


def visited(name: str, network: str = "home") -> tuple[Run, int]:
    made = runs.create_visitor_run(runs.Visit(name, network), program(), "a terminal")
    return asyncio.run(made)


def claimed_of_visitors(
    executor: Executor, most: int = 1, fitting: Collection[str] | None = None
) -> list[Run]:
    return asyncio.run(runs.claim_runs(executor, most, fitting, visitors=True))


def test_it_has_no_owner_and_lower_limits(executor: Executor) -> None:
    run, position = visited("ann")
    assert (run.owner_id, position) == (None, 1)
    (mine,) = claimed_of_visitors(executor)
    limits = runs.limits_of(mine)
    assert (mine.pk, mine.viewer) == (run.pk, "a terminal")
    assert limits.memory_bytes < Limits().memory_bytes
    assert limits.cpu_seconds < Limits().cpu_seconds
    assert limits.wall_seconds < Limits().wall_seconds
    assert limits.output_bytes < Limits().output_bytes
    assert limits.processes < Limits().processes
    assert limits.artifacts_per_run == 0


def test_no_limit_is_higher_than_a_students(settings: Settings) -> None:
    low = Limits(cpu_seconds=1, wall_seconds=2, memory_bytes=64 * 2**20, output_bytes=2**16)
    lowered = low.of_visitor()
    for name in ("cpu_seconds", "wall_seconds", "memory_bytes", "output_bytes", "processes"):
        assert getattr(lowered, name) <= getattr(low, name), name


def test_a_visitor_has_one_at_a_time() -> None:
    run, _ = visited("ann")
    with pytest.raises(TooManyRuns) as refused:
        visited("ann")
    assert refused.value.figures == {"active_runs": 1}
    runs.finish_queued(run.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert visited("ann")[1] == 1


def test_a_network_has_so_many_and_others_have_theirs(settings: Settings) -> None:
    settings.LIMITS = Limits(visitor_runs_per_network=2)
    for number in range(2):
        visited(f"v{number}")
    with pytest.raises(Unavailable) as refused:
        visited("one more")
    assert refused.value.reason_code == ReasonCode.TOO_MANY_VISITORS
    assert visited("one", network="elsewhere")


def test_so_many_wait_on_the_whole_site(settings: Settings) -> None:
    settings.LIMITS = Limits(visitor_queue=3)
    for number in range(3):
        visited(f"v{number}", f"n{number}")
    with pytest.raises(Unavailable) as refused:
        visited("one more", "another")
    assert (refused.value.code, refused.value.reason_code) == (
        ErrorCode.UNAVAILABLE,
        ReasonCode.TOO_MANY_VISITORS,
    )


def test_those_of_a_crowded_network_wait_for_those_of_others(executor: Executor) -> None:
    for number in range(3):
        visited(f"v{number}", "crowd")
    other, position = visited("one", "elsewhere")
    assert position == 2
    first, second = (claimed_of_visitors(executor)[0] for _ in range(2))
    assert [first.visitor, second.pk] == ["v0", other.pk]


def test_students_and_visitors_do_not_wait_for_each_other(owner: User, executor: Executor) -> None:
    for number in range(5):
        visited(f"v{number}", f"n{number}")
    run, position = created(owner, program())
    assert position == 1
    assert lifecycle.locate(run.pk).position == 1
    assert claimed(executor).pk == run.pk
    assert asyncio.run(runs.claim_runs(executor, 5)) == []
    assert len(claimed_of_visitors(executor, 5)) == 5
    visited("late")
    assert created(owner, program())[1] == 1


def test_a_queue_full_of_visitors_takes_students(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(queued_runs=2, visitor_queue=10)
    for number in range(10):
        visited(f"v{number}", f"n{number}")
    queued(owner)
    queued(owner)
    with pytest.raises(Unavailable):
        queued(owner)


@pytest.mark.attacks
def test_ten_thousand_visitors_leave_students_their_queue(
    owner: User, executor: Executor, settings: Settings
) -> None:
    settings.LIMITS = limits = Limits()
    refused = 0

    async def come() -> None:
        nonlocal refused
        for number in range(10_000):
            visit = runs.Visit(f"v{number}", f"n{number % 500}")
            try:
                await runs.create_visitor_run(visit, program(), "a terminal")
            except Unavailable:
                refused += 1

    asyncio.run(come())
    assert Run.objects.count() == limits.visitor_queue == 10_000 - refused
    run, position = created(owner, program())
    assert (position, claimed(executor).pk) == (1, run.pk)


def test_nothing_of_it_is_left_when_it_ends(executor: Executor) -> None:
    run, _ = visited("ann")
    claimed_of_visitors(executor)
    runs.start_run(run.pk, timezone.now())
    assert runs.finish_run(run.pk, ENDING, executor)
    assert not Run.objects.exists()
    assert not Recording.objects.exists()
    assert not runs.finish_run(run.pk, ENDING, executor)


def test_its_terminal_is_told_the_end_all_the_same(executor: Executor) -> None:
    run, _ = visited("ann")
    assert runs.whereabouts(run.pk).status == RunStatus.QUEUED
    runs.finish_queued(run.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert runs.whereabouts(run.pk).status == RunStatus.FINISHED
    end = runs.told_end(run.pk)
    assert (end.outcome, end.reason_code) == (Outcome.STOPPED, ReasonCode.STOPPED)


def test_one_that_no_process_remembers_is_lost(executor: Executor) -> None:
    run, _ = visited("ann")
    Run.objects.all().delete()
    assert runs.told_end(run.pk).outcome == Outcome.EXECUTOR_LOST


def test_a_dead_executor_leaves_nothing(executor: Executor) -> None:
    run, _ = visited("ann")
    claimed_of_visitors(executor)
    Executor.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    assert lifecycle.end_lost_runs(heartbeats.stale_heartbeats()) == [run.pk]
    assert not Run.objects.exists()


def test_upkeep_removes_what_a_crash_has_left(owner: User, executor: Executor) -> None:
    old, new, ended = (visited(name)[0] for name in ("old", "new", "ended"))
    student = queued(owner)
    Run.objects.filter(pk=ended.pk).update(status="finished", outcome="completed")
    long_ago = timezone.now() - timedelta(hours=1)
    Run.objects.filter(pk__in=(old.pk, student.pk)).update(created_at=long_ago)
    assert runs.forget_left_over() == 2
    assert set(Run.objects.values_list("pk", flat=True)) == {new.pk, student.pk}


def test_nobody_sees_it(instructor: User, owner: User) -> None:
    run, _ = visited("ann")
    assert not access.visible_runs(instructor).exists()
    assert not access.visible_runs(owner).exists()
    assert access.visitors_run("ann", run.pk).pk == run.pk
    for other in ("bob", ""):
        with pytest.raises(access.NotFound):
            access.visitors_run(other, run.pk)


def test_a_users_run_is_no_visitors(owner: User) -> None:
    run = queued(owner)
    with pytest.raises(access.NotFound):
        access.visitors_run("", run.pk)


def test_upkeep_leaves_those_that_wait_long_and_then_run(executor: Executor) -> None:
    """A class takes all places for a quarter of an hour: visitors wait."""
    waits, runs_now, hung = (visited(name, name)[0] for name in ("waits", "runs", "hung"))
    now, minutes = timezone.now(), timedelta(minutes=1)
    Run.objects.update(created_at=now - 15 * minutes)
    for run, ago in ((runs_now, 1), (hung, 14)):
        at = now - ago * minutes
        Run.objects.filter(pk=run.pk).update(
            status=RunStatus.RUNNING, executor=executor, claimed_at=at, started_at=at
        )
    assert runs.forget_left_over() == 1
    assert set(Run.objects.values_list("pk", flat=True)) == {waits.pk, runs_now.pk}
