"""The updates of a room that keeps its past, as they came: to be played back.

Rooms merge their updates. What is merged goes into rows of `RoomPast` before that, in the same
transaction: a line of JSON with the authors' user names and names, then the updates, each with a
header of its number, its time in milliseconds, its author's place in that line (0: the server) and
its length. When 20 MiB are kept, no more are: the playback then jumps to the text as it is.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max

from runner.models import MAX_PAST_BYTES, Room, RoomPast, RoomUpdate
from runner.rooms.store import name_of

_HEADER = struct.Struct(">QQHI")
SERVER = ("", "")


@dataclass(frozen=True, slots=True)
class PastUpdate:
    epoch: int
    seq: int
    ms: int  # since 1970
    user: str  # empty: the server, or somebody who is gone
    name: str
    data: bytes


def keep(room: Room) -> None:
    """Before the rows of the room's updates are deleted. A merged row says again what is kept."""
    if not room.keeps_past or room.past_bytes >= MAX_PAST_BYTES:
        return
    rows = list(_rows(room, after=_kept_until(room.pk)))
    if not rows:
        return
    data = _packed(rows)
    RoomPast.objects.create(room=room, epoch=room.epoch, last_seq=rows[-1].seq, data=data)
    Room.objects.filter(pk=room.pk).update(past_bytes=F("past_bytes") + len(data))


def read(room: Room) -> Iterator[PastUpdate]:
    """All that is known, in order. Applied to documents, one for each epoch, the last one is the
    room's document."""
    kept = RoomPast.objects.filter(room=room).order_by("last_seq")
    for row in kept.values_list("epoch", "data").iterator(chunk_size=20):
        yield from _unpacked(row[0], bytes(row[1]))
    yield from _rows(room, after=_kept_until(room.pk))


def _kept_until(room_id: int) -> int:
    return RoomPast.objects.filter(room=room_id).aggregate(last=Max("last_seq"))["last"] or 0


def _rows(room: Room, after: int) -> Iterator[PastUpdate]:
    rows = RoomUpdate.objects.filter(room=room, seq__gt=after).order_by("seq")
    for row in rows.select_related("author"):
        user, name = SERVER
        if row.author is not None:
            user, name = row.author.get_username(), name_of(row.author)
        yield PastUpdate(room.epoch, row.seq, _milliseconds(row.at), user, name, bytes(row.data))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _packed(rows: Sequence[PastUpdate]) -> bytes:
    authors = [SERVER, *sorted({(row.user, row.name) for row in rows} - {SERVER})]
    places = {author: place for place, author in enumerate(authors)}
    parts = [json.dumps(authors).encode(), b"\n"]
    for row in rows:
        place = places[row.user, row.name]
        parts += [_HEADER.pack(row.seq, row.ms, place, len(row.data)), row.data]
    return b"".join(parts)


def _unpacked(epoch: int, data: bytes) -> Iterator[PastUpdate]:
    line, _, _ = data.partition(b"\n")
    authors, at = json.loads(line), len(line) + 1
    while at < len(data):
        seq, ms, place, size = _HEADER.unpack_from(data, at)
        at += _HEADER.size
        user, name = authors[place]
        yield PastUpdate(epoch, seq, ms, user, name, data[at : at + size])
        at += size
