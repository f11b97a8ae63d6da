"""Who gets the socket of a class, and for how long."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser

from accounts.models import Classroom, Membership, Role
from tests.a_class import a_class
from tests.cast import someone
from tests.runner.classroom.conftest import Opens, joined

pytestmark = pytest.mark.django_db(transaction=True)
EXPELLED_SECONDS = 3.0


async def test_who_is_no_member_is_refused(opens: Opens, classroom: Classroom) -> None:
    stranger = await sync_to_async(someone)("stranger")
    assert await opens(stranger, classroom.pk) is None
    assert await opens(AnonymousUser(), classroom.pk) is None
    another = await sync_to_async(a_class)("another")
    instructor = await joined(another, "instructor", Role.INSTRUCTOR)
    assert await opens(instructor, classroom.pk) is None
    assert await opens(instructor, classroom.pk + 100) is None
    assert await opens(instructor, another.pk, origin=b"http://example.org") is None


ROLES = {
    Role.STUDENT: {"may_watch": False, "may_help": False, "may_stop": False, "may_show": False},
    Role.ASSISTANT: {"may_watch": True, "may_help": True, "may_stop": False, "may_show": False},
    Role.INSTRUCTOR: {"may_watch": True, "may_help": True, "may_stop": True, "may_show": True},
}


@pytest.mark.parametrize("role", ROLES)
async def test_a_member_is_told_its_role(opens: Opens, classroom: Classroom, role: Role) -> None:
    page = await opens(await joined(classroom, "member", role), classroom.pk)
    assert page is not None
    told = await page.wait_for("class", id=classroom.pk, role=role.value)
    assert ROLES[role].items() <= told.items()


OF_TEACHERS: list[dict[str, Any]] = [
    {"type": "watch_code", "user": "ada"},
    {"type": "answer_hand", "user": "ada", "text": "Coming"},
    {"type": "stop_run", "run": "0b1d7c6e-4c3b-4f6e-9f34-0f8a0a6f2a11", "reason": "Time is up"},
    {"type": "ask_show", "user": "ada"},
]


@pytest.mark.parametrize("message", OF_TEACHERS, ids=lambda one: str(one["type"]))
async def test_a_student_may_do_nothing_that_teachers_do(
    opens: Opens, classroom: Classroom, message: dict[str, Any]
) -> None:
    await joined(classroom, "ada")
    page = await opens(await joined(classroom, "bob"), classroom.pk)
    assert page is not None
    await page.send(message.pop("type"), **message)
    assert (await page.wait_for("error"))["code"] == "not_allowed"


async def test_a_student_is_told_nothing_of_others(opens: Opens, classroom: Classroom) -> None:
    student = await opens(await joined(classroom, "bob"), classroom.pk)
    teacher = await opens(await joined(classroom, "teacher", Role.INSTRUCTOR), classroom.pk)
    another = await opens(await joined(classroom, "ada"), classroom.pk)
    assert student and teacher and another  # noqa: PT018
    await another.send("raise_hand", **{"class": classroom.pk, "text": "A question of mine"})
    await teacher.wait_for_tile("ada", hand="A question of mine")
    await student.send("ping", id=1)
    await student.wait_for("pong")
    told = {message["type"] for message in student.inbox}
    assert told == {"class", "hand"}
    assert "mine" not in str(student.inbox)


CHANGES: dict[str, Callable[[Any], object]] = {
    "is removed": lambda members: members.delete(),
    "becomes a student": lambda members: members.update(role=Role.STUDENT),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_an_instructor_who_is_removed_sees_no_more_within_three_seconds(
    opens: Opens, classroom: Classroom, change: str
) -> None:
    ada = await opens(await joined(classroom, "ada"), classroom.pk)
    teacher = await opens(await joined(classroom, "teacher", Role.INSTRUCTOR), classroom.pk)
    assert ada and teacher  # noqa: PT018
    await teacher.wait_for_tile("ada")
    await teacher.send("watch_code", user="ada")
    await ada.wait_for("watched", by=["teacher"])
    members = Membership.objects.filter(user=teacher.user)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await sync_to_async(CHANGES[change])(members)
    assert await teacher.close_code() == 4401
    assert loop.time() - began < EXPELLED_SECONDS
    await ada.wait_for("watched", by=[], code=False)


async def test_nonsense_is_answered_and_the_socket_stays(
    opens: Opens, classroom: Classroom
) -> None:
    page = await opens(await joined(classroom, "ada"), classroom.pk)
    assert page is not None
    nonsense: list[dict[str, Any]] = [
        {"type": "raise_hand", "class": classroom.pk, "text": ""},
        {"type": "raise_hand", "class": classroom.pk, "text": "two\nlines"},
        {"type": "raise_hand", "class": classroom.pk, "text": " \u2028 "},
        {"type": "raise_hand", "class": classroom.pk, "text": "x" * 201},
        {"type": "raise_hand", "class": classroom.pk + 1, "text": "Of another class"},
        {"type": "class.event", "kind": "HandChanged"},
        {"type": "editing", "language": "python", "user": "bob"},
        {"type": "send_code", "files": [], "main": "main.py"},
    ]
    for message in nonsense:
        await page.send(message.pop("type"), **message)
        assert (await page.wait_for("error"))["code"] == "bad_message"
    await page.send("send_code", files=[{"path": "a", "content": "x" * 70_000}], main="a")
    assert (await page.wait_for("error"))["code"] == "too_large"
    await page.send("ping", id=1)
    await page.wait_for("pong", id=1)
