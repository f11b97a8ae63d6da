"""Who teaches a class sees what was run in it, and nothing else of its students."""

from uuid import uuid4

import pytest

from accounts.audit import AuditAction
from accounts.models import AuditEntry, Classroom, Role, User
from runner import access
from runner.access import Action, NotFound
from runner.protocol.refusals import NotAllowed
from tests.a_class import a_class, member, new_member
from tests.a_run import finished_run
from tests.a_snippet import a_snippet

OPENED = AuditAction.OPENED_RUN
WATCHING = [Role.ASSISTANT, Role.INSTRUCTOR]


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class()
    member(made, owner)
    return made


@pytest.mark.parametrize("role", WATCHING)
def test_who_teaches_sees_the_runs_made_in_the_class(
    owner: User, classroom: Classroom, role: Role
) -> None:
    teacher = new_member(classroom, "teacher", role)
    run = finished_run(owner, classroom=classroom)
    assert access.visible_run(teacher, run.pk, OPENED, "") == run
    assert access.may_watch(teacher, run)
    assert not access.may_control(teacher, run)
    assert access.may_help(teacher, run)
    assert access.may_stop(teacher, run) is (role == Role.INSTRUCTOR)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.subject, entry.target) == (teacher, owner, f"run {run.pk}")


@pytest.mark.parametrize("role", WATCHING)
def test_who_teaches_sees_no_run_outside_of_the_class_and_no_snippet(
    owner: User, classroom: Classroom, role: Role
) -> None:
    teacher = new_member(classroom, "teacher", role)
    other = a_class("other")
    member(other, owner)
    a_snippet(owner)
    for run in (finished_run(owner), finished_run(owner, classroom=other)):
        with pytest.raises(NotFound):
            access.visible_run(teacher, run.pk, OPENED, "")
        assert not access.may_watch(teacher, run)
        assert not access.may_stop(teacher, run)
    assert not access.visible_snippets(teacher).exists()


def test_classmates_see_nothing_of_each_other(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    member(classroom, classmate)
    run = finished_run(owner, classroom=classroom)
    with pytest.raises(NotFound):
        access.visible_run(classmate, run.pk, OPENED, "")
    assert not access.may_watch(classmate, run)


def test_who_taught_the_class_does_not_see_it_any_more(owner: User, classroom: Classroom) -> None:
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    run = finished_run(owner, classroom=classroom)
    teacher.memberships.all().delete()
    with pytest.raises(NotFound):
        access.visible_run(teacher, run.pk, OPENED, "")


def test_a_class_of_others_looks_like_one_that_does_not_exist(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    said = set()
    for action in Action:
        for number in (classroom.pk, classroom.pk + 1, 0, -1, 2**63, 10**30):
            with pytest.raises(NotFound) as refused:
                access.classroom(classmate, number, action)
            said.add(str(refused.value.reason_code))
    assert said == {"no_such_class"}
    assert access.classroom(owner, classroom.pk, Action.SEE_CLASS) == classroom
    with pytest.raises(NotAllowed):
        access.classroom(owner, classroom.pk, Action.SEE_MEMBERS)


def test_a_run_that_does_not_exist_is_answered_as_one_of_another_class(
    owner: User, classroom: Classroom
) -> None:
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    said = set()
    for run_id in (uuid4(), finished_run(owner).pk):
        with pytest.raises(NotFound) as refused:
            access.visible_run(teacher, run_id, OPENED, "")
        said.add(str(refused.value))
    assert len(said) == 1


def test_staff_without_a_class_go_on_seeing_everybodys_runs(
    owner: User, instructor: User, classroom: Classroom
) -> None:
    run = finished_run(owner, classroom=classroom)
    assert access.visible_run(instructor, run.pk, OPENED, "") == run
    assert access.may_watch(instructor, run)
    assert not access.may_stop(instructor, run)
    assert access.classroom(instructor, classroom.pk, Action.SEE_MEMBERS) == classroom
    with pytest.raises(NotAllowed):
        access.classroom(instructor, classroom.pk, Action.CHANGE_MEMBERS)
