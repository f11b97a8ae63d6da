"""The output of a run with times, bounded: its beginning and its end. Pure."""

from collections import deque
from dataclasses import dataclass

from runner.recording_times import pack_times

MERGE_MS = 15  # pieces closer than this replay the same
MAX_PIECES = 20_000  # per part; later ones then share the last piece's time
MAX_RESIZES = 1_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The fields of a `Recording` row."""

    head: bytes
    head_times: bytes
    tail: bytes
    tail_times: bytes
    tail_offset: int
    resizes: list[tuple[int, int, int]]


class _Part:
    """Bytes with times; grows at the end, shrinks at the start."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.pieces: deque[tuple[int, int]] = deque()  # (milliseconds, bytes)

    def add(self, at_ms: int, data: bytes) -> None:
        if not data:
            return
        self.data += data
        if self.pieces:
            last_ms, size = self.pieces[-1]
            if at_ms - last_ms < MERGE_MS or len(self.pieces) >= MAX_PIECES:
                self.pieces[-1] = (last_ms, size + len(data))
                return
        self.pieces.append((at_ms, len(data)))

    def drop(self, count: int) -> None:
        del self.data[:count]
        while count:
            at_ms, size = self.pieces.popleft()
            if size > count:
                self.pieces.appendleft((at_ms, size - count))
                return
            count -= size


class RecordingBuffer:
    """Keeps the first `part_bytes`, and the last `tail_bytes` of the rest."""

    def __init__(self, part_bytes: int, tail_bytes: int) -> None:
        self.end = 0
        self._part_bytes = part_bytes
        self._tail_bytes = tail_bytes
        self._head = _Part()
        self._tail = _Part()
        self._resizes: list[tuple[int, int, int]] = []

    def add(self, at_ms: int, data: bytes) -> None:
        room = self._part_bytes - len(self._head.data)
        self._head.add(at_ms, data[:room])
        self._tail.add(at_ms, data[room:] if room else data)
        self.end += len(data)
        surplus = len(self._tail.data) - self._tail_bytes
        if surplus > 0:
            self._tail.drop(surplus)

    def resize(self, at_ms: int, cols: int, rows: int) -> None:
        if len(self._resizes) < MAX_RESIZES:
            self._resizes.append((at_ms, cols, rows))

    def forget(self) -> None:
        """Drops everything."""
        self._head, self._tail = _Part(), _Part()

    def snapshot(self, keep_from: int) -> Snapshot:
        """The recording so far: everything from offset `keep_from`, and at least the last part."""
        tail = _Part()
        tail.data, tail.pieces = bytearray(self._tail.data), self._tail.pieces.copy()
        offset = self.end - len(tail.data)
        wanted = min(keep_from, self.end - self._part_bytes)
        if wanted > offset:
            tail.drop(wanted - offset)
            offset = wanted
        return Snapshot(
            head=bytes(self._head.data),
            head_times=pack_times(self._head.pieces),
            tail=bytes(tail.data),
            tail_times=pack_times(tail.pieces),
            tail_offset=offset,
            resizes=list(self._resizes),
        )
