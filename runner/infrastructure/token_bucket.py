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

    def give_back(self) -> None:
        """What was taken for nothing."""
        self._tokens = min(self._burst, self._tokens + 1)

    def owe(self, cost: float) -> None:
        """Takes them, whether they are there or not, for what is known to have cost so many only
        afterwards: who asks next waits for them, too."""
        self.take(0)  # brings the account up to date
        self._tokens -= cost

    @property
    def wait_seconds(self) -> float:
        """Until there are as many as were wanted last, without success."""
        return max(0.0, (self._wanted - self._tokens) / self._per_second)

    async def wait(
        self, most_seconds: float = math.inf, most_waiting: float = math.inf, cost: float = 1
    ) -> bool:
        """Takes them as soon as they are there, in the order of asking; false, at once, if that
        would take too long or too many wait.

        Who waits has taken them already, and sleeps once, however many others wait.
        """
        cost = min(cost, self._burst)  # more are never there
        if self.take(cost):
            return True
        seconds = self.wait_seconds
        if self._waiting >= most_waiting or seconds > most_seconds:
            return False
        self._tokens -= cost
        self._waiting += 1
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self._tokens += cost
            raise
        finally:
            self._waiting -= 1
        return True
