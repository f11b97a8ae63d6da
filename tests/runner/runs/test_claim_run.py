"""The queue is fair, and each run is claimed by one."""

from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import User
from runner import runs
from runner.limits import Limits
from runner.models import Executor
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome, RunStatus
from runner.runs import heartbeats
from tests.cast import someone
from tests.runner.runs.queued_runs import (
    ENDING,
    claimed,
    claimed_runs,
    created,
    in_threads,
    program,
    queued,
    status_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_oldest_run_is_claimed_first(
    owner: User, classmate: User, instructor: User, executor: Executor
) -> None:
    waiting = [queued(user) for user in (classmate, owner, instructor)]
    assert [claimed(executor).pk for _ in waiting] == [run.pk for run in waiting]
    assert claimed_runs(executor, 1) == []


def test_a_claimed_run_is_the_executors(owner: User, executor: Executor) -> None:
    queued(owner)
    run = claimed(executor)
    assert status_of(run) == (RunStatus.CLAIMED, "")
    assert run.executor == executor
    assert run.claimed_at is not None
    assert runs.runs_of(executor) == {run.pk}


def test_users_with_fewer_active_runs_come_first(
    owner: User, classmate: User, executor: Executor
) -> None:
    first, second, third = queued(owner), queued(owner), queued(owner)
    late = queued(classmate)
    assert claimed(executor) == first
    assert claimed(executor) == late
    assert claimed(executor) == second
    runs.finish_run(first.pk, ENDING)
    assert claimed(executor) == third


def test_several_that_are_claimed_at_once_are_as_fair(
    owner: User, classmate: User, executor: Executor
) -> None:
    first, second, third = queued(owner), queued(owner), queued(owner)
    late = queued(classmate)
    assert claimed_runs(executor, 2) == [first, late]
    assert claimed_runs(executor, 5) == [second, third]


def test_runs_that_wait_or_have_ended_make_nobody_busy(
    owner: User, classmate: User, executor: Executor
) -> None:
    ended = queued(owner)
    runs.finish_queued(ended.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    first, _ = queued(owner), queued(owner)
    queued(classmate)
    assert claimed(executor) == first


def test_a_run_that_many_want_is_claimed_by_one() -> None:
    users = [someone(f"user {number}") for number in range(6)]
    waiting = {queued(user).pk for user in users}
    executors = [heartbeats.register_executor(f"{n}", capacity=4, sandbox="x") for n in range(3)]
    together, got = Barrier(3), list[UUID]()

    def claim(executor: Executor) -> None:
        together.wait(10)
        try:
            while claimed := claimed_runs(executor, 2):
                got.extend(run.pk for run in claimed)
        finally:
            connection.close()

    in_threads([partial(claim, executor) for executor in executors])
    assert sorted(got) == sorted(waiting)


def test_the_position_counts_who_was_earlier_and_still_waits(
    owner: User, classmate: User, executor: Executor
) -> None:
    queued(owner)
    queued(classmate)
    third, position = created(owner, program(), "")
    assert position == 3
    claimed(executor)
    assert runs.locate(third.pk).position == 2


def test_a_hundred_runs_of_one_user_wait_behind_others_first_ones(
    owner: User, executor: Executor, settings: Settings
) -> None:
    settings.LIMITS = Limits(runs_per_user=100)
    flood = [queued(owner) for _ in range(100)]
    assert claimed(executor) == flood[0]
    first = [created(someone(f"user {n}"), program(), "") for n in range(3)]
    assert [position for _, position in first] == [1, 2, 3]
    # Nor does it help that the flood's runs end while the others wait.
    runs.finish_run(flood[0].pk, ENDING)
    assert runs.locate(flood[1].pk).position == 4
    assert [claimed(executor) for _ in first] == [run for run, _ in first]
    assert claimed(executor) == flood[1]
    late, position = created(someone("late"), program(), "")
    assert position == 1
    assert claimed(executor) == late


def test_a_class_is_served_in_the_order_in_which_it_was_told(executor: Executor) -> None:
    class_ = [created(someone(f"student {n}"), program(), "") for n in range(30)]
    assert [position for _, position in class_] == list(range(1, 31))
    for number in range(30):
        assert claimed(executor) == class_[number][0]
        waiting = [runs.locate(run.pk).position for run, _ in class_[number + 1 :]]
        assert waiting == list(range(1, 30 - number))
