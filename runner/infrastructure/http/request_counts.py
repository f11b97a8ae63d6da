"""How much one user may ask for, counted by the minute in the cache, on all web workers."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from redis.exceptions import RedisError

from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import RateLimited, Unavailable

logger = logging.getLogger(__name__)
COSTLY_WAIT_SECONDS = 10.0
HELD_SECONDS = 10  # by a worker that died while it held something


def charge(
    user: int,
    what: str,
    limit: int,
    amount: int = 1,
    reason_code: ReasonCode = ReasonCode.TOO_MANY_REQUESTS,
) -> None:
    """Raises `RateLimited` once the user's `amount`s of this minute are more than `limit`.

    While the cache is away nobody is refused.
    """
    key = f"{what}:{user}:{int(time.time()) // 60}"
    try:
        cache.add(key, 0, timeout=120)
        count = cache.incr(key, amount)
    except (RedisError, ValueError) as error:  # ValueError: it was thrown out in between
        logger.warning("The rate of %s is not enforced, because the cache failed: %r", what, error)
        return
    if count > limit:
        raise RateLimited(reason_code)


@contextmanager
def one_at_a_time(user: int, what: str, wait_seconds: float) -> Iterator[None]:
    """Waits so long for the user's other requests of this kind, then raises `RateLimited`."""
    key, give_up_at = f"{what}:{user}", time.monotonic() + wait_seconds
    try:
        while not cache.add(key, 1, timeout=HELD_SECONDS):
            if time.monotonic() > give_up_at:
                raise RateLimited(ReasonCode.TOO_MANY_REQUESTS)
            time.sleep(0.02)
    except RedisError as error:
        logger.warning("Several of %s at once, because the cache failed: %r", what, error)
    try:
        yield
    finally:
        try:
            cache.delete(key)
        except RedisError as error:
            logger.warning("%s is kept from user %s for a while: %r", what, user, error)


class Slots:
    """Of this process, for work that holds much memory, or Python's lock for long."""

    def __init__(self, most: int) -> None:
        self._slots = threading.BoundedSemaphore(most)

    @contextmanager
    def one(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=COSTLY_WAIT_SECONDS):
            raise Unavailable(ReasonCode.SERVER_BUSY)
        try:
            yield
        finally:
            self._slots.release()
