# size: one timer, and all that is decided by it
"""The timer: who may write and run when, as the server decides it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async

from accounts.models import User
from runner import access, runs
from runner.infrastructure import clock
from runner.interviews import store
from runner.models import Executor, Interview, Run
from runner.protocol.messages import StartInteractive
from runner.protocol.refusals import NotAllowed
from runner.rooms import deadline, keeper
from runner.rooms import store as rooms
from runner.run_state import Outcome, RunStatus
from tests.a_room import Copy
from tests.an_interview import CODE, a_candidate, an_interview, begun, over
from tests.cast import signed_in, someone
from tests.runner.rooms.conftest import Opens, synced

pytestmark = pytest.mark.django_db(transaction=True)
EXPELLED_SECONDS = 3.0


@pytest.fixture
def interview(transactional_db: None) -> Interview:
    return an_interview(someone("instructor", is_staff=True))


@pytest.fixture
def candidate(interview: Interview) -> User:
    return a_candidate(interview)


def an_update(interview: Interview, text: str) -> bytes:
    copy = Copy()
    for update in rooms.since(interview.room_id, 0)[1]:
        copy.take(update.data)
    return copy.type(0, text)


@pytest.mark.parametrize("change", [lambda one: one, over], ids=["before", "after"])
def test_no_update_of_a_candidate_is_taken_outside_of_its_time(
    interview: Interview, candidate: User, change: Callable[[Interview], object]
) -> None:
    data = an_update(interview, "# too late\n")
    change(interview)
    with pytest.raises(NotAllowed, match="room_role"):
        rooms.append(interview.room_id, 1, candidate, data)
    assert interview.room.updates.count() == 1
    assert rooms.append(interview.room_id, 1, interview.owner, data) == 2


def test_an_update_is_taken_until_the_end(interview: Interview, candidate: User) -> None:
    begun(interview)
    assert rooms.append(interview.room_id, 1, candidate, an_update(interview, "a")) == 2
    store.end(interview)
    with pytest.raises(NotAllowed, match="room_role"):
        rooms.append(interview.room_id, 1, candidate, an_update(interview, "b"))
    store.extend(interview)
    assert rooms.append(interview.room_id, 1, candidate, an_update(interview, "c")) == 3


def test_the_timer_starts_once_and_ends_after_its_minutes(interview: Interview) -> None:
    assert store.start(interview)
    assert not store.start(interview)
    begun(interview)
    assert interview.started_at is not None
    assert interview.ends_at == interview.started_at + timedelta(minutes=60)
    assert store.extend(interview)
    interview.refresh_from_db()
    assert interview.ends_at == interview.started_at + timedelta(minutes=65)


def test_without_minutes_it_goes_on_until_it_is_ended(candidate: User) -> None:
    open_ended = begun(an_interview(someone("other", is_staff=True), minutes=0))
    writer = a_candidate(open_ended)
    assert open_ended.ends_at is None
    assert access.room_role(writer, open_ended.room_id) == "editor"
    assert not store.extend(open_ended)
    assert store.end(open_ended)
    assert access.room_role(writer, open_ended.room_id) == "viewer"


def test_it_is_not_extended_for_ever(interview: Interview) -> None:
    begun(interview)
    late = clock.read() - timedelta(minutes=store.LONGEST_MINUTES)
    Interview.objects.update(started_at=late, ends_at=late + timedelta(hours=9))
    assert not store.extend(interview)


# --- Sockets -------------------------------------------------------------------------------------
async def test_everybody_is_told_of_the_timer(
    opens: Opens, interview: Interview, candidate: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.1)
    page = await synced(opens, interview.owner, interview.room)
    waiting = await page.wait_for("timer")
    assert (waiting["minutes"], waiting["started_at"], waiting["ends_at"]) == (60, None, None)
    await sync_to_async(store.start)(interview)
    told = await page.wait_for("timer")
    assert told["ends_at"] - told["started_at"] == pytest.approx(3600)
    assert abs(told["now"] - told["started_at"]) < 60


async def test_a_candidates_page_becomes_one_that_reads_when_the_time_is_over(
    opens: Opens, interview: Interview, candidate: User
) -> None:
    await sync_to_async(begun)(interview)
    page = await opens_as_guest(opens, candidate, interview)
    assert (await page.wait_for("room"))["role"] == "editor"
    await page.sync()
    await page.wait_for("synced")
    await sync_to_async(over)(interview)
    await page.type(0, "too late")
    assert (await page.wait_for("error"))["reason_code"] == "room_role"
    async with asyncio.timeout(EXPELLED_SECONDS):
        assert (await page.wait_for("closed"))["code"] == 4401
    again = await opens_as_guest(opens, candidate, interview)
    assert (await again.wait_for("room"))["role"] == "viewer"
    assert await Interview.objects.filter(room__seq=1).aexists()


async def test_who_is_no_member_gets_no_socket_of_its_rooms(
    opens: Opens, interview: Interview, candidate: User
) -> None:
    classmate = await sync_to_async(someone)("classmate")
    assert interview.notes_id is not None
    for room in (interview.room_id, interview.notes_id):
        assert await opens(classmate, room) is None
    assert await opens(candidate, interview.notes_id) is None
    assert await opens(interview.owner, interview.notes_id) is not None


async def opens_as_guest(opens: Opens, guest: User, interview: Interview) -> Any:
    page = await opens(guest, interview.room_id)
    assert page is not None
    return page


# --- Programs ------------------------------------------------------------------------------------
def start(interview: Interview, language: str = "python") -> StartInteractive:
    return StartInteractive.model_validate(
        {
            "type": "start_interactive",
            "language": language,
            "files": [{"path": "main.py", "content": CODE}],
            "room": interview.room_id,
            "rows": 24,
            "cols": 80,
        }
    )


def check(user: User, interview: Interview, language: str = "python") -> None:
    access.check_room_start(user, interview.room_id, language)


@pytest.mark.parametrize("change", [lambda one: one, over], ids=["before", "after"])
def test_a_candidate_starts_nothing_outside_of_its_time(
    interview: Interview, candidate: User, change: Callable[[Interview], object]
) -> None:
    change(interview)
    with pytest.raises(NotAllowed, match="interview_closed"):
        check(candidate, interview)
    check(interview.owner, interview)


def test_only_allowed_languages_are_started(interview: Interview, candidate: User) -> None:
    begun(interview)
    for user in (candidate, interview.owner):
        check(user, interview)
        for language in ("javascript", "", "x" * 5000):
            with pytest.raises(NotAllowed, match="interview_language"):
                check(user, interview, language)


def test_candidates_run_one_program_at_a_time(interview: Interview, candidate: User) -> None:
    begun(interview)
    second = a_candidate(interview, "Bob")
    run = running(candidate, interview)
    for user in (candidate, second):
        with pytest.raises(NotAllowed, match="interview_running"):
            check(user, interview)
    check(interview.owner, interview)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.FINISHED, outcome=Outcome.STOPPED)
    check(second, interview)


def running(user: User, interview: Interview, **fields: Any) -> Run:
    given = {"language": "python", "files": [], "main": "main.py", "rows": 24, "cols": 80}
    return Run.objects.create(owner=user, room=interview.room, **given | fields)


async def test_a_candidates_program_ends_with_the_interview(
    interview: Interview, candidate: User, executor: Executor
) -> None:
    await sync_to_async(begun)(interview)
    run, _ = await runs.create_run(candidate, start(interview), "")
    stored = await Run.objects.aget(pk=run.pk)
    assert stored.ceilings is not None
    assert 3590 <= stored.ceilings["wall_seconds"] <= 3600
    owner = await User.objects.aget(pk=interview.owner_id)
    mine, _ = await runs.create_run(owner, start(interview), "")
    assert (await Run.objects.aget(pk=mine.pk)).ceilings is None


@pytest.mark.parametrize("ends", [store.end, lambda one: deadline.end_runs(one.room_id)])
def test_programs_of_candidates_are_stopped_and_others_are_not(
    interview: Interview, candidate: User, ends: Callable[[Interview], object]
) -> None:
    begun(interview)
    run, mine = running(candidate, interview), running(interview.owner, interview)
    deadline.end_runs(interview.room_id)
    assert outcome_of(run.pk) == ""
    if ends is not store.end:
        over(interview)
    ends(interview)
    assert outcome_of(run.pk) == Outcome.STOPPED_BY_INSTRUCTOR
    assert outcome_of(mine.pk) == ""


@pytest.mark.parametrize("way", ["candidates", "links"])
def test_the_program_of_a_candidate_who_has_to_leave_ends(
    interview: Interview, candidate: User, way: str
) -> None:
    begun(interview)
    run = running(candidate, interview)
    member = interview.room.members.get(user=candidate)
    number = {"candidates": member.pk, "links": member.invitation_id}[way]
    owner = User.objects.get(pk=interview.owner_id)
    signed_in(owner).post(f"/interviews/{interview.pk}/{way}/{number}/")
    assert outcome_of(run.pk) == Outcome.STOPPED
    assert access.room_role(candidate, interview.room_id) is None


def test_programs_end_also_where_nobody_has_a_page_open(
    interview: Interview, candidate: User
) -> None:
    begun(interview)
    run = running(candidate, interview)
    assert deadline.end_all_runs() == 0
    over(interview)
    assert deadline.end_all_runs() == 1
    assert outcome_of(run.pk) == Outcome.STOPPED_BY_INSTRUCTOR


def outcome_of(run: UUID) -> str:
    return str(Run.objects.get(pk=run).outcome)


def test_of_two_candidates_who_start_in_one_instant_one_does(
    interview: Interview, candidate: User, executor: Executor
) -> None:
    """Both have been let in, as no program was running."""
    begun(interview)
    asked = start(interview)
    other = a_candidate(interview, "Bob")
    run, _ = asyncio.run(runs.create_run(candidate, asked, "a terminal"))
    for guest in (candidate, other):
        with pytest.raises(NotAllowed, match="interview_running"):
            asyncio.run(runs.create_run(guest, asked, "another terminal"))
    asyncio.run(runs.create_run(interview.owner, asked, "the interviewer's terminal"))
    Run.objects.filter(pk=run.pk).update(status=RunStatus.FINISHED, outcome=Outcome.COMPLETED)
    assert asyncio.run(runs.create_run(other, asked, "another terminal"))
