"""Handshakes of WebSockets wait for their turn before anything is looked up for them.

Each costs a session, a user and a row. Those of one visitor come at the rate that a user has; the
others wait, and then are refused: who asks again and again holds its own connections, not ours.
"""

import asyncio
from typing import Any

from django.conf import settings

from runner.infrastructure.server.visitors import Paces, visitor_of
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
        self._all = TokenBucket(PER_SECOND, BURST)
        self._waiting = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._waiting < WAITING and await self._admitted(scope):
            await self._application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _admitted(self, scope: Any) -> bool:
        self._waiting += 1
        try:
            began = asyncio.get_running_loop().time()
            pace = self._paces.of(visitor_of(scope)[0])
            admitted = await pace.wait(WAIT_SECONDS, WAITING_OF_VISITOR)
            if admitted and await self._all.wait(WAIT_SECONDS):
                return True
            await asyncio.sleep(began + WAIT_SECONDS - asyncio.get_running_loop().time())
            return False
        finally:
            self._waiting -= 1
