"""How long inputs take until their echo is here: of one input at a time, so bounded."""

import time

from runner.infrastructure.metrics import ECHO


class EchoTimer:
    def __init__(self) -> None:
        self._seq: int | None = None
        self._sent_at = 0.0

    def sent(self, seq: int) -> None:
        """Input `seq` goes to the executor, for the first time or again."""
        if self._seq is None:
            self._seq, self._sent_at = seq, time.monotonic()

    def acked(self, acked: int) -> None:
        """Every input up to `acked` was typed; the echo comes in the same message."""
        if self._seq is not None and acked >= self._seq:
            self._seq = None
            ECHO.observe(time.monotonic() - self._sent_at)
