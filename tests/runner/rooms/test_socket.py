# size: all tests of one socket
"""The socket of a room: who gets it, what it tells, and for how long."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings

from accounts.models import User
from runner.infrastructure import clock, messaging
from runner.models import Room, RoomInvitation, RoomMember, RoomRole, Snippet
from runner.protocol.rooms import channel
from runner.rooms import guests, keeper, saving
from runner.rooms.consumer import FULL_CODE
from tests.a_class import a_class, member, rules
from tests.a_room import TEXT, a_room, admitted
from tests.cast import someone
from tests.runner.rooms.conftest import Opens, synced

pytestmark = pytest.mark.django_db(transaction=True)
EXPELLED_SECONDS = 3.0
known = sync_to_async(someone)


@pytest.fixture
def ann(transactional_db: None) -> User:
    return someone("ann")


@pytest.fixture
def room(ann: User) -> Room:
    return a_room(ann)


async def editor(room: Room, name: str, role: RoomRole = RoomRole.EDITOR) -> User:
    return await sync_to_async(admitted)(room, await known(name), role)


async def test_who_is_no_member_is_refused(opens: Opens, room: Room, ann: User) -> None:
    stranger = await known("stranger")
    assert await opens(stranger, room.pk) is None
    assert await opens(AnonymousUser(), room.pk) is None
    assert await opens(ann, room.pk + 100) is None
    assert await opens(ann, room.pk, origin=b"http://example.org") is None
    await Snippet.objects.aupdate(deleted_at=await sync_to_async(clock.read)())
    assert await opens(ann, room.pk) is None


async def test_what_one_types_another_gets_once(opens: Opens, room: Room, ann: User) -> None:
    first = await synced(opens, ann, room)
    second = await synced(opens, await editor(room, "bob"), room)
    number = await first.type(0, "# one\n")
    assert (await first.wait_for("confirmed", number=number))["seq"] == 2
    await second.wait_for_text("# one\n" + TEXT)
    await second.type(0, "# two\n")
    await first.wait_for_text("# two\n# one\n" + TEXT)
    assert first.seq == 3


async def test_a_page_that_comes_back_gets_what_it_lacks(
    opens: Opens, room: Room, ann: User
) -> None:
    first = await synced(opens, ann, room)
    bob = await editor(room, "bob")
    second = await synced(opens, bob, room)
    had = second.copy, second.epoch, second.seq
    await second.socket.disconnect()
    typed_offline = had[0].type(0, "# offline\n")
    await first.type(0, "# online\n")
    await first.wait_for("confirmed")
    back = await opens(bob, room.pk)
    assert back is not None
    back.copy, back.epoch, back.seq = had
    await back.sync()
    await back.wait_for("synced")
    await back.send_update(typed_offline)
    await back.wait_for("confirmed")
    await first.wait_for_text(back.copy.text())
    assert sorted(first.copy.text().splitlines()) == ["# offline", "# online", TEXT.strip()]


async def test_what_the_channel_layer_loses_comes_all_the_same(
    opens: Opens, room: Room, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await synced(opens, ann, room)
    second = await synced(opens, await editor(room, "bob"), room)

    async def lose(_message: channel.RoomMessage) -> None: ...

    with monkeypatch.context() as lost:
        lost.setattr(messaging, "send_to_room", lose)
        await first.type(0, "lost ")
        await first.wait_for("confirmed")
    await second.wait_for_text("lost " + TEXT)


async def test_a_viewer_reads_and_changes_nothing(opens: Opens, room: Room, ann: User) -> None:
    first = await synced(opens, ann, room)
    viewer = await synced(opens, await editor(room, "bob", RoomRole.VIEWER), room)
    await viewer.type(0, "forbidden")
    assert (await viewer.wait_for("error"))["reason_code"] == "room_role"
    await first.type(0, "# by the owner\n")
    await first.wait_for("confirmed")
    await viewer.sync()
    assert (await Room.objects.aget()).seq == 2


async def test_an_update_that_is_too_large_is_refused(opens: Opens, room: Room, ann: User) -> None:
    page = await synced(opens, ann, room)
    await page.send_update(b"\x00" * (64 * 1024 + 1))
    assert (await page.wait_for("error"))["code"] == "too_large"
    await page.send_update(b"\x00" * 1024 * 1024)
    assert (await page.wait_for("error"))["code"] == "too_large"


async def test_nothing_that_is_sent_ends_the_socket(opens: Opens, room: Room, ann: User) -> None:
    """Mutated frames: each is confirmed or refused, none is our failure."""
    page = await synced(opens, ann, room)
    chance = random.Random(5)
    for _ in range(300):
        update = bytearray(page.copy.type(0, "x"))
        for _ in range(2):
            update[chance.randrange(len(update))] = chance.randrange(256)
        await page.socket.send_to(bytes_data=chance.choice([b"\x01", b"\x02", b""]) + bytes(update))
    for text in (
        "[]",
        "{}",
        '{"type":"say"}',
        '{"type":"cursor","file":1}',
        "\ud800",
        "{" * 999,
    ):
        await page.socket.send_to(text_data=text)
    await page.send("ping", id=1)
    await page.wait_for("pong")
    codes = {one["reason_code"] for one in page.inbox if one["type"] == "error"}
    assert codes
    assert "server_failed" not in codes


CHANGES: dict[str, Callable[[Any], object]] = {
    "is removed": lambda members: members.delete(),
    "gets another role": lambda members: members.update(role=RoomRole.VIEWER),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_member_who_is_removed_is_closed_while_typing(
    opens: Opens, room: Room, ann: User, change: str
) -> None:
    page = await synced(opens, await editor(room, "bob"), room)
    await sync_to_async(CHANGES[change])(RoomMember.objects.filter(user__username="bob"))
    begun = asyncio.get_running_loop().time()
    await page.type(0, "too late")
    assert (await page.wait_for("closed"))["code"] == 4401
    assert asyncio.get_running_loop().time() - begun < EXPELLED_SECONDS
    assert (await Room.objects.aget()).seq == 1


async def test_guests_of_a_revoked_link_are_closed(opens: Opens, room: Room) -> None:
    invitation = await sync_to_async(guests.invite)(room, RoomRole.EDITOR, 1)
    guest = await sync_to_async(guests.join)(invitation, "Gast")
    page = await synced(opens, guest, room)
    people = await page.wait_for("people")
    assert people["people"][0]["name"] == "Gast"
    await RoomInvitation.objects.aupdate(revoked_at=await sync_to_async(clock.read)())
    assert (await page.wait_for("closed"))["code"] == 4401


@pytest.mark.parametrize("who", ["bob", "owner"])
async def test_an_exam_closes_rooms(opens: Opens, room: Room, ann: User, who: str) -> None:
    """Of the owner, too: what others write is saved in the owner's snippet."""
    bob = await editor(room, "bob")
    page = await synced(opens, bob, room)

    def begin_exam() -> None:
        from datetime import timedelta

        classroom, now = a_class(), clock.read()
        member(classroom, bob if who == "bob" else room.owner)
        hour = timedelta(hours=1)
        rules(classroom, exam_starts_at=now - hour, exam_ends_at=now + hour)

    await sync_to_async(begin_exam)()
    await page.wait_for("closed")
    assert await opens(bob, room.pk) is None


async def test_one_page_too_many_is_told_that_the_room_is_full(
    opens: Opens, room: Room, ann: User, settings: Settings
) -> None:
    from dataclasses import replace

    settings.LIMITS = replace(settings.LIMITS, pages_per_room=2)
    for _ in range(2):
        await synced(opens, ann, room)
    page = await opens(ann, room.pk)
    assert page is not None
    await page.sync()
    await page.send_update(b"too early")
    assert (await page.wait_for("error"))["reason_code"] == "room_members"
    await page.wait_for("closed", code=FULL_CODE)
    assert page.inbox == []  # it has seen nothing of the room


async def test_people_are_told_and_forgotten(opens: Opens, room: Room, ann: User) -> None:
    first = await synced(opens, ann, room)
    second = await synced(opens, await editor(room, "bob"), room)
    while len((await first.wait_for("people"))["people"]) < 2:
        pass
    await second.send("cursor", file="f0", anchor="{}", head="{}")
    moved = await first.wait_for("cursor_moved")
    assert (moved["file"], moved["anchor"]) == ("f0", "{}")
    await second.socket.disconnect()
    while len((await first.wait_for("people"))["people"]) > 1:
        pass


async def test_lines_are_told_to_all_and_to_who_comes_later(
    opens: Opens, room: Room, ann: User
) -> None:
    first = await synced(opens, ann, room)
    await first.send("say", text="<b>Hello</b>")
    said = await first.wait_for("said")
    assert (said["text"], said["name"]) == ("<b>Hello</b>", "ann")
    later = await synced(opens, await editor(room, "bob", RoomRole.VIEWER), room)
    assert (await later.wait_for("said"))["id"] == said["id"]
    await first.send("say", text="two\nlines")
    assert (await first.wait_for("error"))["code"] == "bad_message"


async def test_the_text_is_saved_soon_after_the_last_update(
    opens: Opens, room: Room, ann: User
) -> None:
    page = await synced(opens, ann, room)
    await page.type(0, "# saved\n")
    await page.wait_for("saved", seq=2)
    assert (await Snippet.objects.aget()).files[0]["content"] == "# saved\n" + TEXT


async def test_the_text_is_saved_when_the_last_page_is_closed(
    opens: Opens, room: Room, ann: User
) -> None:
    page = await synced(opens, ann, room)
    await page.type(0, "# saved\n")
    await page.wait_for("confirmed")
    await page.socket.disconnect()
    await asyncio.gather(*keeper.keeper._last)
    assert (await Snippet.objects.aget()).files[0]["content"] == "# saved\n" + TEXT


async def test_a_new_epoch_gives_pages_a_new_document(opens: Opens, room: Room, ann: User) -> None:
    page = await synced(opens, ann, room)
    await page.type(0, "# kept\n")
    await page.wait_for("confirmed")
    assert await sync_to_async(saving.renew)(room.pk, 1)
    late = page.copy.type(0, "late")
    await page.wait_for("room", epoch=2)
    await page.wait_for_text("# kept\n" + TEXT)
    await page.send_update(late, epoch=1)
    assert (await page.wait_for("error"))["reason_code"] == "room_epoch"
    await page.type(0, "# new\n")
    await page.wait_for("confirmed")


class Faulty:
    """A channel layer that loses, doubles and delays what is sent to groups."""

    def __init__(self, send: Any, chance: random.Random) -> None:
        self._send, self._chance, self.lost = send, chance, 0

    async def __call__(self, message: channel.RoomMessage) -> None:
        if self._chance.random() < 0.3:
            self.lost += 1
            return
        if self._chance.random() < 0.1:
            await asyncio.sleep(self._chance.random() / 20)
        for _ in range(2 if self._chance.random() < 0.1 else 1):
            await self._send(message)


async def test_five_editors_agree_though_a_third_of_the_messages_is_lost(
    opens: Opens, room: Room, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(24)
    faulty = Faulty(messaging.send_to_room, chance)
    users = [ann, *[await editor(room, f"user{number}") for number in range(4)]]
    pages = [await synced(opens, user, room) for user in users]
    monkeypatch.setattr(messaging, "send_to_room", faulty)
    marks: set[str] = set()

    async def write(number: int) -> None:
        page = pages[number]
        for key in range(20):
            mark = f"<{number}.{key}>"
            marks.add(mark)
            await page.type(chance.randrange(len(page.copy.text()) + 1), mark)
            await page.wait_for("confirmed")

    await asyncio.gather(*map(write, range(5)))
    last = (await Room.objects.aget()).seq
    assert last == 101
    whole = len(TEXT) + sum(map(len, marks))
    for page in pages:
        while len(page.copy.text()) < whole:
            await page.take()
    texts = {page.copy.text() for page in pages}
    assert len(texts) == 1
    [text] = texts
    assert len(text) == whole, "nothing is doubled"
    assert all(text.count(mark) <= 1 for mark in marks)
    await pages[0].wait_for("saved", seq=last, problem="")
    assert (await Snippet.objects.aget()).files[0]["content"] == text
    assert faulty.lost > 5, "messages that came together count once"
