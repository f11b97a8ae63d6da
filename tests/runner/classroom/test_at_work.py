# size: one class of two members, and all that each sees of the other.
"""What members of a class see of each other."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.utils import timezone

from accounts.models import Classroom, Role, User
from runner import runs
from runner.classroom import desk
from runner.infrastructure import messaging
from runner.models import Hand, Run
from runner.protocol import channel
from runner.protocol.classes.channel import RunReport, RunReports, staff_group
from tests.a_class import rules
from tests.a_run import finished_run
from tests.runner.classroom.conftest import Opens, Page, joined

pytestmark = pytest.mark.django_db(transaction=True)
CODE = [{"path": "main.py", "content": "print(1)\n"}]


async def a_lesson(opens: Opens, classroom: Classroom) -> tuple[Page, Page]:
    """A student's page and a teacher's, which shows that the student is there."""
    student = await opens(await joined(classroom, "ada"), classroom.pk)
    teacher = await opens(await joined(classroom, "teacher", Role.INSTRUCTOR), classroom.pk)
    assert student is not None
    assert teacher is not None
    await teacher.wait_for_tile("ada", state="idle")
    return student, teacher


async def test_the_grid_shows_who_comes_types_and_leaves(
    opens: Opens, classroom: Classroom
) -> None:
    await joined(classroom, "bob")
    student, teacher = await a_lesson(opens, classroom)
    bob = await opens(await sync_to_async(classroom.members.get)(username="bob"), classroom.pk)
    await teacher.wait_for_tile("bob", state="idle")
    await student.send("editing", language="python")
    await teacher.wait_for_tile("ada", state="editing", language="python")
    assert bob is not None
    await bob.socket.disconnect()
    await teacher.wait_for_tile("bob", state="offline")


async def test_the_grid_asks_executors_and_shows_what_they_say(
    opens: Opens, classroom: Classroom
) -> None:
    layer, executor = get_channel_layer(), channel.executor_channel("one")
    await layer.group_add(channel.EXECUTORS, executor)
    student, teacher = await a_lesson(opens, classroom)
    async with asyncio.timeout(10):
        asked = channel.decode(await layer.receive(executor))
    await layer.group_discard(channel.EXECUTORS, executor)
    assert asked == channel.ReportClass("", classroom.pk)
    report = RunReport(
        classroom.pk, student.user.pk, str(UUID(int=1)), "python", "waiting", 1.0, 1.0, "Name:"
    )
    await messaging.send_to_class(staff_group(classroom.pk), report)
    tile = await teacher.wait_for_tile("ada", state="waiting")
    assert (tile["line"], tile["run"]) == ("Name:", str(UUID(int=1)))
    several = RunReports.of(classroom.pk, [replace(report, line="Age:", since=2.0)])
    several.reports.insert(0, {"kind": "OfAnotherVersion"})
    await messaging.send_to_class(staff_group(classroom.pk), several)
    await teacher.wait_for_tile("ada", state="waiting", line="Age:")


async def test_who_opens_the_grid_later_sees_what_the_database_has(
    opens: Opens, classroom: Classroom
) -> None:
    ada = await joined(classroom, "ada")
    fields: dict[str, Any] = {"classroom": classroom, "outcome": "failed", "exit_code": 1}
    error: dict[str, Any] = {
        "error_name": "NameError",
        "error_line": 4,
        "finished_at": timezone.now(),
    }
    await sync_to_async(finished_run)(ada, **fields, **error)
    await sync_to_async(finished_run)(ada, outcome="completed")  # in no class
    teacher = await opens(await joined(classroom, "teacher", Role.ASSISTANT), classroom.pk)
    assert teacher is not None
    tile = await teacher.wait_for_tile("ada", state="offline")
    assert (tile["error"], tile["error_line"], tile["outcome"]) == ("NameError", 4, "failed")
    page = await opens(ada, classroom.pk)
    assert page is not None
    await teacher.wait_for_tile("ada", state="failed")


async def test_staff_who_do_not_teach_there_answer_nothing(
    opens: Opens, classroom: Classroom, instructor: User
) -> None:
    """The table of docs/classes.md: they see a class, and change nothing in it."""
    student, teacher = await a_lesson(opens, classroom)
    staff = await opens(instructor, classroom.pk)
    assert staff is not None
    await staff.wait_for_tile("ada", state="idle")
    await student.send("raise_hand", **{"class": classroom.pk, "text": "Why?"})
    await staff.wait_for_tile("ada", hand="Why?")
    for kind, fields in (
        ("answer_hand", {"user": "ada", "text": "Because"}),
        ("ask_show", {"user": "ada"}),
        ("stop_run", {"run": str(UUID(int=1)), "reason": "No"}),
    ):
        await staff.send(kind, **fields)
        await staff.wait_for("error", code="not_allowed")
    assert await Hand.objects.filter(answered_at=None).acount() == 1
    await teacher.wait_for_tile("ada", hand="Why?")


async def test_a_hand_is_raised_answered_and_both_see_it(
    opens: Opens, classroom: Classroom
) -> None:
    student, teacher = await a_lesson(opens, classroom)
    await student.wait_for("hand", raised=False)
    await student.send("raise_hand", **{"class": classroom.pk, "text": "Why is it empty?"})
    await student.wait_for("hand", raised=True, text="Why is it empty?")
    tile = await teacher.wait_for_tile("ada", hand="Why is it empty?")
    # Who asks in other words keeps the place.
    await student.send("raise_hand", **{"class": classroom.pk, "text": "Why is my list empty?"})
    again = await teacher.wait_for_tile("ada", hand="Why is my list empty?")
    assert again["hand_at"] == tile["hand_at"]
    await teacher.send("answer_hand", user="ada", text="I am coming.")
    answer = await student.wait_for("hand", raised=False, answer="I am coming.")
    assert answer["answered_by"] == "teacher"
    await teacher.wait_for_tile("ada", hand="")
    await student.send("raise_hand", **{"class": classroom.pk, "text": "Another one"})
    await teacher.wait_for_tile("ada", hand="Another one")
    await student.send("lower_hand", **{"class": classroom.pk})
    await teacher.wait_for_tile("ada", hand="")
    assert await Hand.objects.acount() == 0


async def test_questions_come_at_a_limited_rate(opens: Opens, classroom: Classroom) -> None:
    student, _ = await a_lesson(opens, classroom)
    for number in range(50):
        await student.send("raise_hand", **{"class": classroom.pk, "text": f"Number {number}"})
    assert (await student.wait_for("error"))["code"] == "rate_limited"
    assert await Hand.objects.acount() == 1


async def test_the_teacher_sees_the_code_as_it_is_and_the_student_who_looks(
    opens: Opens, classroom: Classroom
) -> None:
    student, teacher = await a_lesson(opens, classroom)
    await sync_to_async(finished_run)(student.user, classroom=classroom)
    await teacher.send("watch_code", user="ada")
    assert (await teacher.wait_for("code", live=False))["main"] == "main.py"
    await student.wait_for("watched", by=["teacher"], code=True)
    await student.send("send_code", files=CODE, main="main.py", line=3)
    code = await teacher.wait_for("code", live=True)
    assert (code["files"], code["line"], code["user"]) == (CODE, 3, "ada")
    await teacher.send("watch_code", user=None)
    await student.wait_for("watched", by=[], code=False)
    await student.send("send_code", files=CODE, main="main.py")
    await teacher.send("ping", id=1)
    await teacher.wait_for("pong")
    assert not [message for message in teacher.inbox if message["type"] == "code"]


async def test_code_goes_to_nobody_who_has_not_asked(opens: Opens, classroom: Classroom) -> None:
    student, teacher = await a_lesson(opens, classroom)
    await student.send("send_code", files=CODE, main="main.py")
    await teacher.send("watch_code", user="nobody")
    assert (await teacher.wait_for("error"))["reason_code"] == "no_such_member"
    assert not [message for message in teacher.inbox if message["type"] == "code"]


async def test_quiet_watching_is_not_told(opens: Opens, classroom: Classroom) -> None:
    await sync_to_async(rules)(classroom, quiet_watching=True)
    student, teacher = await a_lesson(opens, classroom)
    await teacher.send("watch_code", user="ada")
    assert (await student.wait_for("watched"))["by"] == []
    await student.send("send_code", files=CODE, main="main.py")
    await teacher.wait_for("code", live=True)


async def test_a_page_that_was_open_before_a_rule_is_told_by_it(
    opens: Opens, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opened the page while watching was quiet went on watching without a word."""
    monkeypatch.setattr(desk, "CYCLE_SECONDS", 0.1)
    await sync_to_async(rules)(classroom, quiet_watching=True)
    student, teacher = await a_lesson(opens, classroom)
    await teacher.send("watch_code", user="ada")
    await student.wait_for("watched", by=[], code=True)
    await sync_to_async(rules)(classroom, quiet_watching=False)
    await student.wait_for("watched", by=["teacher"], code=True)
    await sync_to_async(rules)(classroom, quiet_watching=True)
    await student.wait_for("watched", by=[], code=True)


async def test_a_program_is_stopped_with_words_that_its_owner_reads(
    opens: Opens, classroom: Classroom
) -> None:
    student, teacher = await a_lesson(opens, classroom)
    run = await Run.objects.acreate(
        owner=student.user, classroom=classroom, language="python", files=CODE, main="main.py",
        rows=24, cols=80,
    )  # fmt: skip
    await teacher.send("stop_run", run=str(run.pk), reason="Please listen for a moment.")
    await teacher.wait_for("stopped", run=str(run.pk), ended=True)
    end = await sync_to_async(runs.exit_of)(run.pk)
    assert end.outcome == "stopped_by_instructor"
    assert end.figures == {"instructor": "teacher", "words": "Please listen for a moment."}


async def test_nobody_stops_programs_of_other_classes(opens: Opens, classroom: Classroom) -> None:
    student, teacher = await a_lesson(opens, classroom)
    fields = {"language": "python", "files": CODE, "main": "main.py", "rows": 24, "cols": 80}
    private = await Run.objects.acreate(owner=student.user, **fields)
    await teacher.send("stop_run", run=str(private.pk), reason="Mine")
    assert (await teacher.wait_for("error"))["code"] == "not_found"
    assistant = await opens(await joined(classroom, "helper", Role.ASSISTANT), classroom.pk)
    run = await Run.objects.acreate(owner=student.user, classroom=classroom, **fields)
    assert assistant is not None
    await assistant.send("stop_run", run=str(run.pk), reason="Mine")
    assert (await assistant.wait_for("error"))["code"] == "not_allowed"
    assert await Run.objects.filter(status="queued").acount() == 2


SHOWN = {"path": "main.py", "language": "python", "screen": "Hello", "rows": 24, "cols": 80}


async def test_a_program_is_shown_to_all_also_to_who_comes_later(
    opens: Opens, classroom: Classroom
) -> None:
    student, teacher = await a_lesson(opens, classroom)
    await teacher.send("show", files=CODE, **SHOWN)
    assert (await student.wait_for("shown", by="teacher"))["files"] == CODE
    await teacher.send("show", **(SHOWN | {"screen": "Hello again", "top": 5}))
    again = await student.wait_for("shown", screen="Hello again")
    assert (again["files"], again["top"]) == (None, 5)
    late = await opens(await joined(classroom, "late"), classroom.pk)
    assert late is not None
    assert (await late.wait_for("shown", screen="Hello again"))["files"] == CODE
    await teacher.socket.disconnect()
    for page in (student, late):
        await page.wait_for("show_ended", by="teacher")


async def test_a_student_shows_a_program_only_after_saying_yes(
    opens: Opens, classroom: Classroom
) -> None:
    student, teacher = await a_lesson(opens, classroom)
    await student.send("show", files=CODE, **SHOWN)
    assert (await student.wait_for("error"))["code"] == "not_allowed"
    await student.send("allow_show", allow=True)  # that nobody has asked for
    assert (await student.wait_for("error"))["code"] == "not_allowed"
    await teacher.send("ask_show", user="ada")
    await student.wait_for("show_asked", by="teacher")
    await student.send("allow_show", allow=False)
    await teacher.wait_for("show_answered", user="ada", allow=False)
    await student.send("show", files=CODE, **SHOWN)
    assert (await student.wait_for("error"))["code"] == "not_allowed"
    await teacher.send("ask_show", user="ada")
    await student.wait_for("show_asked", by="teacher")
    await student.send("allow_show", allow=True)
    await teacher.wait_for("show_answered", user="ada", allow=True)
    await student.send("show", files=CODE, **SHOWN)
    assert (await teacher.wait_for("shown", by="ada"))["files"] == CODE
    await student.send("end_show")
    await teacher.wait_for("show_ended", by="ada")
