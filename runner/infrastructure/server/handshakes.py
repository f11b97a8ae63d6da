"""Handshakes of WebSockets wait for their turn before anything is looked up for them.

Each costs a session, a user and a row. Those of one visitor come at the rate that a user has; the
others wait, and then are refused: who asks again and again holds its own connections, not ours.
A refusal that is held costs a connection, one that is given at once costs another handshake.
A session without a proof may be one of thousands of made-up ones, so an address gets half of the
places for such sessions. Users with a proof have places of their own: no flood takes them.
"""

import asyncio
from collections import Counter
from typing import Any

from django.conf import settings

from runner.infrastructure.server.visitors import Paces, visitor_of
from runner.infrastructure.token_bucket import TokenBucket

PER_SECOND, BURST = 100, 300  # of a web worker: a school that comes back takes some seconds
WAIT_SECONDS = 2.0  # Daphne gives up a handshake after 5 s
REFUSED_SECONDS, HELD = 4.0, 2000  # refusals that are held
WAITING_OF_VISITOR, WAITING = 20, 500
SHARE_OF_USER, SHARE_OF_ADDRESS = 0.1, 0.5


class Handshakes:
    """ASGI middleware."""

    def __init__(self, application: Any) -> None:
        self._application = application
        limits = settings.LIMITS
        self._paces = Paces(limits.run_requests_per_second, limits.run_requests_burst)
        self._places = {True: _Places(SHARE_OF_USER), False: _Places(SHARE_OF_ADDRESS)}
        self._held = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        visitor, began = visitor_of(scope), asyncio.get_running_loop().time()
        places = self._places[visitor.is_known]
        if await places.wait(visitor.group, self._paces.of(visitor.name)):
            await self._application(scope, receive, send)
        else:
            await self._hold(began + REFUSED_SECONDS)
            await send({"type": "websocket.close"})

    async def _hold(self, until: float) -> None:
        if self._held < HELD:
            self._held += 1
            try:
                await asyncio.sleep(_left(until))
            finally:
                self._held -= 1


class _Places:
    """`share`: of all places, that one group may take."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._paces = Paces(PER_SECOND * share, BURST * share)
        self._all = TokenBucket(PER_SECOND, BURST)
        self._waiting: Counter[bytes] = Counter()  # by group

    async def wait(self, group: bytes, own: TokenBucket) -> bool:
        """False: refused."""
        if self._waiting.total() >= WAITING or self._waiting[group] >= WAITING * self._share:
            return False
        self._waiting[group] += 1
        try:
            until = asyncio.get_running_loop().time() + WAIT_SECONDS
            return await self._waits(group, own, until)
        finally:
            self._waiting[group] -= 1
            if not self._waiting[group]:
                del self._waiting[group]

    async def _waits(self, group: bytes, own: TokenBucket, until: float) -> bool:
        """For the turn of the visitor, then of its group, then of everybody."""
        return (
            await own.wait(_left(until), WAITING_OF_VISITOR)
            and await self._paces.of(group).wait(_left(until))
            and await self._all.wait(_left(until))
        )


def _left(until: float) -> float:
    return until - asyncio.get_running_loop().time()
