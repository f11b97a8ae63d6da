"""A rate with bursts."""

import asyncio
import math
import time


class TokenBucket:
    """`per_second` on average, `burst` at once."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._tokens = burst
        self._filled_at = time.monotonic()
        self._waiting = 0
        self._wanted: float = 1

    def take(self, cost: float = 1) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        if self._tokens < cost:
            self._wanted = cost
            return False
        self._tokens -= cost
        return True

    @property
    def wait_seconds(self) -> float:
        """Until there are as many as were wanted last, without success."""
        return max(0.0, (self._wanted - self._tokens) / self._per_second)

    async def wait(
        self, most_seconds: float = math.inf, most_waiting: float = math.inf, cost: float = 1
    ) -> bool:
        """Takes them as soon as they are there; false if that takes too long or too many wait."""
        cost = min(cost, self._burst)  # more are never there
        if self.take(cost):
            return True
        if self._waiting >= most_waiting:
            return False
        until = time.monotonic() + most_seconds
        self._waiting += 1
        try:
            while time.monotonic() + self.wait_seconds <= until:
                await asyncio.sleep(self.wait_seconds)
                if self.take(cost):
                    return True
            return False
        finally:
            self._waiting -= 1
