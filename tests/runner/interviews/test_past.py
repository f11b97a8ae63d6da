"""What was written is kept through merges and new documents, and ends as the saved text."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner.infrastructure import clock
from runner.models import Interview, Room, RoomPast, RoomUpdate
from runner.rooms import past, saving, store
from tests.a_room import Copy, a_room
from tests.a_run import finished_run
from tests.an_interview import CODE, a_candidate, an_interview, begun
from tests.cast import signed_in

HEADER = 18


@pytest.fixture
def interview(instructor: User) -> Interview:
    return begun(an_interview(instructor))


@pytest.fixture
def candidate(interview: Interview) -> User:
    return a_candidate(interview)


class Writer:
    """A page that writes."""

    def __init__(self, room: Room, user: User) -> None:
        self.room, self.user = room, user
        self.copy, self.epoch = Copy(), 0

    def sync(self) -> None:
        epoch, updates = store.since(self.room.pk, 0)
        if epoch != self.epoch:
            self.copy, self.epoch = Copy(), epoch
        for update in updates:
            self.copy.take(update.data)

    def type(self, text: str, at: int = 0) -> None:
        self.sync()
        store.append(self.room.pk, self.epoch, self.user, self.copy.type(at, text))


def played(updates: list[past.PastUpdate]) -> Copy:
    """The document after the last of them."""
    copy, epoch = Copy(), 0
    for one in updates:
        if one.epoch != epoch:
            copy, epoch = Copy(), one.epoch
        copy.take(one.data)
    return copy


def saved(room: Room) -> dict[str, str]:
    saving.save_text(room.pk)
    room.snippet.refresh_from_db()
    return {file["path"]: file["content"] for file in room.snippet.files}


def test_playback_ends_as_the_saved_text_through_merges_and_epochs(
    interview: Interview, candidate: User
) -> None:
    room = interview.room
    writer = Writer(room, candidate)
    for number in range(30):
        writer.type(f"# {number} é🙂\n")
        if number in {9, 19}:
            saving.merge_log(room.pk)
        if number == 14:
            saving.renew(room.pk, writer.epoch)
    saving.merge_log(room.pk)
    assert RoomUpdate.objects.filter(room=room).count() == 1
    room.refresh_from_db()
    updates = list(past.read(room))
    assert len([one for one in updates if one.name == "Ann"]) == 30
    assert [one.seq for one in updates] == sorted({one.seq for one in updates})
    assert played(updates).texts() == saved(room)
    assert "# 29 é🙂" in saved(room)["main.py"]
    assert played(updates[:1]).texts() == {"main.py": CODE}


def test_what_is_written_while_updates_are_merged_is_kept_once(
    interview: Interview, candidate: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer(interview.room, candidate)
    for text in "abc":
        writer.type(text)
    keep = past.keep

    def keep_after_another(room: Room) -> None:
        writer.type("late ")
        keep(room)

    monkeypatch.setattr(past, "keep", keep_after_another)
    saving.merge_log(interview.room_id)
    interview.room.refresh_from_db()
    updates = list(past.read(interview.room))
    assert [one.seq for one in updates] == [1, 2, 3, 4, 5]
    assert played(updates).text().startswith("late cba")


def test_a_room_that_is_no_interviews_keeps_no_past(owner: User) -> None:
    room = a_room(owner)
    writer = Writer(room, owner)
    for text in "abc":
        writer.type(text)
    saving.merge_log(room.pk)
    assert not RoomPast.objects.exists()


def test_a_past_that_is_full_ends_as_the_text_all_the_same(
    interview: Interview, candidate: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MAX_PAST_BYTES", 10)
    room = interview.room
    writer = Writer(room, candidate)
    for _ in range(3):
        for text in "abc":
            writer.type(text)
        saving.merge_log(room.pk)
    assert RoomPast.objects.filter(room=room).count() == 1
    room.refresh_from_db()
    assert played(list(past.read(room))).texts() == saved(room)


def records(body: bytes) -> list[tuple[int, int, str, bytes]]:
    """As the page reads them: `past_codec.ts`."""
    found, at = [], 0
    while at < len(body):
        ms, epoch = (
            int.from_bytes(body[at : at + 8], "big"),
            int.from_bytes(body[at + 8 : at + 12], "big"),
        )
        name = int.from_bytes(body[at + 12 : at + 14], "big")
        size = int.from_bytes(body[at + 14 : at + 18], "big")
        at += HEADER
        found.append((ms, epoch, body[at : at + name].decode(), body[at + name : at + name + size]))
        at += name + size
    return found


def test_the_page_is_told_who_wrote_what_ran_and_the_saved_text(
    interview: Interview, instructor: User, candidate: User
) -> None:
    Writer(interview.room, candidate).type("# Ann\n")
    began = clock.read() - timedelta(minutes=1)
    run = finished_run(candidate, room=interview.room, started_at=began)
    other = finished_run(candidate, started_at=began)
    browser = signed_in(instructor)
    address = f"/interviews/{interview.pk}/playback"
    story: dict[str, Any] = json.loads(browser.get(f"{address}/story/").content)
    assert story["files"] == [{"path": "main.py", "content": f"# Ann\n{CODE}"}]
    assert story["runs"] == [
        {"id": str(run.pk), "name": "Ann", "started_at": began.timestamp(), "ended": True}
    ]
    told = records(browser.get(f"{address}/updates/").content)
    assert [(epoch, name) for _, epoch, name, _ in told] == [(1, ""), (1, "Ann")]
    copy = Copy()
    for _ms, _epoch, _name, data in told:
        copy.take(data)
    assert copy.texts() == {"main.py": f"# Ann\n{CODE}"}
    cast = browser.get(f"{address}/runs/{run.pk}/")
    assert cast.status_code == 200
    assert "Hello Ada" in cast.text
    assert browser.get(f"{address}/runs/{other.pk}/").status_code == 404
    assert Client().get(f"{address}/runs/{run.pk}/").status_code == 302
