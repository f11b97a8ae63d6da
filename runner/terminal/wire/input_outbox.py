"""The inputs of one socket that have not reached the program's terminal. Pure.

Sequence numbers make repetition harmless: an input that arrives twice is typed once.
"""

from dataclasses import dataclass

REPEAT_SECONDS = 0.3  # between two sendings of an input that is not acknowledged


@dataclass(slots=True)
class _Unacked:
    data: bytes
    sent_at: float


class InputOutbox:
    """Inputs after `acked`, the last one that has reached the program's terminal; bounded."""

    def __init__(self, max_bytes: int, max_messages: int) -> None:
        self.acked = 0
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        self._waiting: dict[int, _Unacked] = {}
        self._waiting_bytes = 0

    def offer(self, seq: int, data: bytes, now: float) -> bool:
        """Keeps a message until it is acknowledged; false when there is no room."""
        if seq <= self.acked or seq in self._waiting:
            return True
        full = self._waiting_bytes + len(data) > self._max_bytes
        next_one = seq == self.acked + 1  # what all others wait for
        if not next_one and (full or len(self._waiting) >= self._max_messages):
            return False
        self._waiting[seq] = _Unacked(data, now)
        self._waiting_bytes += len(data)
        return True

    def ack(self, acked: int) -> bool:
        """Forgets every input up to `acked`; whether that is news."""
        if acked <= self.acked:
            return False
        self.acked = acked
        for known in [known for known in self._waiting if known <= acked]:
            self._waiting_bytes -= len(self._waiting.pop(known).data)
        return True

    def overdue(self, now: float, seconds: float = REPEAT_SECONDS) -> list[tuple[int, bytes]]:
        """What to send again now, in order."""
        due = [s for s, kept in self._waiting.items() if now - kept.sent_at >= seconds]
        for seq in due:
            self._waiting[seq].sent_at = now
        return [(seq, self._waiting[seq].data) for seq in sorted(due)]

    def __len__(self) -> int:
        return len(self._waiting)
