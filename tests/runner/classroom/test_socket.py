"""Who gets the socket of a class, and for how long."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole, SiteRole
from accounts.models import Classroom, Membership, Role, User
from runner.infrastructure import clock
from tests.a_class import a_class, member, rules
from tests.cast import someone
from tests.runner.classroom.conftest import Opens, joined

pytestmark = pytest.mark.django_db(transaction=True)
EXPELLED_SECONDS = 3.0
SHOWN = {
    "files": [{"path": "main.py", "content": "print(1)\n"}],
    "path": "main.py", "language": "python", "screen": "1", "rows": 24, "cols": 80,
}  # fmt: skip


async def test_who_is_no_member_is_refused(opens: Opens, classroom: Classroom) -> None:
    stranger = await sync_to_async(someone)("stranger")
    assert await opens(stranger, classroom.pk) is None
    assert await opens(AnonymousUser(), classroom.pk) is None
    another = await sync_to_async(a_class)("another")
    instructor = await joined(another, "instructor", Role.INSTRUCTOR)
    assert await opens(instructor, classroom.pk) is None
    assert await opens(instructor, classroom.pk + 100) is None
    assert await opens(instructor, another.pk, origin=b"http://example.org") is None


MAY = {
    "may_watch": Action.WATCH_RUN,
    "may_help": Action.HELP_WITH_RUN,
    "may_stop": Action.STOP_RUN,
    "may_show": Action.SHOW,
}


async def in_role(classroom: Classroom, role: AnyRole) -> User:
    if isinstance(role, Role):
        return await joined(classroom, "somebody", role)
    return await sync_to_async(someone)(
        "somebody", is_staff=True, is_superuser=role == SiteRole.SUPERUSER
    )


@pytest.mark.parametrize("role", ALLOWED)
async def test_a_page_is_told_what_its_role_may(
    opens: Opens, classroom: Classroom, role: AnyRole
) -> None:
    page = await opens(await in_role(classroom, role), classroom.pk)
    assert page is not None
    told = await page.wait_for("class", id=classroom.pk)
    for word, action in MAY.items():
        assert told[word] is (action in ALLOWED[role])


ASKS: tuple[tuple[Action, str, dict[str, Any]], ...] = (
    (Action.WATCH_RUN, "watch_code", {"user": "ada"}),
    (Action.HELP_WITH_RUN, "answer_hand", {"user": "ada", "text": "Coming"}),
    (Action.STOP_RUN, "stop_run", {"run": str(UUID(int=1)), "reason": "Time is up"}),
    (Action.SHOW, "ask_show", {"user": "ada"}),
    (Action.SHOW, "show", SHOWN),
)


@pytest.mark.parametrize(("action", "kind", "fields"), ASKS, ids=[kind for _, kind, _ in ASKS])
@pytest.mark.parametrize("role", ALLOWED)
async def test_messages_obey_the_table(
    opens: Opens,
    classroom: Classroom,
    role: AnyRole,
    action: Action,
    kind: str,
    fields: dict[str, Any],
) -> None:
    await joined(classroom, "ada")
    page = await opens(await in_role(classroom, role), classroom.pk)
    assert page is not None
    if Action.WATCH_RUN in ALLOWED[role]:
        await page.wait_for_tile("ada")
    await page.send(kind, **fields)
    await page.send("ping", id=7)
    await page.wait_for("pong", id=7)
    refused = [one["code"] for one in page.inbox if one["type"] == "error"]
    if action not in ALLOWED[role]:
        assert refused == ["not_allowed"]
    else:  # there is no such run
        assert refused == (["not_found"] if kind == "stop_run" else [])


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


async def test_an_exam_closes_the_sockets_of_other_classes(
    opens: Opens, classroom: Classroom
) -> None:
    """There, programs are shown and hands answered. Who teaches goes on, and so does the exam."""
    exam = await sync_to_async(a_class)("exam")
    ada, teacher = await joined(exam, "ada"), await joined(exam, "teacher")
    await sync_to_async(member)(classroom, ada)
    await sync_to_async(member)(classroom, teacher, Role.INSTRUCTOR)
    elsewhere, inside = await opens(ada, classroom.pk), await opens(ada, exam.pk)
    teaching = await opens(teacher, classroom.pk)
    assert elsewhere and inside and teaching  # noqa: PT018

    def begin_exam() -> None:
        hour, now = timedelta(hours=1), clock.read()
        rules(exam, exam_starts_at=now - hour, exam_ends_at=now + hour)

    await sync_to_async(begin_exam)()
    assert await elsewhere.close_code() == 4401
    assert await opens(ada, classroom.pk) is None
    for page in (inside, teaching):
        await page.send("ping", id=1)
        await page.wait_for("pong", id=1)


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
