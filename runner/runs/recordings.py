"""Recordings in the database: saved while a run goes on, read when somebody comes later."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from runner.models import Recording

PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """What is kept of a run's output: `head` from offset 0, `tail` from `tail_offset`."""

    head: bytes
    tail: bytes
    tail_offset: int

    @property
    def end(self) -> int:
        return self.tail_offset + len(self.tail) if self.tail else len(self.head)

    def pieces(self, offset: int) -> Iterator[tuple[int, bytes]]:
        """What is kept from `offset` on, in order and in frames; a jump between two was cut."""
        for start, data in ((0, self.head), (self.tail_offset, self.tail)):
            for first in range(max(0, offset - start), len(data), PIECE_BYTES):
                yield start + first, data[first : first + PIECE_BYTES]


def save_recording(run_id: UUID, fields: Mapping[str, object]) -> None:
    """What was saved of the run before is replaced."""
    with _values_as_they_are():
        Recording.objects.bulk_create(
            [Recording(run_id=run_id, **fields)],
            update_conflicts=True,
            unique_fields=["run"],
            update_fields=list(fields),
        )


@contextmanager
def _values_as_they_are() -> Iterator[None]:
    """Values go to PostgreSQL beside the statement, not written out in it.

    Bytes written out are twice as long, in several copies, and the connection keeps a buffer of
    such a size for as long as it lives. The largest recording took 31 ms that way, and takes 8.
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


def load_recording(run_id: UUID) -> StoredRecording:
    """Empty when nothing was recorded."""
    recording = Recording.objects.filter(pk=run_id).only("head", "tail", "tail_offset").first()
    if recording is None:
        return StoredRecording(b"", b"", 0)
    return StoredRecording(bytes(recording.head), bytes(recording.tail), recording.tail_offset)
