"""How much one user may ask of us, over all sockets of this process."""

import math
import time
from collections import OrderedDict
from weakref import WeakValueDictionary

from runner.infrastructure.token_bucket import TokenBucket
from runner.limits import Limits
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import RateLimited

WAIT_SECONDS, WAITING = 4.0, 20  # of a start or an attach, and how many of each
SOCKET_WAIT_SECONDS = 2.0  # of a new socket: Daphne gives up a handshake after 5 s
KEPT_SECONDS = 300.0  # after a user's last new socket; every bucket is full again by then
COST_CHARACTERS = 4096  # of a message that count as one more


class Rates:
    """Of all sockets that one user has open in this process."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.received = TokenBucket(limits.acks_per_second, limits.acks_per_second)
        self.messages = TokenBucket(limits.messages_per_second, limits.messages_burst)
        asked = limits.run_requests_per_second, limits.run_requests_burst
        self.starts, self.attaches, self.sockets = (TokenBucket(*asked) for _ in range(3))
        self.refusals = Refusals(limits)
        self._others: dict[str, TokenBucket] = {}

    def bucket(self, name: str, per_second: float, burst: float) -> TokenBucket:
        """One more rate of the user, whichever of the sockets asks for it."""
        return self._others.setdefault(name, TokenBucket(per_second, burst))


def cost_of(message: str | bytes | None) -> int:
    """Of a message that is received: who sends faster, or more, than the rate waits."""
    return 1 + len(message or "") // COST_CHARACTERS


async def charge(bucket: TokenBucket, reason_code: ReasonCode) -> None:
    """Waits a little for its turn: who asks twice as fast is served half as fast. Beyond that it
    raises `RateLimited`, with the whole seconds to wait."""
    if not await bucket.wait(WAIT_SECONDS, WAITING):
        raise RateLimited(reason_code, wait_seconds=max(1, math.ceil(bucket.wait_seconds)))


class Refusals:
    """How many refusals are answered. Who goes on is not answered, and then closed: an answer costs
    more than the message that it refuses."""

    def __init__(self, limits: Limits) -> None:
        rate = limits.refusals_per_second
        self._answered = TokenBucket(rate, limits.refusals_burst)
        self._patience = TokenBucket(rate, limits.refusals_until_closed)
        self._told = False

    def answer(self) -> bool:
        """Whether this refusal is answered."""
        if self._answered.take():
            self._told = False
            return True
        return False

    def ignore(self) -> bool:
        """One more is not answered; false if the socket is to be closed."""
        return self._patience.take()

    def warn(self) -> bool:
        """Whether to say that refusals are no longer answered: once, until they are again."""
        told, self._told = self._told, True
        return not told


_in_use: WeakValueDictionary[int, Rates] = WeakValueDictionary()
_recent: OrderedDict[int, tuple[float, Rates]] = OrderedDict()  # the longest unused first


def rates_of(user: int, limits: Limits) -> Rates:
    """To be kept by each socket. Opening another one does not renew what has been used up."""
    now = time.monotonic()
    while _recent and next(iter(_recent.values()))[0] < now - KEPT_SECONDS:
        _recent.popitem(last=False)
    rates = _in_use.get(user)
    if rates is None or rates.limits is not limits:
        rates = _in_use[user] = Rates(limits)
    _recent[user] = now, rates
    _recent.move_to_end(user)
    return rates
