"""What becomes of a room's updates: saved as text in the snippet, merged, begun anew.

Each holds the room's advisory lock in PostgreSQL, so that one process does it; SQLite has one
writer at a time. Updates are stored meanwhile: a save covers the updates that it has read, and a
merge replaces exactly those.
"""

import logging
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from runner import snippets
from runner.infrastructure import clock
from runner.models import MAX_LOG_BYTES, Room, RoomUpdate
from runner.protocol.messages import SourceFile
from runner.protocol.paths import is_too_large
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Refused
from runner.protocol.snippets import SnippetChange
from runner.rooms import document, past

logger = logging.getLogger(__name__)
LOCK = 0x726F6F6D  # of advisory locks: rooms
MERGED_ROWS = 100  # updates are merged when there are more
RENEWED = (
    "epoch", "seq", "log_bytes", "changed_at", "stored_seq", "stored_version", "not_stored",
)  # fmt: skip
NEARLY_FULL = MAX_LOG_BYTES * 3 // 4  # merged updates of this size begin a new epoch


@dataclass(frozen=True, slots=True)
class Log:
    seq: int
    pks: tuple[int, ...]
    data: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.data))


def keep(room_id: int) -> None:
    """Saves the text; merges many updates; begins a new epoch in a room that is nearly full."""
    save_text(room_id)
    if RoomUpdate.objects.filter(room=room_id).count() > MERGED_ROWS:
        merge_log(room_id)
    room = Room.objects.filter(pk=room_id, log_bytes__gt=NEARLY_FULL, not_stored="").first()
    if room is not None and RoomUpdate.objects.filter(room=room_id).count() > 1:
        merge_log(room_id)
        room.refresh_from_db()
    if room is not None and room.log_bytes > NEARLY_FULL:
        renew(room_id, room.epoch)


def _lock(room_id: int) -> None:
    """Until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, room_id % 2**31])


def _read(room_id: int) -> Log:
    rows = RoomUpdate.objects.filter(room=room_id).order_by("seq").values_list("pk", "seq", "data")
    found = [(pk, seq, bytes(data)) for pk, seq, data in rows]
    return Log(
        found[-1][1] if found else 0,
        tuple(pk for pk, _, _ in found),
        tuple(data for _, _, data in found),
    )


def save_text(room_id: int) -> None:
    """Into the snippet, if it is another text. What somebody else has saved there meanwhile is kept
    as a deleted snippet.

    Documents are read before the transaction: a hostile one takes seconds, and in SQLite nobody
    else writes while a transaction goes on.
    """
    before = Room.objects.filter(pk=room_id).first()
    if before is None or before.stored_seq >= before.seq:
        return
    log = _read(room_id)
    program = _program(room_id, log)
    with transaction.atomic():
        _lock(room_id)
        found = Room.objects.select_related("snippet", "owner").filter(pk=room_id)
        room = found.filter(epoch=before.epoch, stored_seq__lt=log.seq).first()
        if room is None:
            return  # begun anew, or saved by another process
        stored: dict[str, object] = {"stored_seq": log.seq, "not_stored": ""}
        try:
            if isinstance(program, ReasonCode):
                stored["not_stored"] = program
            else:
                stored["stored_version"] = _save(room, program)
        except snippets.Conflict:
            return  # the next round has seen what is new
        except Refused as refusal:  # the owner's quota
            stored["not_stored"] = refusal.reason_code
        Room.objects.filter(pk=room_id, epoch=room.epoch).update(**stored)


def _program(room_id: int, log: Log) -> document.Program | ReasonCode:
    """What a log says, or why that cannot be saved."""
    try:
        program = document.program_of(log.data, room_id)
    except document.Unreadable:
        logger.warning("Room %s has updates that make no document.", room_id)
        return ReasonCode.ROOM_UNREADABLE
    except document.NoProgram:
        return ReasonCode.ROOM_TEXT
    too_large = is_too_large(file["content"] for file in program.files)
    return ReasonCode.ROOM_TEXT if too_large else program


def _save(room: Room, program: document.Program) -> int:
    """The version that has the text."""
    snippet, files = room.snippet, list(program.files)
    if (snippet.files, snippet.main) == (files, program.main):
        return snippet.version
    change = SnippetChange.model_construct(
        version=snippet.version,
        files=tuple(
            SourceFile.model_construct(path=file["path"], content=file["content"]) for file in files
        ),
        main=program.main,
        title=None,
        language=None,
    )
    if snippet.version == room.stored_version:
        return snippets.save(room.owner, snippet.pk, change).version
    snippets.replace(room.owner, snippet.pk, change)
    return snippet.version + 1


def program_of(room: Room) -> document.Program | None:
    """As the room has it now; None if that cannot be run or saved."""
    try:
        program = document.program_of(_read(room.pk).data, room.pk)
    except (document.Unreadable, document.NoProgram):
        return None
    return None if is_too_large(file["content"] for file in program.files) else program


def merge_log(room_id: int) -> None:
    """One row in place of many. It is the merge of exactly the rows that it replaces."""
    with transaction.atomic():
        _lock(room_id)
        log = _read(room_id)
        if len(log.pks) < 2:
            return
        try:
            merged = document.merge(log.data)
        except document.Unreadable:
            logger.warning("The updates of room %s cannot be merged.", room_id)
            return
        past.keep(Room.objects.get(pk=room_id))
        RoomUpdate.objects.filter(pk__in=log.pks).delete()
        now = clock.read()
        RoomUpdate.objects.create(room_id=room_id, seq=log.seq, at=now, data=merged)
        saved = log.size - len(merged)
        Room.objects.filter(pk=room_id).update(log_bytes=F("log_bytes") - saved)


def renew(room_id: int, epoch: int, *, saved: bool = False) -> bool:
    """A new document with the same text; `saved`: with the text of the snippet. Whether it was:
    not where somebody has typed meanwhile."""
    log = Log(0, (), ()) if saved else _read(room_id)
    program = None if saved else _program(room_id, log)  # not in the transaction: it takes seconds
    if isinstance(program, ReasonCode):
        return False
    with transaction.atomic():
        _lock(room_id)
        room = (
            Room.objects.select_for_update(of=("self",)).select_related("snippet").get(pk=room_id)
        )
        if room.epoch != epoch or (program is not None and room.seq != log.seq):
            return False
        if program is None:
            program = document.Program(tuple(room.snippet.files), room.snippet.main)
        data = document.seed(program.files, program.main)
        past.keep(room)
        RoomUpdate.objects.filter(room=room_id).delete()
        room.epoch, room.seq, room.log_bytes = epoch + 1, room.seq + 1, len(data)
        room.changed_at = clock.read()
        if saved:
            room.stored_seq, room.stored_version = room.seq, room.snippet.version
            room.not_stored = ""
        changed = {name: getattr(room, name) for name in RENEWED}
        Room.objects.filter(pk=room_id).update(**changed)
        RoomUpdate.objects.create(room=room, seq=room.seq, at=room.changed_at, data=data)
    logger.info("Room %s began epoch %s.", room_id, room.epoch)
    return True


def delete(room_id: int) -> None:
    """Saves the text first; what cannot be saved is in the snippet as it was saved last."""
    save_text(room_id)
    Room.objects.filter(pk=room_id).delete()
