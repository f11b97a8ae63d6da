"""How far the output of one run has come at one socket. Pure.

Offsets make repetition harmless: a byte that arrives twice is passed on once.
"""

RESEND_SECONDS = 0.1  # between two requests for the same missing bytes


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
