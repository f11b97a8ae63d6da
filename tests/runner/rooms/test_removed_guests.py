# size: what holds in rooms and in interviews alike
"""A guest who was removed stays outside, in rooms and in interviews; and links are renewed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.limits import Limits
from runner.models import Room, RoomInvitation, RoomMember, RoomRole
from runner.protocol.refusals import NotAllowed
from runner.rooms import guests
from tests.a_room import a_room
from tests.an_interview import an_interview
from tests.cast import signed_in, someone

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """A room, and the pages on which its owner decides who is in it."""

    room: Room
    owner: Client
    page: str
    member: str
    link: str

    def invite(self, hours: int = 24) -> RoomInvitation:
        return guests.invite(self.room, RoomRole.EDITOR, hours)

    def address(self, invitation: RoomInvitation) -> str:
        return f"/rooms/{self.room.pk}/?guest={guests.token_of(invitation)}"

    def remove(self, guest: User, do: str = "remove") -> None:
        number = RoomMember.objects.get(user=guest).pk
        self._post(self.member.format(number), do)

    def change(self, invitation: RoomInvitation, do: str = "") -> None:
        self._post(self.link.format(invitation.pk), do)

    def _post(self, address: str, do: str) -> None:
        answer = self.owner.post(address, {"do": do})
        assert answer.headers["Location"] == self.page


def of_a_room() -> Place:
    room = a_room(someone("instructor"))
    pages = f"/rooms/{room.pk}/"
    people = f"{pages}people/"
    return Place(room, signed_in(room.owner), people, people + "{}/", pages + "links/{}/")


def of_an_interview() -> Place:
    interview = an_interview(someone("instructor", is_staff=True))
    page = f"/interviews/{interview.pk}/"
    owner = signed_in(interview.owner)
    return Place(interview.room, owner, page, page + "candidates/{}/", page + "links/{}/")


@pytest.fixture(params=[of_a_room, of_an_interview], ids=["room", "interview"])
def place(request: pytest.FixtureRequest, db: None) -> Place:
    make: Callable[[], Place] = request.param
    return make()


def joined(browser: Client, address: str, name: str = "Ann") -> User:
    answer = browser.post(address, {"name": name})
    assert answer.headers["Location"] == address
    return User.objects.get(first_name=name)


def is_in(browser: Client, address: str) -> bool:
    return "room-config" in browser.get(address).text


def test_who_was_removed_does_not_come_in_again_by_any_link(place: Place, stranger: Client) -> None:
    address = place.address(place.invite())
    guest = joined(stranger, address)
    assert is_in(stranger, address)
    place.remove(guest)
    people = User.objects.count()
    for again in (address, place.address(place.invite())):
        answer = stranger.get(again)
        assert (answer.status_code, "You were removed" in answer.text) == (403, True)
        answer = stranger.post(again, {"name": "Another name"})
        assert (answer.status_code, "You were removed" in answer.text) == (403, True)
    assert stranger.get(f"/rooms/{place.room.pk}/ticket/").status_code == 404
    assert User.objects.count() == people
    assert access.room_role(guest, place.room.pk) is None


def test_it_holds_after_the_link_of_the_guest_has_ended_or_was_revoked(place: Place) -> None:
    short, revoked, long = place.invite(1), place.invite(1), place.invite(168)
    browsers = {link: Client() for link in (short, revoked)}
    for link, browser in browsers.items():
        place.remove(joined(browser, place.address(link), f"Guest {link.pk}"))
    place.change(revoked)
    RoomInvitation.objects.filter(pk=short.pk).update(expires_at=clock.read())
    guests.forget_guests()
    for browser in browsers.values():
        assert browser.get(place.address(long)).status_code == 403


def test_the_browser_knows_the_guest_for_as_long_as_a_link_is_valid(
    place: Place, stranger: Client
) -> None:
    short, _ = place.invite(1), place.invite(168)
    answer = stranger.post(place.address(short), {"name": "Ann"})
    age = int(answer.cookies[guests.cookie_name(place.room.pk)]["max-age"])
    assert timedelta(hours=167) < timedelta(seconds=age) <= timedelta(hours=168)
    assert age <= guests.COOKIE_SECONDS


def test_others_stay_and_come_in(place: Place, stranger: Client) -> None:
    address, other = place.address(place.invite()), Client()
    guest, staying = joined(stranger, address), joined(other, address, "Bob")
    place.remove(guest)
    assert is_in(other, address)
    assert access.room_role(staying, place.room.pk) is not None
    assert joined(Client(), address, "Carl")


def test_a_cookie_of_another_room_or_a_forged_one_says_nothing(
    place: Place, stranger: Client
) -> None:
    link, elsewhere = place.invite(), a_room(someone("host"))
    guest = joined(stranger, place.address(link))
    place.remove(guest)
    values = [guests.cookie_value(guest, elsewhere.pk), "forged", ""]
    values.append(guests.ticket_for(guest, place.room.pk))
    for value in values:
        cookies = {guests.cookie_name(place.room.pk): value}
        assert not guests.was_removed(cookies, place.room.pk), value
    own = {guests.cookie_name(elsewhere.pk): guests.cookie_value(guest, place.room.pk)}
    assert not guests.was_removed(own, elsewhere.pk)


def test_the_owner_reads_what_removal_does_and_lets_the_guest_in_again(
    place: Place, stranger: Client
) -> None:
    address = place.address(place.invite())
    guest = joined(stranger, address)
    page = place.owner.get(place.page).text
    assert "cannot come back in the same browser" in page
    assert "Remove Ann" in page
    assert guest.username not in page
    place.remove(guest)
    page = place.owner.get(place.page).text
    assert "Ann was removed and cannot come back in this browser." in page
    assert "Let in again: Ann" in page
    assert "Remove Ann" not in page
    place.remove(guest, "admit")
    assert is_in(stranger, address)
    assert "Let in again: Ann" not in place.owner.get(place.page).text


def test_only_who_was_removed_is_let_in_again(place: Place, stranger: Client) -> None:
    guest = joined(stranger, place.address(place.invite()))
    number = RoomMember.objects.get(user=guest).pk
    for one in (number, 2**62, 0):
        answer = place.owner.post(place.member.format(one), {"do": "admit"})
        assert answer.status_code == 404


def test_a_renewed_link_admits_and_the_former_one_does_not(place: Place) -> None:
    former = place.invite(24)
    inside, address = Client(), place.address(former)
    guest = joined(inside, address)
    place.change(former, "renew")
    fresh = RoomInvitation.objects.get(room=place.room)
    assert fresh.pk != former.pk
    assert (fresh.role, fresh.expires_at) == (former.role, former.expires_at)
    outside = Client()
    for answer in (outside.get(address), outside.post(address, {"name": "Bob"})):
        assert answer.status_code == 404
    assert joined(outside, place.address(fresh), "Bob")
    assert access.room_role(guest, place.room.pk) is not None
    assert is_in(inside, address), "who has come in stays, also when the page is loaded again"
    page = place.owner.get(place.page).text
    shown = re.findall(r"[?&]guest=([^\"&\s]+)", page)  # signed anew for each page, with its second
    assert [guests.invitation_of(one, place.room.pk) for one in shown] == [fresh]
    assert "The link is renewed." in page


def test_removing_and_renewing_keeps_out_who_has_another_browser_too(place: Place) -> None:
    former, first, second = place.invite(), Client(), Client()
    place.remove(joined(first, place.address(former)))
    place.change(former, "renew")
    assert second.get(place.address(former)).status_code == 404
    fresh = RoomInvitation.objects.get(room=place.room)
    assert first.get(place.address(fresh)).status_code == 403


@pytest.mark.parametrize("change", ["revoked", "over", "renewed"])
def test_only_a_valid_link_is_renewed(place: Place, change: str) -> None:
    link = place.invite()
    if change == "revoked":
        place.change(link)
    elif change == "over":
        RoomInvitation.objects.update(expires_at=clock.read())
    else:
        place.change(link, "renew")
    answer = place.owner.post(place.link.format(link.pk), {"do": "renew"})
    assert answer.status_code == 404
    assert guests.valid_links().count() == (change == "renewed")


def test_who_fills_in_the_form_while_the_link_is_renewed_does_not_come_in(place: Place) -> None:
    link = place.invite()
    guests.renew(RoomInvitation.objects.get(pk=link.pk))
    with pytest.raises(access.NotFound):
        guests.join(link, "Ann")
    assert not User.objects.filter(first_name="Ann").exists()


def test_nobody_but_the_owner_removes_renews_or_lets_in(place: Place, classmate: User) -> None:
    link = place.invite()
    ann, bob = guests.join(link, "Ann"), guests.join(link, "Bob")
    guests.remove(RoomMember.objects.get(user=bob))
    inside = Client()
    inside.cookies[guests.cookie_name(place.room.pk)] = guests.cookie_value(ann, place.room.pk)
    numbers = {user: RoomMember.objects.get(user=user).pk for user in (ann, bob)}
    changes = [
        (place.member.format(numbers[ann]), "remove"),
        (place.member.format(numbers[bob]), "admit"),
        (place.link.format(link.pk), "renew"),
    ]
    for browser in (inside, Client(), signed_in(classmate)):
        for address, do in changes:
            assert browser.post(address, {"do": do}).status_code in {302, 403, 404}
    assert guests.valid_links().get() == link
    assert [one.user for one in guests.removed_guests(place.room.pk)] == [bob]


def test_the_removed_take_no_place_and_are_bounded(place: Place, settings: Settings) -> None:
    settings.LIMITS = Limits(members_per_room=3)
    link = place.invite()
    for number in range(settings.LIMITS.members_per_room * guests.MOST_KEPT - 2):
        guests.remove(RoomMember.objects.get(user=guests.join(link, f"Guest {number}")))
    staying = [guests.join(link, name) for name in ("Ann", "Bob")]
    removed = RoomMember.objects.filter(user__first_name="Guest 0").get()
    with pytest.raises(NotAllowed, match="room_members"):
        guests.let_in_again(removed)
    guests.remove(RoomMember.objects.get(user=staying[0]))
    with pytest.raises(NotAllowed, match="room_members"):
        guests.join(link, "One too many")


def test_the_removed_are_forgotten_once_no_link_is_valid(owner: User) -> None:
    room = a_room(owner)
    links = [guests.invite(room, RoomRole.EDITOR, 1) for _ in range(2)]
    guests.remove(RoomMember.objects.get(user=guests.join(links[0], "Ann")))
    RoomInvitation.objects.filter(pk=links[0].pk).update(expires_at=clock.read())
    assert guests.forget_guests() == 0
    RoomInvitation.objects.update(expires_at=clock.read())
    assert guests.forget_guests() == 1
    assert list(User.objects.all()) == [owner]
