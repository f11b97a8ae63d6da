"""Whoever takes an exam in one class is no assistant of another one meanwhile."""

from dataclasses import replace

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import Classroom, ClassRules, Membership, Role, User
from runner import access
from runner.models import Run
from tests.a_class import a_class, a_hand_in, member
from tests.a_run import finished_run
from tests.cast import signed_in
from tests.runner.test_access_in_exams import exam


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class()
    member(made, owner)
    return made


@pytest.fixture
def other_class(owner: User, classmate: User) -> Classroom:
    """Where `owner` helps, and somebody else runs programs."""
    other = a_class("other")
    member(other, owner, Role.ASSISTANT)
    member(other, classmate)
    return other


def let_in(user: User, classroom: Classroom, run: Run) -> set[access.Pass]:
    """To the page of the class, and to a terminal that shows a run of it."""
    session = SessionStore()
    session.create()
    watching = replace(access.pass_of(user, session), run=run.pk)
    return {access.pass_of(user, session, classroom.pk), watching}


def test_who_takes_an_exam_helps_in_no_other_class(
    owner: User, classmate: User, classroom: Classroom, other_class: Classroom
) -> None:
    """Assistants are often students: what is run where they help may be the answers."""
    run, browser = finished_run(classmate, classroom=other_class), signed_in(owner)
    handed_in = a_hand_in(other_class, classmate).assignment
    passes = let_in(owner, other_class, run)
    pages = [
        f"/classes/{other_class.pk}/{path}"
        for path in ("", "runs/", "members/", f"assignments/{handed_in.pk}/hand-ins/")
    ]
    assert [browser.get(page).status_code for page in pages] == 4 * [200]
    assert access.still_signed_in(passes) == passes
    exam(classroom)
    assert [browser.get(page).status_code for page in pages] == 4 * [403]
    assert browser.get(f"/runs/{run.pk}/").status_code == 404
    assert not browser.get("/admin/runner/run/").context["cl"].result_list
    with pytest.raises(access.NotFound):
        access.attachable_run(owner, run.pk, {})
    assert not access.may_watch(owner, run)
    assert not access.may_help(owner, run)
    assert access.still_signed_in(passes) == set()
    ClassRules.objects.update(exam_ends_at=timezone.now())
    assert [browser.get(page).status_code for page in pages] == 4 * [200]


def test_an_instructor_keeps_the_class_while_taking_an_exam(
    owner: User, classmate: User, classroom: Classroom, other_class: Classroom
) -> None:
    run = finished_run(classmate, classroom=other_class)
    Membership.objects.filter(classroom=other_class, user=owner).update(role=Role.INSTRUCTOR)
    passes = let_in(owner, other_class, run)
    exam(classroom)
    assert signed_in(owner).get(f"/classes/{other_class.pk}/runs/").status_code == 200
    assert access.attachable_run(owner, run.pk, {}) == run
    assert access.still_signed_in(passes) == passes


def test_an_assistant_helps_in_the_class_that_takes_the_exam(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    member(classroom, classmate, Role.ASSISTANT)
    run = finished_run(owner, classroom=classroom)
    passes = let_in(classmate, classroom, run)
    exam(classroom)
    assert access.attachable_run(classmate, run.pk, {}) == run
    assert access.still_signed_in(passes) == passes
