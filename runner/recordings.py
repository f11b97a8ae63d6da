"""Recordings in the database: saved while a run goes on, read when somebody comes later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from runner.models import Recording

PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
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


def save(run_id: UUID, fields: Mapping[str, object]) -> None:
    """What was saved of the run before is replaced."""
    Recording.objects.bulk_create(
        [Recording(run_id=run_id, **fields)],
        update_conflicts=True,
        unique_fields=["run"],
        update_fields=list(fields),
    )


def load(run_id: UUID) -> Stored:
    """Empty when nothing was recorded."""
    recording = Recording.objects.filter(pk=run_id).only("head", "tail", "tail_offset").first()
    if recording is None:
        return Stored(b"", b"", 0)
    return Stored(bytes(recording.head), bytes(recording.tail), recording.tail_offset)
