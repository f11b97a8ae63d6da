"""An exam begins and ends by itself, whatever clocks do; both are recorded."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from accounts.classrooms import exams, rules, starts
from accounts.models import AuditEntry, Classroom, ClassRules, Role, User
from runner.classes.forms import at_class
from runner.infrastructure import clock
from tests.a_class import a_class, member
from tests.a_class import rules as set_rules
from tests.cast import signed_in


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class(time_zone="Europe/Berlin")
    member(made, owner)
    return made


def exam(classroom: Classroom, start: str, end: str) -> None:
    local = [datetime.fromisoformat(each) for each in (start, end)]
    zone = classroom.time_zone
    set_rules(
        classroom,
        exam_starts_at=at_class(local[0], zone),
        exam_ends_at=at_class(local[1], zone, last=True),
    )


def takes(user: User, at: datetime) -> bool:
    with patch.object(clock, "now", lambda: at), patch.object(clock, "read", lambda: at):
        found = starts.exam_of(user) is not None
        assert rules.exams_of(user).exists() is found
        assert rules.records_writing(user, Classroom.objects.get().pk) is found
        return found


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [
        # Across midnight of the class, which is 22:00 or 23:00 of the site's clock.
        (
            "2026-06-01T23:30", "2026-06-02T00:30",
            ["2026-06-01T21:30", "2026-06-01T22:29"], ["2026-06-01T21:29", "2026-06-01T22:30"],
        ),
        # An hour is left out: 90 minutes by the clocks are 30.
        (
            "2026-03-29T01:45", "2026-03-29T03:15",
            ["2026-03-29T00:45", "2026-03-29T01:14"], ["2026-03-29T00:44", "2026-03-29T01:15"],
        ),
        # An hour comes twice, and is all in the exam.
        (
            "2026-10-25T02:00", "2026-10-25T02:30",
            ["2026-10-25T00:00", "2026-10-25T01:29"], ["2026-10-24T23:59", "2026-10-25T01:30"],
        ),
    ],
)  # fmt: skip
def test_it_is_on_between_the_instants_that_its_times_name(
    owner: User, classroom: Classroom, start: str, end: str, inside: list[str], outside: list[str]
) -> None:
    exam(classroom, start, end)
    at = {text: datetime.fromisoformat(text).replace(tzinfo=UTC) for text in inside + outside}
    assert [takes(owner, at[text]) for text in inside] == [True, True]
    assert [takes(owner, at[text]) for text in outside] == [False, False]


def test_its_beginning_and_its_end_are_recorded_once(owner: User, classroom: Classroom) -> None:
    now = clock.read()
    set_rules(classroom, exam_starts_at=now, exam_ends_at=now + timedelta(hours=1))
    assert [exams.note_exams(), exams.note_exams()] == [1, 0]
    ClassRules.objects.update(
        exam_starts_at=now - timedelta(hours=2), exam_ends_at=now - timedelta(hours=1)
    )
    assert [exams.note_exams(), exams.note_exams()] == [1, 0]
    details = list(AuditEntry.objects.order_by("at").values_list("detail", flat=True))
    assert [text.split()[:2] for text in details] == [["exam", "began"], ["exam", "ended"]]
    assert {entry.target for entry in AuditEntry.objects.all()} == {f"class {classroom.pk}"}


def test_one_that_is_to_come_is_not_recorded(classroom: Classroom) -> None:
    now = clock.read()
    set_rules(
        classroom,
        exam_starts_at=now + timedelta(hours=1),
        exam_ends_at=now + timedelta(hours=2),
    )
    assert exams.note_exams() == 0


def test_a_class_that_has_ended_holds_none(owner: User, classroom: Classroom) -> None:
    """Its students could run nothing anywhere: not there, and by the exam nowhere else."""
    now, other = clock.read(), a_class("other")
    member(other, owner)
    set_rules(classroom, exam_starts_at=now, exam_ends_at=now + timedelta(hours=1))
    browser = signed_in(owner)
    assert browser.get(f"/classes/{other.pk}/").status_code == 403
    assert not starts.may_share(owner)
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=now)
    assert starts.exam_of(owner) is None
    assert starts.may_share(owner)
    assert not starts.may_not_share({owner.pk})
    assert not starts.exams_taken({owner.pk})
    assert starts.problem(owner, other.pk, "python") is None
    assert browser.get(f"/classes/{other.pk}/").status_code == 200
    assert exams.note_exams() == 0


def test_who_teaches_takes_none(owner: User, classmate: User, classroom: Classroom) -> None:
    member(classroom, classmate, Role.INSTRUCTOR)
    now = clock.read()
    set_rules(classroom, exam_starts_at=now, exam_ends_at=now + timedelta(hours=1))
    assert rules.exams_of(owner).exists()
    assert not rules.exams_of(classmate).exists()
