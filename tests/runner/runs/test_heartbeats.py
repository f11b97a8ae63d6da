"""Executors' rows: who is alive."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from runner.models import Executor
from runner.runs import heartbeats
from tests.a_run import finished_run

pytestmark = pytest.mark.django_db


def an_executor(name: str, silent_seconds: float = 0) -> Executor:
    executor = heartbeats.register_executor(name, capacity=4, sandbox="rlimits")
    executor.heartbeat_at = timezone.now() - timedelta(seconds=silent_seconds)
    executor.save()
    return executor


def test_who_was_heard_within_twenty_seconds_is_alive() -> None:
    new, quiet = an_executor("new"), an_executor("quiet", silent_seconds=19)
    an_executor("silent", silent_seconds=21)
    assert set(heartbeats.alive_executors()) == {new, quiet}


def test_a_heartbeat_brings_a_silent_executor_back() -> None:
    executor = an_executor("silent", silent_seconds=60)
    assert heartbeats.write_heartbeat(executor, active=3)
    executor.refresh_from_db()
    assert executor.active == 3
    assert list(heartbeats.alive_executors()) == [executor]


def test_a_heartbeat_of_the_future_is_one_of_long_ago() -> None:
    """The database's clock was put back: who lives writes a new one within seconds."""
    an_executor("before", silent_seconds=-3600)
    assert not heartbeats.alive_executors().exists()


def test_who_missed_a_heartbeat_is_named_and_who_is_lost_is_said() -> None:
    an_executor("new")
    quiet, silent, future = (
        an_executor(f"{age}", silent_seconds=age) for age in (12.0, 21.0, -3600.0)
    )
    heartbeats.mark_executor_ended(an_executor("ended"))
    stale_heartbeats = {
        silence.executor: lost for silence, lost in heartbeats.stale_heartbeats().items()
    }
    assert stale_heartbeats == {quiet.pk: False, silent.pk: True, future.pk: False}


def test_an_executor_that_has_ended_is_not_alive() -> None:
    executor = an_executor("ended")
    heartbeats.mark_executor_ended(executor)
    assert not heartbeats.alive_executors().exists()
    assert Executor.objects.get().active == 0


def test_an_executor_learns_that_its_row_has_gone() -> None:
    executor = an_executor("removed")
    Executor.objects.all().delete()
    assert not heartbeats.write_heartbeat(executor, active=0)


def test_rows_are_forgotten_a_day_after_their_last_sign_of_life() -> None:
    kept = [an_executor("new"), an_executor("quiet", silent_seconds=23 * 3600)]
    an_executor("silent", silent_seconds=25 * 3600)
    heartbeats.mark_executor_ended(an_executor("ended"))
    Executor.objects.update(started_at=timezone.now() - timedelta(days=2))
    heartbeats.forget_unused_executors()
    assert list(Executor.objects.order_by("pk")) == kept


def test_a_row_that_ended_today_is_kept() -> None:
    heartbeats.mark_executor_ended(an_executor("ended"))
    heartbeats.forget_unused_executors()
    assert Executor.objects.count() == 1


def test_a_row_that_a_run_names_is_kept(owner: User) -> None:
    executor = an_executor("silent", silent_seconds=25 * 3600)
    Executor.objects.update(started_at=timezone.now() - timedelta(days=2))
    finished_run(owner, executor=executor)
    heartbeats.forget_unused_executors()
    assert list(Executor.objects.all()) == [executor]
