"""What instructors do with chosen runs in the administration: in their own classes alone."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Classroom, Role, User
from runner.models import Run
from runner.run_state import Outcome, RunStatus
from tests.a_class import a_class, member, new_member
from tests.a_run import finished_run
from tests.cast import signed_in, streamed

RUNS = "/admin/runner/run/"


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class("7b")
    member(made, owner)
    return made


@pytest.fixture
def teacher(classroom: Classroom) -> Client:
    return signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))


def queued_run(owner: User, **fields: Any) -> Run:
    given: dict[str, Any] = {
        "status": RunStatus.QUEUED,
        "outcome": "",
        "exit_code": None,
        "reason_code": "",
    }
    return finished_run(owner, **given | fields)


def act(browser: Client, action: str, *runs: Run) -> bytes:
    asked = {"action": action, "_selected_action": [str(run.pk) for run in runs]}
    answer = browser.post(RUNS, asked)
    return streamed(answer) if answer.streaming else b""


def test_runs_of_the_class_are_stopped_and_no_others(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    inside, private = queued_run(owner, classroom=classroom), queued_run(owner)
    act(teacher, "stop_runs", inside, private)
    inside.refresh_from_db()
    private.refresh_from_db()
    assert inside.outcome == Outcome.STOPPED_BY_INSTRUCTOR
    assert private.status == RunStatus.QUEUED
    entry = AuditEntry.objects.get(detail="stopped")
    assert (entry.subject, entry.target) == (owner, f"run {inside.pk}")


def test_an_assistant_and_staff_stop_nothing(
    classroom: Classroom, owner: User, instructor: User
) -> None:
    run = queued_run(owner, classroom=classroom)
    for user in (new_member(classroom, "assistant", Role.ASSISTANT), instructor):
        act(signed_in(user), "stop_runs", run)
        run.refresh_from_db()
        assert run.status == RunStatus.QUEUED


@pytest.mark.django_db(transaction=True)  # an export is made in another thread
@pytest.mark.parametrize("action", ["export_csv", "export_json"])
def test_an_export_has_runs_of_classes_that_may_be_exported(
    teacher: Client, classroom: Classroom, owner: User, action: str
) -> None:
    inside, private = finished_run(owner, classroom=classroom), finished_run(owner)
    text = act(teacher, action, inside, private).decode()
    assert str(inside.pk) in text
    assert str(private.pk) not in text
    assert AuditEntry.objects.filter(action="exported", target="runs").exists()
    assistant = signed_in(new_member(classroom, "assistant", Role.ASSISTANT))
    assert str(inside.pk) not in act(assistant, action, inside).decode()


@pytest.mark.django_db(transaction=True)
def test_json_has_one_run_a_line(teacher: Client, classroom: Classroom, owner: User) -> None:
    run = finished_run(owner, classroom=classroom)
    told = json.loads(act(teacher, "export_json", run))
    assert (told["id"], told["owner__username"]) == (str(run.pk), owner.username)


def test_the_filter_offers_own_classes_alone(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    other = a_class("secret")
    inside, outside = (finished_run(owner, classroom=each) for each in (classroom, other))
    page = teacher.get(RUNS).content.decode()
    assert "7b" in page
    assert "secret" not in page
    for number, found in ((classroom.pk, [inside.pk]), (other.pk, []), ("x", []), (10**30, [])):
        listed = teacher.get(RUNS, {"classroom": number}).context["cl"].result_list
        assert [run.pk for run in listed] == found
    assert outside.pk not in [run.pk for run in teacher.get(RUNS).context["cl"].result_list]


def test_more_runs_and_classes_cost_no_more_queries(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    counts = []
    for _ in range(2):
        finished_run(owner, classroom=classroom)
        for path in (RUNS, "/admin/accounts/classroom/"):
            with CaptureQueriesContext(connection) as queries:
                assert teacher.get(path).status_code == 200
            counts.append(len(queries))
        for number in range(4):
            extra = a_class(f"more{number}")
            member(extra, User.objects.get(username="teacher"), Role.INSTRUCTOR)
            finished_run(owner, classroom=extra)
    assert counts[:2] == counts[2:]


def test_a_run_has_its_code_its_output_and_why_it_ended(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    run = finished_run(owner, classroom=classroom)
    page = teacher.get(f"{RUNS}{run.pk}/change/").content.decode()
    for shown in ("name = input(", "Hello Ada", f"/runs/{run.pk}/"):
        assert shown in page


def test_the_size_of_a_class_is_shown(teacher: Client, classroom: Classroom, owner: User) -> None:
    run = finished_run(owner, classroom=classroom)
    Run.objects.filter(pk=run.pk).update(recording_bytes=3 * 1024 * 1024, source_bytes=0)
    assert "3.0\xa0MB" in teacher.get("/admin/accounts/classroom/").content.decode()
