"""What a class keeps of a student is exported and deleted by its instructor, and nothing else."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Classroom, Membership, Role, User
from runner.models import Hand, HandIn, Run, Writing
from tests.a_class import a_class, a_hand_in, new_member
from tests.a_run import finished_run
from tests.cast import signed_in, streamed


@pytest.fixture
def browser(classroom: Classroom) -> Client:
    return signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))


@pytest.fixture
def kept(classroom: Classroom, owner: User) -> dict[str, Any]:
    other = a_class("other")
    for each in (classroom, other):
        a_hand_in(each, owner)
        Writing.objects.create(owner=owner, classroom=each)
        Hand.objects.create(classroom=each, user=owner, text="Why?", raised_at=timezone.now())
    inside = finished_run(owner, classroom=classroom)
    outside = finished_run(owner)
    return {"inside": inside, "outside": outside}


def path(classroom: Classroom, owner: User, last: str) -> str:
    member = Membership.objects.get(user=owner, classroom=classroom)
    return f"/classes/{classroom.pk}/members/{member.pk}/{last}"


@pytest.mark.django_db(transaction=True)  # the file is made in another thread
def test_the_file_has_what_was_made_in_the_class(
    browser: Client, classroom: Classroom, owner: User, kept: dict[str, Any]
) -> None:
    answer = browser.get(path(classroom, owner, "data.json"))
    lines = [json.loads(line) for line in streamed(answer).splitlines()]
    assert [line["kind"] for line in lines] == ["run", "hand-in", "writing", "question"]
    assert lines[0]["id"] == str(kept["inside"].pk)
    assert owner.username in AuditEntry.objects.get(action="exported").detail


def test_it_is_deleted_once_the_name_is_typed(
    browser: Client, classroom: Classroom, owner: User, kept: dict[str, Any]
) -> None:
    where = path(classroom, owner, "delete/")
    for wrong in ({}, {"sure": "somebody"}):
        browser.post(where, wrong)
    assert Run.objects.count() == 2
    browser.post(where, {"sure": owner.username})
    assert [run.pk for run in Run.objects.all()] == [kept["outside"].pk]
    assert HandIn.objects.filter(student=owner).count() == 1
    assert Writing.objects.filter(owner=owner).count() == 1
    assert [hand.classroom.name for hand in Hand.objects.all()] == ["other"]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.ASSISTANT])
def test_other_roles_may_not(
    classroom: Classroom, owner: User, kept: dict[str, Any], role: Role
) -> None:
    other = signed_in(new_member(classroom, "somebody", role))
    assert other.get(path(classroom, owner, "data.json")).status_code == 403
    asked = {"sure": owner.username}
    assert other.post(path(classroom, owner, "delete/"), asked).status_code == 403
    assert Run.objects.count() == 2


def test_a_member_of_another_class_is_not_reached(
    browser: Client, classroom: Classroom, owner: User
) -> None:
    other = a_class("other")
    there = Membership.objects.create(classroom=other, user=owner)
    for number in (there.pk, 0, 2**63, 10**30):
        folder = f"/classes/{classroom.pk}/members/{number}"
        assert browser.get(f"{folder}/data.json").status_code == 404
        assert browser.post(f"{folder}/delete/", {"sure": owner.username}).status_code == 404
