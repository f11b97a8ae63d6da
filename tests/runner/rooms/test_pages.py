"""The pages of a room: who sees them, and who admits whom."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import ClassRules, User
from runner.infrastructure import clock
from runner.models import Room, RoomInvitation, RoomMember, RoomRole
from runner.rooms import guests
from tests.a_class import a_class, member, rules
from tests.a_room import a_room, admitted
from tests.a_snippet import a_snippet
from tests.cast import signed_in


@pytest.fixture
def room(owner: User) -> Room:
    return a_room(owner)


def link_to(room: Room) -> str:
    invitation = guests.invite(room, RoomRole.EDITOR, 1)
    return f"/rooms/{room.pk}/?guest={guests.token_of(invitation)}"


def in_an_exam(user: User) -> None:
    classroom, now, hour = a_class(), clock.read(), timedelta(hours=1)
    member(classroom, user)
    rules(classroom, exam_starts_at=now - hour, exam_ends_at=now + hour)


def test_an_owner_opens_a_room_of_a_snippet(owner: User) -> None:
    snippet = a_snippet(owner)
    answer = signed_in(owner).post(f"/snippets/{snippet.pk}/room/")
    room = Room.objects.get(snippet=snippet)
    assert answer.headers["Location"] == f"/rooms/{room.pk}/"
    assert signed_in(owner).get(f"/rooms/{room.pk}/").status_code == 200


def test_nobody_opens_a_room_of_others_code(owner: User, classmate: User) -> None:
    snippet = a_snippet(owner)
    assert signed_in(classmate).post(f"/snippets/{snippet.pk}/room/").status_code == 404
    assert not Room.objects.exists()


def test_who_is_no_member_finds_no_room(room: Room, classmate: User, stranger: Client) -> None:
    browser = signed_in(classmate)
    for path in ("", "people/"):
        assert browser.get(f"/rooms/{room.pk}/{path}").status_code == 404
        assert stranger.get(f"/rooms/{room.pk}/{path}").status_code == 302
    assert browser.get(f"/rooms/{2**70}/").status_code == 404
    assert stranger.get(f"/rooms/{room.pk}/ticket/").status_code == 404


CHANGES = {
    "people/add/": {"user": "stranger", "role": "editor"},
    "people/class/": {"class": ""},
    "people/invite/": {"role": "editor", "hours": "1"},
    "end/": {},
    "renew/": {},
}


@pytest.mark.parametrize("path", CHANGES)
def test_an_editor_admits_nobody(room: Room, classmate: User, path: str) -> None:
    admitted(room, classmate)
    answer = signed_in(classmate).post(f"/rooms/{room.pk}/{path}", CHANGES[path])
    assert answer.status_code in {403, 404}
    assert Room.objects.get().members.count() == 1
    assert not RoomInvitation.objects.exists()


def test_an_owner_admits_changes_and_removes(room: Room, owner: User, classmate: User) -> None:
    browser = signed_in(owner)
    browser.post(f"/rooms/{room.pk}/people/add/", {"user": "classmate", "role": "viewer"})
    member = RoomMember.objects.get()
    assert (member.user, member.role) == (classmate, RoomRole.VIEWER)
    assert "classmate" in browser.get(f"/rooms/{room.pk}/people/").text
    browser.post(f"/rooms/{room.pk}/people/{member.pk}/", {"role": "editor"})
    assert RoomMember.objects.get().role == RoomRole.EDITOR
    assert f"/rooms/{room.pk}/" in signed_in(classmate).get("/rooms/").text
    browser.post(f"/rooms/{room.pk}/people/{member.pk}/", {"do": "remove"})
    assert not RoomMember.objects.exists()


def test_nobody_is_made_an_owner(room: Room, owner: User, classmate: User) -> None:
    browser = signed_in(owner)
    wrong = {"user": "classmate", "role": "owner"}
    assert browser.post(f"/rooms/{room.pk}/people/add/", wrong).status_code == 404


def test_a_guest_comes_in_by_a_link_and_sees_nothing_else(room: Room, stranger: Client) -> None:
    link = link_to(room)
    assert 'name="name"' in stranger.get(link).text
    assert stranger.post(link, {"name": "Ann"}).headers["Location"] == link
    page = stranger.get(link)
    assert page.status_code == 200
    assert "room-config" in page.text
    assert 'id="room-start"' not in page.text, "guests start no programs"
    ticket = stranger.get(f"/rooms/{room.pk}/ticket/").json()["ticket"]
    found = guests.holder_of(ticket)
    assert found is not None
    assert found[0].first_name == "Ann"
    for path in ("/", "/snippets/", "/runs/", f"/rooms/{room.pk}/people/"):
        assert stranger.get(path).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["\u202egnA", "A\u200bnn", "A\u2066nn", "\u202e"])
def test_a_guests_name_looks_like_what_it_is(room: Room, stranger: Client, name: str) -> None:
    """It could turn what is beside it round, and look like that of somebody else."""
    answer = stranger.post(link_to(room), {"name": name})
    assert "invisible characters" in answer.text
    assert not RoomMember.objects.exists()


def test_a_guests_cookie_is_of_the_rooms_pages_alone(room: Room, stranger: Client) -> None:
    answer = stranger.post(link_to(room), {"name": "Ann"})
    cookie = answer.cookies[guests.cookie_name(room.pk)]
    assert cookie["path"] == f"/rooms/{room.pk}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("change", ["forged", "of another room", "revoked"])
def test_a_link_that_is_not_valid_admits_nobody(
    room: Room, owner: User, stranger: Client, change: str
) -> None:
    link = link_to(room)
    if change == "forged":
        link = link[:-2]
    elif change == "of another room":
        link = link.replace(f"/{room.pk}/", f"/{a_room(owner).pk}/")
    else:
        guests.revoke(RoomInvitation.objects.get())
    before = User.objects.count()
    assert stranger.get(link).status_code == 404
    assert stranger.post(link, {"name": "Ann"}).status_code == 404
    assert User.objects.count() == before


def test_a_student_finds_no_room_during_an_exam(room: Room, classmate: User) -> None:
    admitted(room, classmate)
    in_an_exam(classmate)
    answer = signed_in(classmate).get(f"/rooms/{room.pk}/")
    assert answer.headers["Location"] == "/rooms/"


def test_an_exam_of_its_owner_closes_a_room_for_all(
    room: Room, owner: User, classmate: User, stranger: Client
) -> None:
    """What others write there is saved in the owner's snippet, which may be one of the exam."""
    admitted(room, classmate)
    link = link_to(room)
    stranger.post(link, {"name": "Ann"})
    assert stranger.get(link).status_code == 200
    in_an_exam(owner)
    answer = signed_in(classmate).get(f"/rooms/{room.pk}/", follow=True)
    assert answer.redirect_chain == [("/rooms/", 302)]
    assert "Closed for now" in answer.content.decode()
    for guest, status in ((stranger, 423), (Client(), 404)):
        closed = guest.get(link)
        assert closed.status_code == 403
        assert "Closed for now" in closed.content.decode()
        assert guest.get(f"/rooms/{room.pk}/ticket/").status_code == status
    before = RoomMember.objects.count()
    assert Client().post(link, {"name": "Bob"}).status_code == 403
    assert RoomMember.objects.count() == before
    assert Client().get(f"/rooms/{room.pk}/?guest=wrong").status_code == 404
    ClassRules.objects.update(exam_ends_at=clock.read())
    assert stranger.get(link).status_code == 200
    assert signed_in(classmate).get(f"/rooms/{room.pk}/").status_code == 200


def test_ending_a_room_keeps_the_text_and_forgets_the_guests(
    room: Room, owner: User, stranger: Client
) -> None:
    stranger.post(link_to(room), {"name": "Ann"})
    answer = signed_in(owner).post(f"/rooms/{room.pk}/end/")
    assert answer.headers["Location"] == f"/snippets/{room.snippet_id}/"
    assert not Room.objects.exists()
    assert list(User.objects.all()) == [owner]


def test_a_page_that_was_closed_is_told_who_the_browser_is(
    room: Room, owner: User, classmate: User, stranger: Client
) -> None:
    """And nothing of a room to who is not in it: others are answered as where there is none."""
    path = f"/rooms/{room.pk}/standing/"
    assert signed_in(owner).get(path).json() == {"user": "owner", "admitted": True, "closed": False}
    assert stranger.get(path).json() == {"user": "", "admitted": False, "closed": False}
    other, outside = signed_in(classmate), {"user": "classmate", "admitted": False, "closed": False}
    assert other.get(path).json() == outside
    for number in (room.pk + 1, 2**70):
        assert other.get(f"/rooms/{number}/standing/").json() == outside
    admitted(room, classmate)
    assert other.get(path).json() == {"user": "classmate", "admitted": True, "closed": False}
    assert other.post(path).status_code == 405


def test_a_page_of_a_room_that_is_closed_for_now_is_told_so(
    room: Room, owner: User, classmate: User
) -> None:
    admitted(room, classmate)
    in_an_exam(owner)
    standing = signed_in(classmate).get(f"/rooms/{room.pk}/standing/").json()
    assert standing == {"user": "classmate", "admitted": False, "closed": True}
    ClassRules.objects.update(exam_ends_at=clock.read())
    assert signed_in(classmate).get(f"/rooms/{room.pk}/standing/").json()["admitted"]


def test_who_sits_an_exam_is_not_in_a_room(room: Room, classmate: User) -> None:
    admitted(room, classmate)
    classroom, now, hour = a_class(), clock.read(), timedelta(hours=1)
    member(classroom, classmate)
    rules(classroom, exam_starts_at=now - hour, exam_ends_at=now + hour)
    answer = signed_in(classmate).get(f"/rooms/{room.pk}/standing/")
    assert answer.json() == {"user": "classmate", "admitted": False, "closed": False}
