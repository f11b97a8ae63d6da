"""Nothing is left of an interview that is deleted, by its owner or by its age."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from pytest_django import Settings

from accounts.models import User
from accounts.own_data import parts
from runner.interviews import store
from runner.models import (
    Interview,
    InterviewRating,
    InterviewResult,
    InterviewTemplate,
    Recording,
    Room,
    RoomLine,
    RoomMember,
    RoomPast,
    RoomUpdate,
    Run,
    Snippet,
)
from runner.rooms import guests, saving
from runner.rooms import store as rooms
from runner.run_state import RunStatus
from tests.a_room import Copy
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.an_interview import a_candidate, an_interview, begun, over
from tests.cast import signed_in

ROWS = (
    Interview, InterviewRating, InterviewResult, Recording, Room, RoomLine, RoomMember, RoomPast,
    RoomUpdate, Run,
)  # fmt: skip


@pytest.fixture
def interview(instructor: User) -> Interview:
    """One of which there is something of everything."""
    one = begun(an_interview(instructor))
    candidate = a_candidate(one)
    copy = Copy()
    for update in rooms.since(one.room_id, 0)[1]:
        copy.take(update.data)
    rooms.append(one.room_id, 1, candidate, copy.type(0, "# Ann\n"))
    saving.merge_log(one.room_id)
    rooms.say(one.room_id, candidate, "Hello")
    finished_run(candidate, room=one.room)
    tested = finished_run(instructor)
    now = one.created_at
    InterviewResult.objects.create(interview=one, number=0, run=tested, at=now, passed=True)
    InterviewRating.objects.create(interview=one, author=instructor, score=4, at=now)
    return one


def nothing_is_left() -> bool:
    return not any(model.objects.exists() for model in ROWS)


def test_the_owner_deletes_all_of_it(interview: Interview, instructor: User) -> None:
    mine = a_snippet(instructor)
    assert all(model.objects.exists() for model in ROWS)
    answer = signed_in(instructor).post(f"/interviews/{interview.pk}/delete/")
    assert answer.headers["Location"] == "/interviews/"
    assert nothing_is_left()
    assert list(Snippet.objects.all()) == [mine]
    assert list(User.objects.all()) == [instructor]
    assert InterviewTemplate.objects.exists()


def test_it_is_deleted_so_many_days_after_its_end(interview: Interview, settings: Settings) -> None:
    settings.INTERVIEW_DAYS = 30
    over(interview, timedelta(days=29, hours=23))
    call_command("purge")
    assert Interview.objects.exists()
    assert Recording.objects.count() == 2
    over(interview, timedelta(days=30, hours=1))
    call_command("purge")
    assert nothing_is_left()
    assert not Snippet.objects.exists()
    assert not User.objects.filter(username__startswith="guest:").exists()


def test_one_that_never_ended_is_deleted_by_its_age(
    interview: Interview, settings: Settings
) -> None:
    settings.INTERVIEW_DAYS = 30
    old = interview.created_at - timedelta(days=31)
    Interview.objects.update(created_at=old, ends_at=None)
    assert store.forget_old() == 1
    assert nothing_is_left()


def test_a_candidates_work_outlives_the_link(interview: Interview) -> None:
    """Or the playback would lack what the candidate has run."""
    interview.room.invitations.update(expires_at=interview.created_at - timedelta(days=1))
    assert guests.forget_guests() == 0
    assert Run.objects.filter(room=interview.room).count() == 1
    guests.revoke(interview.room.invitations.get())
    assert Run.objects.filter(room=interview.room).count() == 1


def test_nothing_is_deleted_while_a_program_cannot_be_ended(
    interview: Interview, instructor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runner.runs.stopping.GIVE_UP_SECONDS", 0.0)
    Run.objects.filter(room=interview.room).update(status=RunStatus.RUNNING, outcome="")
    signed_in(instructor).post(f"/interviews/{interview.pk}/delete/")
    assert Interview.objects.exists()
    assert Run.objects.count() == 2


def test_who_deletes_the_own_data_deletes_the_interviews(
    interview: Interview, instructor: User
) -> None:
    part = next(one for one in parts() if one.name == "interviews")
    assert part.count(instructor) == 2
    names = [file.path for file in part.files(instructor)]
    assert names == [
        f"interviews/template {InterviewTemplate.objects.get().pk}.json",
        f"interviews/interview {interview.pk}.json",
    ]
    part.delete(instructor)
    assert nothing_is_left()
    assert not InterviewTemplate.objects.exists()


def test_a_candidate_who_starts_again_and_again_cannot_keep_it(
    interview: Interview, instructor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = User.objects.get(username__startswith="guest:")
    running = finished_run(candidate, room=interview.room)
    Run.objects.filter(pk=running.pk).update(status=RunStatus.RUNNING, outcome="")

    def stopped(pk: UUID) -> bool:
        Run.objects.filter(pk=pk).update(status=RunStatus.FINISHED, outcome="stopped")
        if User.objects.filter(pk=candidate.pk, is_active=True).exists():  # as a start asks
            again = finished_run(candidate, room=interview.room)
            Run.objects.filter(pk=again.pk).update(status=RunStatus.RUNNING, outcome="")
        return True

    monkeypatch.setattr("runner.runs.stop_run", stopped)
    signed_in(instructor).post(f"/interviews/{interview.pk}/delete/")
    assert nothing_is_left()
