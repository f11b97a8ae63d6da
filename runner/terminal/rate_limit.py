"""How much one browser may ask of us."""

import time
from collections import Counter


class TokenBucket:
    """`per_second` on average, `burst` at once."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._tokens = burst
        self._filled_at = time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class SocketCounter:
    """Open sockets by user, in this process."""

    def __init__(self) -> None:
        self._open: Counter[int] = Counter()

    def enter(self, user: int, limit: int) -> bool:
        if self._open[user] >= limit:
            return False
        self._open[user] += 1
        return True

    def leave(self, user: int) -> None:
        self._open[user] -= 1
        if self._open[user] <= 0:
            del self._open[user]
