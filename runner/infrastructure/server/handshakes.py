"""Handshakes of WebSockets wait for their turn before anything is looked up for them.

Each costs a session, a user and a row. Those of one visitor come at the rate that a user has; the
others wait, and then are refused: who asks again and again holds its own connections, not ours.
Nobody knows yet whether a session is there, so an address, which may send thousands of made-up
ones, gets half of all places only.
"""

import asyncio
from collections import Counter
from typing import Any

from django.conf import settings

from runner.infrastructure.server.visitors import Paces, address_of, visitor_of
from runner.infrastructure.token_bucket import TokenBucket

PER_SECOND, BURST = 100, 300  # of a web worker: a school that comes back takes some seconds
WAIT_SECONDS = 2.0  # Daphne gives up a handshake after 5 s
WAITING_OF_VISITOR, WAITING = 20, 500


class Handshakes:
    """ASGI middleware."""

    def __init__(self, application: Any) -> None:
        self._application = application
        limits = settings.LIMITS
        self._paces = Paces(limits.run_requests_per_second, limits.run_requests_burst)
        self._addresses = Paces(PER_SECOND / 2, BURST / 2)
        self._all = TokenBucket(PER_SECOND, BURST)
        self._waiting: Counter[bytes] = Counter()  # by address

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._has_place(address_of(scope)) and await self._admitted(scope):
            await self._application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    def _has_place(self, address: bytes) -> bool:
        return self._waiting.total() < WAITING and self._waiting[address] < WAITING / 2

    async def _admitted(self, scope: Any) -> bool:
        address = address_of(scope)
        self._waiting[address] += 1
        try:
            until = asyncio.get_running_loop().time() + WAIT_SECONDS
            if await self._waits(scope, until):
                return True
            await asyncio.sleep(_left(until))
            return False
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]

    async def _waits(self, scope: Any, until: float) -> bool:
        """For the turn of its visitor, then of its address, then of everybody."""
        visitor, address = visitor_of(scope)[0], address_of(scope)
        return (
            await self._paces.of(visitor).wait(_left(until), WAITING_OF_VISITOR)
            and await self._addresses.of(address).wait(_left(until))
            and await self._all.wait(_left(until))
        )


def _left(until: float) -> float:
    return until - asyncio.get_running_loop().time()
