"""Recordings in the database: saved while a run goes on, read when somebody comes later."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest, Length

from runner.models import Recording

PIECE_BYTES = 64 * 1024
RESIZE_BYTES = 20  # as JSON


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """The stored output of a run: `head` from offset 0, `tail` from `tail_offset`."""

    head: bytes
    tail: bytes
    tail_offset: int

    @property
    def end(self) -> int:
        return self.tail_offset + len(self.tail) if self.tail else len(self.head)

    def pieces(self, offset: int) -> Iterator[tuple[int, bytes]]:
        """Frames from `offset` on, in order. A jump between two frames was not stored."""
        for start, data in ((0, self.head), (self.tail_offset, self.tail)):
            for first in range(max(0, offset - start), len(data), PIECE_BYTES):
                yield start + first, data[first : first + PIECE_BYTES]


def save_recording(run_id: UUID, fields: Mapping[str, object]) -> None:
    """Replaces what was stored of this run before."""
    with values_as_they_are():
        Recording.objects.bulk_create(
            [Recording(run_id=run_id, **fields)],
            update_conflicts=True,
            unique_fields=["run"],
            update_fields=list(fields),
        )


def size_of(fields: Mapping[str, Any]) -> int:
    """Bytes that these fields of a recording take, in the database and in a backup."""
    parts = ("head", "head_times", "tail", "tail_times")
    return sum(len(fields.get(part, b"")) for part in parts) + RESIZE_BYTES * len(
        fields.get("resizes", ())
    )


@contextmanager
def values_as_they_are() -> Iterator[None]:
    """Sends values to PostgreSQL as parameters, not as literals in the statement.

    Literals of bytes are twice as long and copied several times, and the connection keeps a buffer
    of that size for its lifetime. The largest recording took 31 ms with literals, and takes 8 ms.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    psycopg_connection = connection.connection
    before = psycopg_connection.cursor_factory
    psycopg_connection.cursor_factory = connection.Database.Cursor  # type: ignore[attr-defined]
    try:
        yield
    finally:
        psycopg_connection.cursor_factory = before


def load_recording(run_id: UUID, until: int = 0) -> StoredRecording:
    """Empty if nothing was recorded, and if a reader has its output up to `until`, the end."""
    stored = Recording.objects.filter(pk=run_id)
    if until:  # sizes are known without reading what may be MiB
        end = F("tail_offset") + Length("tail")
        stored = stored.annotate(end=Greatest(Length("head"), end)).filter(end__gt=until)
    recording = stored.only("head", "tail", "tail_offset").first()
    if recording is None:
        return StoredRecording(b"", b"", 0)
    return StoredRecording(bytes(recording.head), bytes(recording.tail), recording.tail_offset)
