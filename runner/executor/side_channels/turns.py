"""Turns at what an executor can do only a few times at once.

Each user has one turn at a time, so that nobody takes those of others: decision 056.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, nullcontext

from django.conf import settings

from runner.limits import KIB

SMALL_BYTES = 256 * KIB


class UserTurns:
    """Whoever has a turn ends it within a bounded time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._busy: list[int] = []  # whose turns they are
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @contextlib.asynccontextmanager
    async def turn(self, user: int) -> AsyncIterator[None]:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((user, waiting))
        self._give()
        try:
            await waiting
            yield
        finally:
            if waiting.done() and not waiting.cancelled():
                self._busy.remove(user)
            else:
                self._waiting.remove((user, waiting))
            self._give()

    def _give(self) -> None:
        """To who waits longest among those that have no turn."""
        for user, waiting in list(self._waiting):
            if len(self._busy) == self.most:
                return
            if user not in self._busy:
                self._waiting.remove((user, waiting))
                self._busy.append(user)
                waiting.set_result(None)


class Turns(UserTurns):
    """Who receives and stores much now. Little, as plots are, waits for nobody: a program that
    sends slowly would hold up those of others."""

    def __init__(self) -> None:
        super().__init__(settings.LIMITS.artifacts_at_once)

    def place(self, size: int, user: int) -> AbstractAsyncContextManager[None]:
        return self.turn(user) if size > SMALL_BYTES else nullcontext()
