"""The input of one run: typed in order, once, and bounded. Pure."""


class InputQueue:
    """Input by sequence number, 1, 2, 3 …; `acked` is the last one that was typed completely."""

    def __init__(self, max_bytes: int, max_messages: int) -> None:
        self.acked = 0
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        self._waiting: dict[int, bytes] = {}
        self._waiting_bytes = 0
        self._written = 0  # bytes of message acked + 1

    def offer(self, seq: int, data: bytes) -> bool:
        """Accepts a message that was not typed yet; false if there is no room for it."""
        if self.knows(seq):
            return True
        full = self._waiting_bytes + len(data) > self._max_bytes
        next_one = seq == self.acked + 1  # all others wait for this one
        if not next_one and (full or len(self._waiting) >= self._max_messages):
            return False
        self._waiting[seq] = data
        self._waiting_bytes += len(data)
        self._skip_finished()
        return True

    def head(self) -> bytes:
        """What to write to the terminal next; empty if the next message is missing."""
        return self._waiting.get(self.acked + 1, b"")[self._written :]

    def wrote(self, count: int) -> None:
        """The terminal accepted `count` bytes of `head()`."""
        self._written += count
        self._skip_finished()

    @property
    def taken(self) -> int:
        """The last message that was typed, or waits together with all its predecessors."""
        seq = self.acked
        while seq + 1 in self._waiting:
            seq += 1
        return seq

    def forget_out_of_order(self) -> None:
        """Another viewer continues after `taken`: later messages of the last one have a hole."""
        last = self.taken
        for seq in [seq for seq in self._waiting if seq > last]:
            self._waiting_bytes -= len(self._waiting.pop(seq))

    def knows(self, seq: int) -> bool:
        """Whether the message was accepted before."""
        return seq <= self.acked or seq in self._waiting

    def skip_to(self, seq: int) -> None:
        """Counts what waits in order before `seq` as typed: an interrupt empties the queue."""
        while self.acked + 1 < seq and self.acked + 1 in self._waiting:
            self._written = len(self._waiting[self.acked + 1])
            self._skip_finished()

    def _skip_finished(self) -> None:
        while (data := self._waiting.get(self.acked + 1)) is not None and self._written >= len(
            data
        ):
            del self._waiting[self.acked + 1]
            self._waiting_bytes -= len(data)
            self.acked += 1
            self._written = 0
