"""Rooms at their limits, as large as they are: 32 members, 4 MiB of updates."""

import pytest
from pytest_django import Settings

from accounts.models import User
from runner.models import MAX_LOG_BYTES, Room, RoomMember, RoomRole, RoomUpdate
from runner.protocol.refusals import NotAllowed
from runner.rooms import guests, saving, store
from tests.a_room import TEXT, Copy, a_room, admitted
from tests.cast import signed_in, someone

PIECE = "x" * 60_000  # below what one update may have


@pytest.fixture
def room(owner: User) -> Room:
    return a_room(owner)


def test_the_33rd_member_is_not_admitted_and_is_told_why(
    room: Room, owner: User, settings: Settings
) -> None:
    """The owner is the first."""
    for number in range(settings.LIMITS.members_per_room - 1):
        admitted(room, someone(f"member{number}"))
    assert room.members.count() == 31
    someone("one-too-many")
    browser, people = signed_in(owner), f"/rooms/{room.pk}/people/"
    wanted = {"user": "one-too-many", "role": "editor"}
    answer = browser.post(f"{people}add/", wanted, follow=True)
    assert "A room has at most 32 members. This one is full." in answer.text
    assert not RoomMember.objects.filter(user__username="one-too-many").exists()
    link = guests.invite(room, RoomRole.EDITOR, 1)
    with pytest.raises(NotAllowed, match="room_members"):
        guests.join(link, "Ann")
    changed = {"user": "member0", "role": "viewer"}  # who is there may get another role
    browser.post(f"{people}add/", changed)
    assert RoomMember.objects.get(user__username="member0").role == RoomRole.VIEWER
    RoomMember.objects.filter(user__username="member1").delete()
    browser.post(f"{people}add/", wanted)
    assert RoomMember.objects.filter(user__username="one-too-many").exists()


def fill(room: Room, owner: User) -> Copy:
    """With text that is typed, until the room takes no more."""
    copy = Copy()
    for update in store.since(room.pk, 0)[1]:
        copy.take(update.data)
    while True:
        update_of_text = copy.type(0, PIECE)
        try:
            store.append(room.pk, 1, owner, update_of_text)
        except store.RoomFull:
            return copy


def test_a_room_of_4_mib_takes_no_more_and_is_read_whole(room: Room, owner: User) -> None:
    fill(room, owner)
    room.refresh_from_db()
    assert MAX_LOG_BYTES - len(PIECE) - 100 < room.log_bytes <= MAX_LOG_BYTES
    saving.keep(room.pk)  # this text is too large for a snippet: nothing of it is lost
    room.refresh_from_db()
    assert (room.epoch, room.not_stored) == (1, "room_text")
    whole = Copy()
    for update in store.since(room.pk, 0)[1]:
        whole.take(update.data)
    assert whole.text() == PIECE * (whole.text().count("x") // len(PIECE)) + TEXT
    assert whole.text().count("x") > MAX_LOG_BYTES - 2 * len(PIECE)


def test_a_room_of_4_mib_whose_text_is_small_begins_anew_and_goes_on(
    room: Room, owner: User
) -> None:
    copy = fill(room, owner)
    written = copy.text().count("x") - len(PIECE)  # the last one was not taken
    taken = Copy()
    for update in store.since(room.pk, 0)[1]:
        taken.take(update.data)
    Room.objects.filter(pk=room.pk).update(log_bytes=room.log_bytes)  # as after a merge
    store.append(room.pk, 1, owner, taken.delete(0, written))
    Room.objects.filter(pk=room.pk).update(log_bytes=MAX_LOG_BYTES)
    saving.keep(room.pk)
    room.refresh_from_db()
    assert (room.epoch, room.snippet.files[0]["content"]) == (2, TEXT)
    assert room.log_bytes < 1000
    assert RoomUpdate.objects.count() == 1
    anew = Copy()
    for update in store.since(room.pk, 0)[1]:
        anew.take(update.data)
    store.append(room.pk, 2, owner, anew.type(0, "# new\n"))
    assert anew.text() == "# new\n" + TEXT
