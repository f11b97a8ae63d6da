# size: all that becomes of a row, in one order
"""Updates in the database: numbered, bounded, merged, saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import Role, User
from accounts.own_data import delete_account
from runner.infrastructure import clock
from runner.models import Room, RoomInvitation, RoomMember, RoomRole, RoomUpdate, Snippet
from runner.protocol.refusals import BadMessage, NotAllowed
from runner.rooms import document, guests, saving, store
from tests.a_class import a_class, member
from tests.a_room import TEXT, Copy, a_room, admitted
from tests.a_snippet import a_snippet


def opened(room: Room) -> Copy:
    copy = Copy()
    for update in store.since(room.pk, 0)[1]:
        copy.take(update.data)
    return copy


def append_all(room: Room, user: User, updates: list[bytes]) -> None:
    for update in updates:
        store.append(room.pk, 1, user, update)


def stored_text(room: Room) -> str:
    files = Snippet.objects.get(pk=room.snippet_id).files
    return str(files[0]["content"])


def test_a_room_is_seeded_once(owner: User) -> None:
    snippet = a_snippet(owner)
    room = store.open_room(owner, snippet.pk)
    assert store.open_room(owner, snippet.pk) == room
    assert RoomUpdate.objects.count() == 1
    assert opened(room).text() == snippet.files[0]["content"]


def test_nobody_else_opens_a_room(owner: User, classmate: User) -> None:
    snippet = a_snippet(owner)
    with pytest.raises(Exception, match="no_such_snippet"):
        store.open_room(classmate, snippet.pk)


def test_an_owner_has_a_bounded_number_of_rooms(owner: User, settings: Settings) -> None:
    for _ in range(settings.LIMITS.rooms_per_user):
        a_room(owner)
    with pytest.raises(NotAllowed):
        a_room(owner)


def test_updates_are_numbered_in_order(owner: User, classmate: User) -> None:
    room = a_room(owner)
    admitted(room, classmate)
    copy = opened(room)
    assert [store.append(room.pk, 1, who, copy.type(0, "x")) for who in (owner, classmate)] == [
        2,
        3,
    ]
    epoch, updates = store.since(room.pk, 1)
    assert (epoch, [update.seq for update in updates]) == (1, [2, 3])
    assert list(RoomUpdate.objects.order_by("seq").values_list("author", flat=True)) == [
        None, owner.pk, classmate.pk,
    ]  # fmt: skip


@pytest.mark.parametrize("role", [RoomRole.VIEWER, None])
def test_who_may_not_edit_is_refused_at_each_update(
    owner: User, classmate: User, role: RoomRole | None
) -> None:
    room = a_room(owner)
    if role:
        admitted(room, classmate, role)
    with pytest.raises(NotAllowed):
        store.append(room.pk, 1, classmate, opened(room).type(0, "x"))
    assert RoomUpdate.objects.count() == 1


def test_an_update_of_another_epoch_is_refused(owner: User) -> None:
    room = a_room(owner)
    late = opened(room).type(0, "late")
    assert saving.renew(room.pk, 1)
    with pytest.raises(store.WrongEpoch):
        store.append(room.pk, 1, owner, late)
    assert opened(room).text() == TEXT


def test_garbage_is_refused() -> None:
    with pytest.raises(BadMessage):
        store.parts_of(b"garbage")


def test_a_room_holds_a_bounded_number_of_bytes(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = a_room(owner)
    copy = opened(room)
    monkeypatch.setattr(store, "MAX_LOG_BYTES", 2000)
    updates = [copy.type(0, "x" * 100) for _ in range(100)]
    with pytest.raises(store.RoomFull):
        append_all(room, owner, updates)
    room.refresh_from_db()
    assert room.log_bytes <= 2000
    assert room.log_bytes == sum(len(row.data) for row in RoomUpdate.objects.all())


def test_a_nearly_full_room_begins_a_new_epoch_with_its_text(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = a_room(owner)
    copy = opened(room)
    for _ in range(20):  # written and deleted again: the text stays small
        store.append(room.pk, 1, owner, copy.type(0, "y" * 100))
        store.append(room.pk, 1, owner, copy.delete(0, 99))
    monkeypatch.setattr(saving, "NEARLY_FULL", 500)
    saving.keep(room.pk)
    room.refresh_from_db()
    assert room.epoch == 2
    assert opened(room).text() == "y" * 20 + TEXT == stored_text(room)
    assert RoomUpdate.objects.count() == 1


def test_merging_replaces_what_it_has_read(owner: User) -> None:
    room = a_room(owner)
    copy = opened(room)
    for number in range(150):
        store.append(room.pk, 1, owner, copy.type(0, str(number % 10)))
    before = copy.text()
    saving.keep(room.pk)
    room.refresh_from_db()
    assert list(RoomUpdate.objects.values_list("seq", flat=True)) == [151]
    assert room.log_bytes == len(RoomUpdate.objects.get().data)
    assert opened(room).text() == before == stored_text(room)
    assert store.append(room.pk, 1, owner, copy.type(0, "!")) == 152
    assert opened(room).text() == "!" + before


def test_a_page_that_has_some_of_a_merge_gets_all_of_it(owner: User) -> None:
    room = a_room(owner)
    copy, page = opened(room), opened(room)
    for _ in range(5):
        store.append(room.pk, 1, owner, copy.type(0, "x"))
    for update in store.since(room.pk, 1)[1][:2]:
        page.take(update.data)
    saving.merge_log(room.pk)
    for update in store.since(room.pk, 3)[1]:
        page.take(update.data)
    assert page.text() == copy.text()


def test_the_text_is_saved_to_the_snippet(owner: User) -> None:
    room = a_room(owner)
    store.append(room.pk, 1, owner, opened(room).type(0, "# new\n"))
    version = room.snippet.version
    saving.save_text(room.pk)
    room.refresh_from_db()
    assert stored_text(room) == "# new\n" + TEXT
    assert (room.stored_seq, room.stored_version, room.not_stored) == (2, version + 1, "")
    saving.save_text(room.pk)
    assert Snippet.objects.get(pk=room.snippet_id).version == version + 1


def test_what_another_page_has_saved_meanwhile_is_kept(owner: User) -> None:
    room = a_room(owner)
    others = [{"path": "main.py", "content": "of another page"}]
    Snippet.objects.filter(pk=room.snippet_id).update(files=others, version=7)
    store.append(room.pk, 1, owner, opened(room).type(0, "# new\n"))
    saving.save_text(room.pk)
    assert stored_text(room) == "# new\n" + TEXT
    kept = Snippet.objects.exclude(deleted_at=None).get()
    assert kept.files == others


def test_a_program_that_is_too_large_is_not_saved_and_pages_are_told(owner: User) -> None:
    room = a_room(owner)
    copy = opened(room)
    for _ in range(9):
        store.append(room.pk, 1, owner, copy.type(0, "x" * 60_000))
    saving.save_text(room.pk)
    state = store.state(room.pk)
    assert state is not None
    assert (state.not_stored, stored_text(room)) == ("room_text", TEXT)
    store.append(room.pk, 1, owner, copy.delete(0, 540_000))
    saving.save_text(room.pk)
    state = store.state(room.pk)
    assert state is not None
    assert (state.not_stored, state.stored_seq, stored_text(room)) == ("", state.seq, TEXT)


def test_updates_that_make_no_document_are_told_and_begun_anew(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = a_room(owner)
    store.append(room.pk, 1, owner, opened(room).type(0, "x"))

    def panics(*_: object) -> document.Program:
        raise document.Unreadable

    monkeypatch.setattr(document, "program_of", panics)
    saving.save_text(room.pk)
    room.refresh_from_db()
    assert room.not_stored == "room_unreadable"
    assert not saving.renew(room.pk, 1)
    assert saving.renew(room.pk, 1, saved=True)
    monkeypatch.undo()
    assert opened(room).text() == TEXT


def test_a_chat_keeps_a_bounded_number_of_lines(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = a_room(owner)
    monkeypatch.setattr(store, "LINES_KEPT", 3)
    for number in range(6):
        store.say(room.pk, owner, str(number))
    assert [line.text for line in store.lines_of(room.pk)] == ["3", "4", "5"]


# --- Roles and guests --------------------------------------------------------------------------
def test_a_class_is_admitted(owner: User, classmate: User) -> None:
    from runner import access

    classroom = a_class()
    room = a_room(owner)
    member(classroom, classmate, Role.STUDENT)
    assert access.room_role(classmate, room.pk) is None
    Room.objects.update(classroom=classroom, class_role=RoomRole.VIEWER)
    assert access.room_role(classmate, room.pk) == RoomRole.VIEWER
    admitted(room, classmate)
    assert access.room_role(classmate, room.pk) == RoomRole.EDITOR
    assert access.rooms_of(classmate).get() == room


def test_a_guest_is_in_one_room_until_the_link_ends(owner: User) -> None:
    from runner import access

    room, another = a_room(owner), a_room(owner)
    invitation = guests.invite(room, RoomRole.EDITOR, 1)
    token = guests.token_of(invitation)
    assert guests.invitation_of(token, another.pk) is None
    found = guests.invitation_of(token, room.pk)
    assert found is not None
    guest = guests.join(found, "Ann")
    assert access.room_role(guest, room.pk) == RoomRole.EDITOR
    assert access.room_role(guest, another.pk) is None
    assert not guest.has_usable_password()
    assert guests.holder_of(guests.ticket_for(guest, room.pk)) == (guest, room.pk)
    RoomInvitation.objects.update(expires_at=clock.read())
    assert access.room_role(guest, room.pk) is None
    assert guests.invitation_of(token, room.pk) is None
    assert guests.holder_of(guests.ticket_for(guest, room.pk)) is None
    assert guests.forget_guests() == 1
    assert not User.objects.filter(pk=guest.pk).exists()


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_links_that_have_ended_make_room_for_others(
    owner: User, settings: Settings, ended: str
) -> None:
    """After some weeks of lessons nobody could be invited any more."""
    room, limit = a_room(owner), settings.LIMITS.invitations_per_room
    links = [guests.invite(room, RoomRole.EDITOR, 1) for _ in range(limit)]
    guests.join(links[0], "Ann")
    with pytest.raises(NotAllowed) as refused:
        guests.invite(room, RoomRole.EDITOR, 1)
    assert refused.value.reason_code == "too_many_links"
    if ended == "revoked":
        for link in links:
            guests.revoke(link)
    else:
        RoomInvitation.objects.update(expires_at=clock.read())
    fresh = guests.invite(room, RoomRole.EDITOR, 1)
    left = {fresh.pk} if ended == "revoked" else {fresh.pk, links[0].pk}  # it has a guest still
    assert set(room.invitations.values_list("pk", flat=True)) == left
    assert guests.invitation_of(guests.token_of(links[1]), room.pk) is None


def test_a_revoked_link_ends_its_guests(owner: User) -> None:
    room = a_room(owner)
    invitation = guests.invite(room, RoomRole.EDITOR, 1)
    guests.join(invitation, "Ann")
    guests.revoke(invitation)
    assert guests.invitation_of(guests.token_of(invitation), room.pk) is None
    assert not RoomMember.objects.exists()
    assert list(User.objects.all()) == [owner]


def _end(room: Room) -> None:
    saving.delete(room.pk)


WAYS_OF_ENDING: dict[str, Callable[[Room], object]] = {
    "the room is ended": _end,
    "the snippet is deleted for good": lambda room: room.snippet.delete(),
    "the link is deleted": lambda room: room.invitations.get().delete(),
    "the account of the owner is deleted": lambda room: delete_account(room.owner, None),
}


@pytest.mark.parametrize("way", WAYS_OF_ENDING)
def test_a_guest_is_forgotten_with_the_membership_when(
    way: str, owner: User, classmate: User
) -> None:
    """The names of guests stayed for a day, after their room and the account of its owner."""
    room = a_room(owner)
    admitted(room, classmate)
    guests.join(guests.invite(room, RoomRole.EDITOR, 1), "Ann")
    WAYS_OF_ENDING[way](room)
    assert not User.objects.filter(first_name="Ann").exists()
    assert User.objects.filter(pk=classmate.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_documents_are_read_in_no_transaction(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile one takes seconds: in SQLite nobody wrote meanwhile, and nobody's run started."""
    room = a_room(owner)
    store.append(room.pk, 1, owner, opened(room).type(0, "x"))
    read, in_transaction = document.program_of, []

    def noted(*given: Any) -> document.Program:
        in_transaction.append(connection.in_atomic_block)
        return read(*given)

    monkeypatch.setattr(document, "program_of", noted)
    saving.save_text(room.pk)
    assert saving.renew(room.pk, 1)
    assert in_transaction == [False, False]
    assert opened(room).text() == stored_text(room) == "x" + TEXT


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_while_a_document_is_read_is_kept(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = a_room(owner)
    copy, read = opened(room), document.program_of
    store.append(room.pk, 1, owner, copy.type(0, "x"))

    def slowly(*given: Any) -> document.Program:
        found = read(*given)
        store.append(room.pk, 1, owner, copy.type(0, "y"))
        return found

    monkeypatch.setattr(document, "program_of", slowly)
    saving.save_text(room.pk)
    assert stored_text(room) == "x" + TEXT
    assert not saving.renew(room.pk, 1), "the y would be lost"
    monkeypatch.undo()
    saving.save_text(room.pk)
    assert saving.renew(room.pk, 1)
    assert opened(room).text() == stored_text(room) == copy.text()


def test_forged_proofs_are_none(owner: User, classmate: User) -> None:
    room = a_room(owner)
    invitation = guests.invite(room, RoomRole.EDITOR, 1)
    guest, token = guests.join(invitation, "Ann"), guests.token_of(invitation)
    cookie = guests.cookie_value(guest, room.pk)
    for forged in ("", "x", token[:-1], token + "x", cookie, "1:1:1"):
        assert guests.invitation_of(forged, room.pk) is None
    for forged in ("", "x", token, cookie, guests.ticket_for(classmate, room.pk)):
        assert guests.holder_of(forged) is None
    ticket = guests.ticket_for(guest, room.pk)
    name = guests.cookie_name(room.pk)
    assert guests.guest_of({name: ticket}, room.pk) is None
    assert guests.guest_of({name: cookie}, room.pk + 1) is None
    assert guests.guest_of({name: cookie}, room.pk) == guest


def test_a_room_admits_a_bounded_number_of_guests(owner: User, settings: Settings) -> None:
    room = a_room(owner)
    invitation = guests.invite(room, RoomRole.VIEWER, 1)
    for number in range(settings.LIMITS.members_per_room - 1):
        guests.join(invitation, f"Guest {number}")
    with pytest.raises(NotAllowed):
        guests.join(invitation, "One more")
