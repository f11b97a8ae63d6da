"""A run of a room, on the terminals of its members: for as long as their role is the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.models import RoomMember, RoomRole, Run
from tests.a_class import a_class, member, rules
from tests.a_room import a_room, admitted
from tests.a_run import finished_run

Shown = tuple[Run, access.Pass]


@pytest.fixture
def shown(owner: User, classmate: User) -> Shown:
    """A run, and what an editor's terminal that shows it was let in by."""
    room = a_room(owner)
    admitted(room, classmate)
    run = finished_run(owner, room=room)
    session = SessionStore()
    session.create()
    let_in = access.pass_of(classmate, session)
    return run, replace(let_in, run=run.pk, run_role=access.role_at_run(classmate, run))


def test_an_editor_goes_on(shown: Shown) -> None:
    assert access.still_signed_in({shown[1]}) == {shown[1]}


def test_who_may_only_look_on_keeps_no_keyboard(shown: Shown, classmate: User) -> None:
    """The terminal is closed, and comes back without it: it kept what it had been given."""
    RoomMember.objects.update(role=RoomRole.VIEWER)
    assert access.still_signed_in({shown[1]}) == set()
    back = replace(shown[1], run_role=access.role_at_run(classmate, shown[0]))
    assert access.still_signed_in({back}) == {back}
    assert not access.may_help_with(classmate, shown[0].pk)


def test_who_is_removed_sees_nothing(shown: Shown) -> None:
    RoomMember.objects.all().delete()
    assert access.still_signed_in({shown[1]}) == set()


@pytest.mark.parametrize("who", ["owner", "classmate"])
def test_an_exam_of_either_takes_the_other_away(
    shown: Shown, owner: User, classmate: User, who: str
) -> None:
    """Who is in no exam would type answers into the program of who is in one."""
    run, let_in = shown
    assert access.may_help_with(classmate, run.pk)
    assert access.attachable_run(classmate, run.pk, {}) == run
    hour, now, exam = timedelta(hours=1), clock.read(), a_class()
    member(exam, owner if who == "owner" else classmate)
    rules(exam, exam_starts_at=now - hour, exam_ends_at=now + hour)
    assert access.still_signed_in({let_in}) == set()
    assert not access.may_help_with(classmate, run.pk)
    with pytest.raises(access.NotFound):
        access.attachable_run(classmate, run.pk, {})


def test_who_is_in_no_room_has_no_role_there(owner: User, classmate: User) -> None:
    run = finished_run(owner, room=a_room(owner))
    assert access.role_at_run(classmate, run) is None
    assert access.role_at_run(classmate, finished_run(owner)) is None
