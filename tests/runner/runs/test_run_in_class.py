"""A run belongs to the class that was chosen, if its owner may start it there."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from accounts.models import Classroom, Role, User
from runner.access import NotFound
from runner.infrastructure import loop_database
from runner.models import Executor, Run
from runner.protocol.messages import StartInteractive
from runner.protocol.refusals import NotAllowed
from tests.a_class import a_class, member, rules
from tests.runner.runs.queued_runs import claimed, created, program

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def in_class(number: int | None, **fields: Any) -> StartInteractive:
    start = program(**fields).model_dump(by_alias=True)
    return StartInteractive.model_validate(start | {"class": number})


def test_a_run_belongs_to_the_class_that_its_owner_chose(owner: User, executor: Executor) -> None:
    classroom = a_class()
    member(classroom, owner)
    run, _ = created(owner, in_class(classroom.pk), "")
    assert Run.objects.get(pk=run.pk).classroom == classroom
    taken = claimed(executor)
    assert taken.pk == run.pk
    # Else the executor would ask the database for it, which it may not do in its event loop.
    assert "classroom_id" not in taken.get_deferred_fields()
    assert taken.classroom_id == classroom.pk


def test_without_a_class_it_belongs_to_none(owner: User) -> None:
    member(a_class(), owner)
    run, _ = created(owner, in_class(None), "")
    assert Run.objects.get(pk=run.pk).classroom is None


def test_a_class_of_others_looks_like_one_that_does_not_exist(
    owner: User, instructor: User, superuser: User
) -> None:
    classroom = a_class()
    said = set()
    for user in (owner, instructor, superuser):
        for number in (classroom.pk, classroom.pk + 1, 0, -1, 2**63, 2**70):
            with pytest.raises(NotFound) as refused:
                created(user, in_class(number), "")
            said.add(str(refused.value.reason_code))
    assert said == {"no_such_class"}
    assert not Run.objects.exists()


def test_nothing_is_started_in_a_class_that_has_ended(owner: User) -> None:
    classroom = a_class(archived_at=timezone.now())
    member(classroom, owner)
    with pytest.raises(NotAllowed) as refused:
        created(owner, in_class(classroom.pk), "")
    assert refused.value.reason_code == "class_archived"


@pytest.mark.parametrize("languages", [" java c ", " python-console ", " pythonic "])
def test_students_use_the_languages_of_the_class(owner: User, languages: str) -> None:
    classroom = a_class()
    member(classroom, owner)
    rules(classroom, languages=languages)
    with pytest.raises(NotAllowed) as refused:
        created(owner, in_class(classroom.pk), "")
    assert refused.value.reason_code == "class_language"
    rules(classroom, languages=" java python ")
    assert created(owner, in_class(classroom.pk), "")[0]


def test_an_instructor_uses_any_language(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner, Role.INSTRUCTOR)
    rules(classroom, languages=" java ")
    assert created(owner, in_class(classroom.pk), "")[0]


def test_during_an_exam_a_student_runs_in_no_other_class_and_outside_of_none(owner: User) -> None:
    exam, other = a_class("exam"), a_class("other")
    member(exam, owner)
    member(other, owner)
    now = timezone.now()
    rules(exam, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    for number in (other.pk, None):
        with pytest.raises(NotAllowed) as refused:
            created(owner, in_class(number), "")
        assert refused.value.reason_code == "exam_of_class"
        assert refused.value.figures == {"class_name": "exam"}
    assert created(owner, in_class(exam.pk), "")[0]
    Classroom.objects.filter(pk=exam.pk).update(archived_at=now)  # it has ended, with its exam
    assert created(owner, in_class(other.pk), "")[0]


@pytest.mark.parametrize(("start", "end"), [(-2, -1), (1, 2)])
def test_an_exam_begins_and_ends_by_itself(owner: User, start: int, end: int) -> None:
    exam = a_class("exam")
    member(exam, owner)
    now = timezone.now()
    rules(exam, exam_starts_at=now + start * HOUR, exam_ends_at=now + end * HOUR)
    assert created(owner, in_class(None), "")[0]


def test_who_teaches_the_class_is_not_in_its_exam(owner: User) -> None:
    exam = a_class("exam")
    member(exam, owner, Role.ASSISTANT)
    now = timezone.now()
    rules(exam, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    assert created(owner, in_class(None), "")[0]


def test_a_run_in_a_class_is_asked_for_in_one_trip(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    rules(classroom, languages=" python ")
    trips = loop_database.in_one_trip
    with patch.object(loop_database, "in_one_trip", side_effect=trips) as counted:
        assert created(owner, in_class(classroom.pk), "")[0]
    assert counted.call_count == 1
