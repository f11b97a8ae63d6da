"""During an exam, a second browser of a student is shown on the grid."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Classroom, User
from runner.classroom import rows
from runner.models import OpenSocket
from runner.terminal.gate import socket_rows
from tests.a_class import member, rules

HOUR = timedelta(hours=1)


def counted(classroom: Classroom) -> dict[str, int]:
    return {one.user: one.browsers for one in rows.load_members(classroom.pk)}


def test_two_sign_ins_count_as_two_browsers(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    member(classroom, owner)
    member(classroom, classmate)
    for user, session in ((owner, "one"), (owner, "one"), (owner, "two"), (classmate, "three")):
        socket_rows.enter(user.pk, None, session)
    assert counted(classroom) == {owner.username: 1, classmate.username: 1}
    now = timezone.now()
    rules(classroom, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    assert counted(classroom) == {owner.username: 2, classmate.username: 1}
    OpenSocket.objects.update(seen_at=now - HOUR)
    assert counted(classroom) == {owner.username: 1, classmate.username: 1}


def test_a_row_does_not_say_which_session_it_is(owner: User) -> None:
    socket_rows.enter(owner.pk, None, "a-session-key")
    row = OpenSocket.objects.get()
    assert "a-session-key" not in row.browser
    assert len(row.browser) == 16


@pytest.mark.parametrize("session", ["", "x" * 1000])
def test_any_session_has_a_row(owner: User, session: str) -> None:
    assert socket_rows.enter(owner.pk, None, session)
