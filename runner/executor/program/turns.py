"""How many runs of an executor compile at a time: a compiler may use more memory than a program.

Each user has one turn at a time, so that nobody takes those of others: decision 056.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator

SHARE = 4  # of an executor's runs one in so many compiles


class CompileTurns:
    """Bounded in time, as compilers are: `compile_wall_seconds` for each turn."""

    def __init__(self, capacity: int) -> None:
        self.most = max(1, capacity // SHARE)
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
