"""How long inputs take until their echo is here: of one input at a time, so bounded."""

import time

from runner.infrastructure.metrics import ECHO


class EchoTimer:
    def __init__(self) -> None:
        self._seq: int | None = None
        self._typed_at = 0.0

    def typed(self, seq: int) -> None:
        """Input `seq` goes to the executor, for the first time or again."""
        if self._seq is None:
            self._seq, self._typed_at = seq, time.monotonic()

    def confirmed(self, seq: int) -> None:
        """Everything up to `seq` was typed; the echo comes in the same message."""
        if self._seq is not None and seq >= self._seq:
            self._seq = None
            ECHO.observe(time.monotonic() - self._typed_at)
