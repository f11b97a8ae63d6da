"""The rows of a room: its updates in order, and the lines of its chat.

An update gets its number in the transaction that stores it, while the row of the room is locked:
numbers become visible in their order, so who has seen `n` has seen all before it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.models import MAX_LOG_BYTES, Room, RoomLine, RoomUpdate, Run, Snippet
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, NotAllowed, TooLarge
from runner.rooms import document

LINES_KEPT = 200  # of a room's chat


class WrongEpoch(NotAllowed):
    """The page's document is not the room's any more."""


class RoomFull(TooLarge):
    """The room's updates have reached their limit; it begins a new epoch."""


@dataclass(frozen=True, slots=True)
class Update:
    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class RoomState:
    """What pages are told of a room every few seconds."""

    epoch: int
    seq: int
    log_bytes: int
    stored_seq: int
    not_stored: str
    changed_at: datetime
    run: str = ""  # the newest one, with its owner
    run_user: str = ""
    run_name: str = ""
    minutes: int | None = None  # of the interview in this room; None: there is none
    started_at: datetime | None = None
    ends_at: datetime | None = None


def open_room(user: User, snippet_id: int) -> Room:
    """The room of the user's snippet; a new one is seeded here, and nowhere else."""
    access.check_sharing(user)
    snippet = access.own_snippet(user, snippet_id)
    found = Room.objects.filter(snippet=snippet).first()
    if found is not None:
        return found
    with transaction.atomic():
        return _create(user, snippet)


def _create(user: User, snippet: Snippet) -> Room:
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists()
    if found := Room.objects.filter(snippet=snippet).first():
        return found  # another page was quicker, and may have opened the last one that may be
    limit = settings.LIMITS.rooms_per_user
    own = Room.objects.filter(owner=user, interview=None, interview_of_notes=None)
    if own.count() >= limit:
        raise NotAllowed(ReasonCode.TOO_MANY_ROOMS, limit=limit)
    return make_room(user, snippet)


def make_room(user: User, snippet: Snippet, *, keeps_past: bool = False) -> Room:
    """Whoever calls it has counted the user's rooms."""
    data, now = document.seed(snippet.files, snippet.main), clock.read()
    room = Room.objects.create(
        snippet=snippet,
        owner=user,
        seq=1,
        log_bytes=len(data),
        stored_seq=1,
        stored_version=snippet.version,
        changed_at=now,
        keeps_past=keeps_past,
    )
    RoomUpdate.objects.create(room=room, seq=1, at=now, data=data)
    return room


def parts_of(data: bytes) -> int:
    """Of how many parts an update is made: what looking at it has cost. Raises a `Refused` for what
    is no update. It takes up to a quarter of a second, and no database."""
    try:
        return document.check(data)
    except document.Unreadable as error:
        raise BadMessage(ReasonCode.ROOM_UPDATE) from error


def append(room_id: int, epoch: int, user: User, data: bytes) -> int:
    """The number of the update, which `parts_of` has looked at. Raises a `Refused`: the role is
    asked for at each update."""
    size = len(data)
    with transaction.atomic():
        if access.room_role(user, room_id) not in access.EDITING:
            raise NotAllowed(ReasonCode.ROOM_ROLE)
        room = Room.objects.filter(pk=room_id)
        fitting = room.filter(epoch=epoch, log_bytes__lte=MAX_LOG_BYTES - size)
        now = clock.read()
        if not fitting.update(seq=F("seq") + 1, log_bytes=F("log_bytes") + size, changed_at=now):
            _refuse(room_id, epoch)
        seq = room.values_list("seq", flat=True)[0]
        RoomUpdate.objects.create(room_id=room_id, seq=seq, author=user, at=now, data=data)
    return seq


def _refuse(room_id: int, epoch: int) -> None:
    if Room.objects.filter(pk=room_id).exclude(epoch=epoch).exists():
        raise WrongEpoch(ReasonCode.ROOM_EPOCH)
    raise RoomFull(ReasonCode.ROOM_FULL)


def since(room_id: int, seq: int) -> tuple[int, list[Update]]:
    """The epoch, and every update after `seq`, in order.

    Read in one transaction with the row of the room locked: else a new epoch could begin between.
    """
    with transaction.atomic():
        epoch = Room.objects.select_for_update(no_key=True).values_list("epoch", flat=True)
        now = epoch.get(pk=room_id)
        rows = RoomUpdate.objects.filter(room=room_id, seq__gt=seq).order_by("seq")
        return now, [
            Update(number, bytes(data)) for number, data in rows.values_list("seq", "data")
        ]


def state(room_id: int) -> RoomState | None:
    fields = ("epoch", "seq", "log_bytes", "stored_seq", "not_stored", "changed_at")
    of_interview = ("minutes", "started_at", "ends_at")
    asked = *fields, *(f"interview__{name}" for name in of_interview)
    row = Room.objects.filter(pk=room_id).values(*asked).first()
    if row is None:
        return None
    known = RoomState(**{name.removeprefix("interview__"): value for name, value in row.items()})
    runs = Run.objects.filter(room=room_id).order_by("-created_at").select_related("owner")
    run = runs.only("pk", "owner__username", "owner__first_name", "owner__last_name").first()
    if run is None or (owner := run.owner) is None:
        return known
    return replace(known, run=str(run.pk), run_user=owner.get_username(), run_name=name_of(owner))


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


# --- Chat ----------------------------------------------------------------------------------------
def say(room_id: int, user: User, text: str) -> RoomLine:
    """The oldest lines go when there are many."""
    if access.room_role(user, room_id) is None:
        raise NotAllowed(ReasonCode.ROOM_ROLE)
    with transaction.atomic():
        line = RoomLine.objects.create(
            room_id=room_id, author=user, name=name_of(user)[:150], text=text, at=clock.read()
        )
        lines = RoomLine.objects.filter(room=room_id).order_by("-pk")
        oldest = lines.values_list("pk", flat=True)[LINES_KEPT - 1 : LINES_KEPT].first()
        if oldest is not None:
            RoomLine.objects.filter(room=room_id, pk__lt=oldest).delete()
    return line


def lines_of(room_id: int) -> list[RoomLine]:
    lines = RoomLine.objects.filter(room=room_id).select_related("author").order_by("-pk")
    return list(lines[:LINES_KEPT])[::-1]
