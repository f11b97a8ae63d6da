"""What one socket has got of one run, and what it has sent. Pure.

Numbers make repetition harmless: bytes have offsets, inputs have sequence numbers.
"""

from dataclasses import dataclass

RESEND_SECONDS = 0.1  # between two requests for the same missing bytes
REPEAT_SECONDS = 0.3  # between two sendings of an input that nobody confirmed


class OutputCursor:
    """Passes bytes on in order and once; asks again for what did not come."""

    def __init__(self, offset: int) -> None:
        self.expected = offset  # everything before it went to the browser
        self.acked = offset  # everything before it was parsed there
        self._asked_at = float("-inf")

    def take(self, offset: int, data: bytes) -> bytes:
        """The part of `data` that is new; nothing when it is old, or when bytes before it miss."""
        if offset > self.expected:
            return b""
        new = data[self.expected - offset :]
        self.expected += len(new)
        return new

    def skip(self, start: int, stop: int) -> bool:
        """Whether a gap from `start` to `stop` is next."""
        if not start <= self.expected < stop:
            return False
        self.expected = stop
        return True

    def ack(self, offset: int) -> bool:
        """False for bytes that were never sent. An old offset changes nothing."""
        if offset > self.expected:
            return False
        self.acked = max(self.acked, offset)
        return True

    def may_ask(self, now: float) -> bool:
        """Whether to ask for missing bytes now, or the last request may still be answered."""
        if now - self._asked_at < RESEND_SECONDS:
            return False
        self._asked_at = now
        return True


@dataclass(slots=True)
class _Unconfirmed:
    data: bytes
    sent_at: float


class InputOutbox:
    """Inputs that the executor has not confirmed yet; bounded."""

    def __init__(self, max_bytes: int, max_messages: int) -> None:
        self.confirmed = 0
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        self._waiting: dict[int, _Unconfirmed] = {}
        self._waiting_bytes = 0

    def offer(self, seq: int, data: bytes, now: float) -> bool:
        """Keeps a message until it is confirmed; false when there is no room."""
        if seq <= self.confirmed or seq in self._waiting:
            return True
        full = self._waiting_bytes + len(data) > self._max_bytes
        next_one = seq == self.confirmed + 1  # what all others wait for
        if not next_one and (full or len(self._waiting) >= self._max_messages):
            return False
        self._waiting[seq] = _Unconfirmed(data, now)
        self._waiting_bytes += len(data)
        return True

    def confirm(self, seq: int) -> bool:
        """Everything up to `seq` has reached the program's terminal; whether that is news."""
        if seq <= self.confirmed:
            return False
        self.confirmed = seq
        for known in [known for known in self._waiting if known <= seq]:
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
