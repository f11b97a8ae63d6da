"""How many terminals a user has open, on whichever web worker."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner.limits import Limits
from runner.models import OpenSocket
from runner.terminal.gate import socket_rows


@pytest.fixture(autouse=True)
def _two(settings: Settings) -> None:
    settings.LIMITS = Limits(sockets_per_user=2)


def last_seen(seconds_ago: float) -> None:
    OpenSocket.objects.update(seen_at=timezone.now() - timedelta(seconds=seconds_ago))


def test_a_user_has_so_many_and_others_have_theirs(owner: User, classmate: User) -> None:
    assert socket_rows.enter(owner.pk)
    assert socket_rows.enter(owner.pk)
    assert socket_rows.enter(owner.pk) is None
    assert socket_rows.enter(classmate.pk)


def test_a_closed_socket_makes_room_and_a_refused_one_takes_none(owner: User) -> None:
    first, _ = socket_rows.enter(owner.pk), socket_rows.enter(owner.pk)
    assert first
    assert socket_rows.enter(owner.pk) is None
    socket_rows.leave(first)
    assert socket_rows.enter(owner.pk)


def test_those_of_a_dead_worker_count_for_a_minute(owner: User) -> None:
    socket_rows.enter(owner.pk)
    socket_rows.enter(owner.pk)
    last_seen(59)
    assert socket_rows.enter(owner.pk) is None
    last_seen(61)
    assert socket_rows.enter(owner.pk)


def test_those_of_a_worker_that_lives_are_kept(owner: User) -> None:
    kept = [socket_rows.enter(owner.pk) for _ in range(2)]
    last_seen(59)
    socket_rows.keep([number for number in kept if number])
    last = OpenSocket.objects.latest("seen_at").seen_at
    assert timezone.now() - last < timedelta(seconds=30)


def test_what_nobody_has_kept_for_a_day_is_forgotten(owner: User) -> None:
    socket_rows.enter(owner.pk)
    last_seen(25 * 3600)
    kept = socket_rows.enter(owner.pk)
    assert kept
    socket_rows.keep([kept])
    assert [row.pk for row in OpenSocket.objects.all()] == [kept]
