# size: all that instructors set, and what they may not
"""What instructors set: a class, its members, its rules and its exam."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEntry, Classroom, ClassRules, Membership, Role, User
from runner.classes.forms import at_class, timetable_of
from runner.limits import MIB
from tests.a_class import a_class, an_assignment, member, new_member
from tests.cast import signed_in


@pytest.fixture
def teacher(classroom: Classroom) -> User:
    return new_member(classroom, "teacher", Role.INSTRUCTOR)


@pytest.fixture
def browser(teacher: User) -> Client:
    return signed_in(teacher)


def set_rules(browser: Client, classroom: Classroom, **fields: object) -> str:
    return browser.post(f"/classes/{classroom.pk}/rules/", fields).content.decode()


def test_who_makes_a_class_is_its_instructor(instructor: User, owner: User) -> None:
    asked = {
        "name": "8a",
        "term": "2026",
        "time_zone": "Europe/Berlin",
        "lessons": "Mo 08:00-09:30",
    }
    assert signed_in(owner).post("/classes/new/", asked).status_code == 403
    assert signed_in(instructor).post("/classes/new/", asked).status_code == 302
    made = Classroom.objects.get()
    assert (made.name, made.time_zone) == ("8a", "Europe/Berlin")
    assert made.timetable == [{"day": 0, "start": "08:00", "end": "09:30"}]
    assert Membership.objects.get(user=instructor).role == Role.INSTRUCTOR


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "a\u202eb"}, {"time_zone": "../etc/passwd"}, {"lessons": "Mo 9-8"}],
)
def test_nonsense_is_refused(browser: Client, classroom: Classroom, wrong: dict[str, str]) -> None:
    asked = {"name": "8a", "time_zone": "UTC", "lessons": ""} | wrong
    assert browser.post(f"/classes/{classroom.pk}/settings/", asked).status_code == 200
    classroom.refresh_from_db()
    assert classroom.name == "7b"


def test_only_staff_name_a_group(browser: Client, classroom: Classroom, superuser: User) -> None:
    asked = {"name": "8a", "time_zone": "UTC", "group": "everybody"}
    browser.post(f"/classes/{classroom.pk}/settings/", asked)
    classroom.refresh_from_db()
    assert (classroom.name, classroom.group) == ("8a", "")
    signed_in(superuser).post(f"/classes/{classroom.pk}/settings/", asked)
    classroom.refresh_from_db()
    assert classroom.group == "everybody"


@pytest.mark.parametrize("line", ["Mo 08:00-09:30", "mon 8:00–09:30", "Montag 08:00 - 09:30"])  # noqa: RUF001
def test_a_lesson_is_read_as_people_write_it(line: str) -> None:
    assert timetable_of(line) == [{"day": 0, "start": "08:00", "end": "09:30"}]


@pytest.mark.parametrize(
    "line", ["08:00-09:30", "Xx 08:00-09:30", "Mo 25:00-26:00", "Mo 9:00-9:00"]
)
def test_what_is_no_lesson_is_refused(line: str) -> None:
    with pytest.raises(ValidationError):
        timetable_of(line)


# --- Members -----------------------------------------------------------------------------------
def test_the_last_instructor_stays(browser: Client, classroom: Classroom, teacher: User) -> None:
    pk = Membership.objects.get(user=teacher).pk
    for asked in ({"do": "remove"}, {"role": "student"}):
        browser.post(f"/classes/{classroom.pk}/members/{pk}/", asked)
    browser.post(f"/classes/{classroom.pk}/leave/")
    assert Membership.objects.get(user=teacher).role == Role.INSTRUCTOR


def test_a_class_whose_instructors_are_gone_works_and_gets_another_one(
    classroom: Classroom, teacher: User, owner: User, superuser: User
) -> None:
    """Accounts are deleted whoever has them: a class may lose its last instructor so."""
    teacher.delete()
    student = signed_in(owner)
    for page in ("", "assignments/"):
        assert student.get(f"/classes/{classroom.pk}/{page}").status_code == 200
    administrator = signed_in(superuser)
    for page in ("", "members/", "live/", "figures/", "runs/", "rules/"):
        assert administrator.get(f"/classes/{classroom.pk}/{page}").status_code == 200
    mine = Membership.objects.get(user=owner).pk
    administrator.post(f"/classes/{classroom.pk}/members/{mine}/", {"role": "instructor"})
    assert Membership.objects.get(user=owner).role == Role.INSTRUCTOR
    assert student.get(f"/classes/{classroom.pk}/rules/").status_code == 200


def test_a_member_of_another_class_is_not_reached(
    browser: Client, classroom: Classroom, classmate: User
) -> None:
    other = a_class("other")
    member(other, classmate)
    pk = Membership.objects.get(user=classmate).pk
    for number in (pk, 0, 2**63, 10**30):
        answer = browser.post(f"/classes/{classroom.pk}/members/{number}/", {"do": "remove"})
        assert answer.status_code == 404
    assert Membership.objects.filter(user=classmate).exists()


def test_roles_change_and_are_recorded(browser: Client, classroom: Classroom, owner: User) -> None:
    pk = Membership.objects.get(user=owner).pk
    browser.post(f"/classes/{classroom.pk}/members/{pk}/", {"role": "assistant"})
    browser.post(f"/classes/{classroom.pk}/members/{pk}/", {"role": "superuser"})
    assert Membership.objects.get(user=owner).role == Role.ASSISTANT
    entry = AuditEntry.objects.get(action="changed_class")
    assert (entry.subject, entry.detail) == (owner, "role assistant")


def test_more_members_cost_no_more_queries(
    browser: Client, classroom: Classroom, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    path = f"/classes/{classroom.pk}/members/"
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        counts.append(len(queries))
        for one in range(5):
            new_member(classroom, f"student{number}{one}")
    assert len(set(counts)) == 1


# --- Rules and exams ---------------------------------------------------------------------------
def test_an_exam_is_read_on_the_clocks_of_the_class(browser: Client, classroom: Classroom) -> None:
    Classroom.objects.update(time_zone="Europe/Berlin")
    set_rules(browser, classroom, exam_start="2026-03-02T23:30", exam_end="2026-03-03T01:00")
    rules = ClassRules.objects.get()
    assert rules.exam_starts_at == datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    assert rules.exam_ends_at == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_all_in_the_exam() -> None:
    local = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert at_class(local, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert at_class(local, "Europe/Berlin", last=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_left_out_is_refused(browser: Client, classroom: Classroom) -> None:
    Classroom.objects.update(time_zone="Europe/Berlin")
    asked = {"exam_start": "2026-03-29T02:30", "exam_end": "2026-03-29T04:00"}
    assert "There is no 02:30 on that day" in set_rules(browser, classroom, **asked)
    assert not ClassRules.objects.exists()


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-03-02T10:00", ""), ("2026-03-02T10:00", "2026-03-02T09:00"), ("now", "then")],
)
def test_an_exam_has_two_times(browser: Client, classroom: Classroom, start: str, end: str) -> None:
    set_rules(browser, classroom, exam_start=start, exam_end=end)
    assert not ClassRules.objects.exists()


def test_a_student_does_not_leave_an_exam(
    browser: Client, classroom: Classroom, owner: User
) -> None:
    set_rules(browser, classroom, exam_start="2020-01-01T10:00", exam_end="2099-01-01T10:00")
    signed_in(owner).post(f"/classes/{classroom.pk}/leave/")
    assert Membership.objects.filter(user=owner).exists()
    set_rules(browser, classroom)
    signed_in(owner).post(f"/classes/{classroom.pk}/leave/")
    assert not Membership.objects.filter(user=owner).exists()


def test_an_archived_class_has_no_code(browser: Client, classroom: Classroom) -> None:
    browser.post(f"/classes/{classroom.pk}/code/", {"days": "3"})
    classroom.refresh_from_db()
    assert len(classroom.join_code or "") == 8
    browser.post(f"/classes/{classroom.pk}/archive/")
    browser.post(f"/classes/{classroom.pk}/code/", {"days": "3"})
    classroom.refresh_from_db()
    assert classroom.is_archived
    assert not classroom.join_code
    browser.post(f"/classes/{classroom.pk}/archive/", {"do": "reopen"})
    classroom.refresh_from_db()
    assert not classroom.is_archived


def test_all_rules_are_set_and_shown(browser: Client, classroom: Classroom, owner: User) -> None:
    task = an_assignment(classroom, title="Only this")
    asked = {
        "chosen_languages": ["python", "java"],
        "packages": "pandas, numpy\nnumpy",
        "forbidden_modules": "random os.path",
        "cpu_seconds": 5,
        "memory_bytes": 64,
        "playback": "on",
        "retention_days": 30,
        "exam_start": "2026-03-02T10:00",
        "exam_end": "2026-03-02T11:00",
        "exam_hides_old_code": "on",
        "chosen_tasks": [task.pk],
    }
    set_rules(browser, classroom, **asked)
    rules = ClassRules.objects.get()
    assert rules.packages == " numpy pandas "
    assert rules.forbidden_modules == " os.path random "
    assert rules.limits == {"cpu_seconds": 5, "memory_bytes": 64 * MIB}
    assert (rules.playback, rules.history, rules.windows, rules.sharing) == (True, *[False] * 3)
    assert rules.exam_tasks == str(task.pk)
    page = signed_in(owner).get(f"/classes/{classroom.pk}/").content.decode()
    for shown in (
        "Python, Java", "numpy, pandas", "os.path, random", "Processor time in seconds: 5",
        "Memory in MiB: 64", "may not open windows", "do not see what they ran", "is recorded",
        "kept for 30 days", "Only this", "older code is hidden",
    ):  # fmt: skip
        assert shown in page, shown
    form = browser.get(f"/classes/{classroom.pk}/rules/").content.decode()
    assert "numpy, pandas" in form
    set_rules(browser, classroom, packages="", forbidden_modules="")
    rules.refresh_from_db()
    assert (rules.packages, rules.limits, rules.exam_tasks) == ("", {}, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"packages": "numpy;rm"},
        {"packages": "ä"},
        {"packages": " ".join(f"a{n}" for n in range(201))},
        {"forbidden_modules": "../os"},
        {"forbidden_modules": "a" * 101},
        {"cpu_seconds": 10**9},
        {"cpu_seconds": 0},
        {"cpu_seconds": "1e9"},
        {"memory_bytes": 1},
        {"processes": 1},
        {"chosen_tasks": ["1 OR 1"]},
        {"chosen_languages": ["cobol"]},
    ],
)
def test_rules_that_are_none_are_refused(
    browser: Client, classroom: Classroom, wrong: dict[str, Any]
) -> None:
    an_assignment(classroom)
    set_rules(browser, classroom, **wrong)
    assert not ClassRules.objects.exists()


def test_an_assignment_of_another_class_is_none_of_the_exam(
    browser: Client, classroom: Classroom
) -> None:
    an_assignment(classroom)
    set_rules(browser, classroom, chosen_tasks=[an_assignment(a_class("other")).pk])
    assert not ClassRules.objects.exists()
