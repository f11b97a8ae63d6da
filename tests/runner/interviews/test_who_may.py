# size: one table of roles, and everything that each may open
"""Who opens which page of an interview, and what a candidate can find out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Role, User
from runner import access
from runner.infrastructure import clock
from runner.interviews import store
from runner.models import Interview, Room, RoomRole
from runner.rooms import guests
from tests.a_class import a_class, member, rules
from tests.a_room import a_room
from tests.a_run import finished_run
from tests.an_interview import (
    NOTES,
    a_candidate,
    a_template,
    an_interview,
    begun,
    over,
)
from tests.cast import signed_in, someone


@pytest.fixture
def interview(instructor: User) -> Interview:
    return an_interview(instructor)


@pytest.fixture
def interviewer(interview: Interview) -> User:
    user = someone("interviewer")
    store.add_interviewer(interview, user)
    return user


def as_guest(user: User, room: Room) -> Client:
    """The browser of a guest of that room."""
    browser = Client()
    browser.cookies[guests.cookie_name(room.pk)] = guests.cookie_value(user, room.pk)
    return browser


READ = ("", "tests/", "playback/", "playback/story/", "playback/updates/")
OF_OWNER = {"links/": {"hours": "24"}, "interviewers/": {"user": "classmate"}, "delete/": {}}
OF_BOTH = {"timer/": {"do": "start"}, "rating/": {"score": "4"}}


@pytest.mark.parametrize("page", READ)
def test_owner_and_interviewers_read_and_nobody_else_does(
    interview: Interview, instructor: User, interviewer: User, classmate: User, page: str
) -> None:
    address = f"/interviews/{interview.pk}/{page}"
    assert signed_in(instructor).get(address).status_code == 200
    assert signed_in(interviewer).get(address).status_code == 200
    assert signed_in(classmate).get(address).status_code == 404
    assert signed_in(someone("staff", is_staff=True)).get(address).status_code == 404
    for user, room in ((a_candidate(interview), interview.room), (guest_elsewhere(), a_room_of())):
        assert as_guest(user, room).get(address).status_code in {302, 403}
    assert Client().get(address).status_code in {302, 403}
    assert signed_in(instructor).get(f"/interviews/{2**70}/{page}").status_code == 404


def a_room_of() -> Room:
    return Room.objects.get(owner__username="host")


def guest_elsewhere() -> User:
    room = a_room(someone("host"))
    return guests.join(guests.invite(room, RoomRole.EDITOR, 24), "Bob")


@pytest.mark.parametrize("page", OF_OWNER)
def test_an_interviewer_admits_nobody_and_deletes_nothing(
    interview: Interview, interviewer: User, classmate: User, page: str
) -> None:
    address = f"/interviews/{interview.pk}/{page}"
    for user in (interviewer, classmate):
        assert signed_in(user).post(address, OF_OWNER[page]).status_code == 404
    assert as_guest(a_candidate(interview), interview.room).post(address).status_code == 302
    assert Interview.objects.filter(pk=interview.pk).exists()
    assert interview.room.invitations.count() == 1  # the candidate's
    assert not access.interviews_of(classmate).exists()


@pytest.mark.parametrize("page", OF_BOTH)
def test_timer_and_rating_are_of_owner_and_interviewers(
    interview: Interview, interviewer: User, classmate: User, page: str
) -> None:
    address = f"/interviews/{interview.pk}/{page}"
    assert signed_in(classmate).post(address, OF_BOTH[page]).status_code == 404
    assert as_guest(a_candidate(interview), interview.room).post(address).status_code == 302
    interview.refresh_from_db()
    assert interview.started_at is None
    assert not interview.ratings.exists()
    assert signed_in(interviewer).post(address, OF_BOTH[page]).status_code == 302
    interview.refresh_from_db()
    assert (interview.started_at is not None) == (page == "timer/")
    assert interview.ratings.exists() == (page == "rating/")


def test_a_candidate_finds_neither_notes_nor_hidden_tests(interview: Interview) -> None:
    begun(interview)
    browser = as_guest(a_candidate(interview), interview.room)
    link = guests.token_of(interview.room.invitations.get())
    page = browser.get(f"/rooms/{interview.room_id}/?guest={link}")
    assert page.status_code == 200
    assert "Write a <strong>greeting</strong>." in page.text
    assert "Ada" in page.text
    for secret in ("xyzzy", "Secret", NOTES, f"/interviews/{interview.pk}/", "start-timer"):
        assert secret not in page.text
    assert interview.notes is not None
    for address in (
        f"/rooms/{interview.notes_id}/",
        f"/rooms/{interview.notes_id}/?guest={link}",
        f"/rooms/{interview.notes_id}/ticket/",
    ):
        assert browser.get(address).status_code in {302, 404}


def test_no_cookie_or_ticket_of_one_room_opens_the_notes(interview: Interview) -> None:
    candidate = a_candidate(interview)
    assert interview.notes_id is not None
    for room in (interview.notes_id, interview.room_id + 1000):
        cookies = {guests.cookie_name(room): guests.cookie_value(candidate, room)}
        assert guests.guest_of(cookies, room) is None
        assert guests.holder_of(guests.ticket_for(candidate, room)) is None
    assert access.room_role(candidate, interview.notes_id) is None


PEOPLE = {
    "": None,
    "add/": {"user": "classmate", "role": "editor"},
    "class/": {"class": ""},
    "invite/": {"role": "editor", "hours": "1"},
}


@pytest.mark.parametrize("page", PEOPLE)
@pytest.mark.parametrize("kind", ["room", "notes"])
def test_people_come_into_its_rooms_by_the_interview_alone(
    interview: Interview, instructor: User, classmate: User, kind: str, page: str
) -> None:
    """Else a link to the notes could be made by mistake."""
    address = f"/rooms/{getattr(interview, f'{kind}_id')}/people/{page}"
    browser, said = signed_in(instructor), PEOPLE[page]
    answer = browser.get(address) if said is None else browser.post(address, said)
    assert answer.status_code == 404
    assert access.room_role(classmate, interview.room_id) is None


def test_its_rooms_are_ended_by_the_interview_alone(interview: Interview, instructor: User) -> None:
    for room in (interview.room_id, interview.notes_id):
        assert signed_in(instructor).post(f"/rooms/{room}/end/").status_code == 404
        assert signed_in(instructor).post(f"/rooms/{room}/renew/").status_code == 404


@pytest.mark.parametrize(
    ("change", "role"),
    [
        (lambda one: one, RoomRole.VIEWER),
        (begun, RoomRole.EDITOR),
        (over, RoomRole.VIEWER),
    ],
    ids=["not begun", "begun", "over"],
)
def test_a_candidate_writes_while_the_timer_runs(
    interview: Interview, interviewer: User, change: Callable[[Interview], object], role: RoomRole
) -> None:
    candidate = a_candidate(interview)
    change(interview)
    assert access.room_role(candidate, interview.room_id) == role
    assert access.room_role(interviewer, interview.room_id) == RoomRole.EDITOR
    assert access.room_role(interview.owner, interview.room_id) == RoomRole.OWNER


def test_a_removed_candidate_has_no_role_and_stays_in_the_record(
    interview: Interview, instructor: User
) -> None:
    begun(interview)
    candidate = a_candidate(interview)
    run = finished_run(candidate, room=interview.room)
    number = interview.room.members.get(user=candidate).pk
    browser = signed_in(instructor)
    assert browser.post(f"/interviews/{interview.pk}/candidates/{number}/").status_code == 302
    assert access.room_role(candidate, interview.room_id) is None
    assert (
        as_guest(candidate, interview.room).get(f"/rooms/{interview.room_id}/ticket/").status_code
        == 404
    )
    run.refresh_from_db()
    assert guests.forget_guests() == 0


def test_a_revoked_link_lets_nobody_in_and_its_guests_go(
    interview: Interview, instructor: User
) -> None:
    begun(interview)
    candidate = a_candidate(interview)
    link = interview.room.invitations.get()
    signed_in(instructor).post(f"/interviews/{interview.pk}/links/{link.pk}/")
    assert access.room_role(candidate, interview.room_id) is None
    assert guests.invitation_of(guests.token_of(link), interview.room_id) is None
    assert guests.invitation_of(guests.token_of(link)[:-1], interview.room_id) is None


def test_an_interviewer_who_is_removed_leaves_both_rooms(
    interview: Interview, instructor: User, interviewer: User
) -> None:
    said = {"user": interviewer.username, "do": "remove"}
    signed_in(instructor).post(f"/interviews/{interview.pk}/interviewers/", said)
    assert interview.notes_id is not None
    for room in (interview.room_id, interview.notes_id):
        assert access.room_role(interviewer, room) is None
    assert signed_in(interviewer).get(f"/interviews/{interview.pk}/").status_code == 404


def test_who_makes_classes_makes_templates(instructor: User, classmate: User) -> None:
    teacher = member(a_class(), someone("teacher"), Role.INSTRUCTOR)
    for user in (instructor, teacher):
        assert signed_in(user).get("/interviews/templates/").status_code == 200
        assert signed_in(user).get("/interviews/templates/new/").status_code == 200
    for page in ("", "new/"):
        assert signed_in(classmate).get(f"/interviews/templates/{page}").status_code == 403
        assert Client().get(f"/interviews/templates/{page}").status_code == 302
    assert signed_in(classmate).get("/interviews/").status_code == 200


@pytest.mark.parametrize("page", ["", "copy/", "delete/", "begin/"])
def test_templates_are_their_owners_alone(instructor: User, page: str) -> None:
    template = a_template(instructor)
    other = signed_in(someone("colleague", is_staff=True))
    address = f"/interviews/templates/{template.pk}/{page}"
    answer = other.post(address, {"candidate": ""}) if page else other.get(address)
    assert answer.status_code == 404
    assert type(template).objects.get().owner == instructor
    assert not Interview.objects.exists()


def test_who_teaches_one_class_reads_no_templates_in_an_exam_of_another(classmate: User) -> None:
    member(a_class("taught"), classmate, Role.INSTRUCTOR)
    template, browser = a_template(classmate), signed_in(classmate)
    page = f"/interviews/templates/{template.pk}/"
    assert browser.get(page).status_code == 200
    classroom, now, hour = a_class("7c"), clock.read(), timedelta(hours=1)
    member(classroom, classmate)
    rules(classroom, exam_starts_at=now - hour, exam_ends_at=now + hour)
    assert browser.get(page).status_code == 404
    assert template.title not in browser.get("/interviews/templates/").text
