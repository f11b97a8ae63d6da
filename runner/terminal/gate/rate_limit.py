"""How much one browser may ask of us."""

import time
from weakref import WeakValueDictionary

from runner.limits import Limits


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


class Rates:
    """Of all sockets that one user has open in this process."""

    def __init__(self, limits: Limits) -> None:
        self.messages = TokenBucket(limits.messages_per_second, limits.messages_burst)
        self.received = TokenBucket(limits.acks_per_second, limits.acks_per_second)


_rates: WeakValueDictionary[int, Rates] = WeakValueDictionary()


def rates_of(user: int, limits: Limits) -> Rates:
    """To be kept by each socket: the last one takes it along."""
    rates = _rates.get(user)
    if rates is None:
        rates = _rates[user] = Rates(limits)
    return rates
