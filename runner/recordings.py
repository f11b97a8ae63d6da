"""Recordings in the database: saved while a run goes on, read when somebody comes later."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from runner.models import Recording


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of a run's output: `head` from offset 0, `tail` from `tail_offset`."""

    head: bytes
    tail: bytes
    tail_offset: int

    @property
    def end(self) -> int:
        return self.tail_offset + len(self.tail) if self.tail else len(self.head)

    def pieces(self, offset: int) -> list[tuple[int, bytes]]:
        """What is kept from `offset` on, in order; a jump between pieces was cut."""
        parts = ((0, self.head), (self.tail_offset, self.tail))
        return [
            (max(offset, start), data[max(0, offset - start) :])
            for start, data in parts
            if data and offset < start + len(data)
        ]


def save(run_id: UUID, fields: Mapping[str, object]) -> None:
    Recording.objects.update_or_create(run_id=run_id, defaults=dict(fields))


def load(run_id: UUID) -> Stored:
    """Empty when nothing was recorded."""
    recording = Recording.objects.filter(pk=run_id).only("head", "tail", "tail_offset").first()
    if recording is None:
        return Stored(b"", b"", 0)
    return Stored(bytes(recording.head), bytes(recording.tail), recording.tail_offset)
