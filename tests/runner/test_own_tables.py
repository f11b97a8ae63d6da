"""Every table that names a user: what is in the archive of own data, and what is left of it."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.models import Classroom, User
from accounts.own_data import archive, delete_account
from runner import seats
from runner.models import Hand, Interview, InterviewRating, RoomLine
from tests.a_class import a_class, member, rules
from tests.a_room import a_room

# By table and column: the file of the archive, or why there is none.
TABLES = {
    "AuditEntry.actor": "sign-ins-and-changes.csv",
    "AuditEntry.subject": "opened-by-staff.csv",
    "Membership.user": "account.json",
    "DueException.student": "shown on the page of the assignment; the instructor's decision",
    "Hand.answered_by": "in the archive of who has asked",
    "Hand.user": "questions.json",
    "HandIn.student": "hand-ins/",
    "Interview.owner": "interviews/",
    "InterviewRating.author": "interviews/",
    "InterviewResult.author": "output of the candidate's program",
    "InterviewTemplate.owner": "interviews/",
    "LineComment.author": "in the archive of the student whose code it is about",
    "OpenSocket.user": "gone with the page",
    "RemovedRuns.owner": "a count of runs",
    "Room.owner": "its text is in the snippet",
    "RoomLine.author": "rooms/",
    "RoomMember.user": "admitted by somebody else",
    "RoomUpdate.author": "its text is in the snippet",
    "Run.owner": "runs/",
    "Snippet.owner": "snippets/",
    "Writing.owner": "writing/",
}


def test_every_table_that_names_a_user_is_known() -> None:
    """Who adds one decides whether it is in the archive."""
    found = {
        f"{model.__name__}.{field.name}"
        for name in ("accounts", "runner")
        for model in apps.get_app_config(name).get_models()
        for field in model._meta.fields
        if field.is_relation and field.related_model is get_user_model()
    }
    assert found == set(TABLES)


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class("7b")
    member(made, owner)
    return made


def asked(classroom: Classroom, user: User, days: int = 0) -> Hand:
    at = timezone.now() - timedelta(days=days)
    return Hand.objects.create(classroom=classroom, user=user, text="Why?", raised_at=at)


def archive_of(user: User) -> dict[str, Any]:
    with ZipFile(BytesIO(b"".join(archive.pieces(user)))) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


def test_what_was_asked_said_and_rated_is_in_the_archive(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    asked(classroom, owner)
    room, now = a_room(classmate), timezone.now()
    for user, text in ((owner, "mine"), (classmate, "theirs")):
        RoomLine.objects.create(room=room, author=user, name=user.username, text=text, at=now)
    interview = Interview.objects.create(
        owner=classmate, room=room, title="Trees", languages=["python"], minutes=0
    )
    InterviewRating.objects.create(interview=interview, author=owner, score=4, remark="", at=now)
    found = archive_of(owner)
    (question,) = json.loads(found["questions.json"])
    assert (question["classroom__name"], question["text"]) == ("7b", "Why?")
    (line,) = json.loads(found["rooms/messages.json"])
    assert line["text"] == "mine"
    (rating,) = json.loads(found["interviews/ratings of others' interviews.json"])
    assert (rating["interview__title"], rating["score"]) == ("Trees", 4)
    assert not {"questions.json", "rooms/messages.json"} - set(found)
    delete_account(owner, owner)
    assert not Hand.objects.exists()
    assert [one.text for one in RoomLine.objects.all()] == ["theirs"]
    assert not InterviewRating.objects.exists()


def test_questions_are_kept_as_long_as_runs(
    owner: User, classmate: User, classroom: Classroom, settings: Any
) -> None:
    settings.RETAIN_RUN_DAYS = 90
    short = a_class("short")
    rules(short, retention_days=7)
    asked(classroom, owner, 91)
    kept = asked(classroom, classmate, 89)
    asked(short, owner, 8)
    new = asked(short, classmate, 6)
    assert seats.forget_old() == 2
    assert set(Hand.objects.values_list("pk", flat=True)) == {kept.pk, new.pk}
    assert seats.forget_old() == 0
