"""How many requests of polled sockets a web worker takes: so many a second, and at a time, of each
user. Whoever has no proof of signing in is counted by address, apart from all users."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from runner.infrastructure.server.visitors import Paces, Visitor
from runner.limits import Limits

WAIT_SECONDS = 4.0  # for a turn; who asks twice as fast is served half as fast


class Places:
    def __init__(self, limits: Limits) -> None:
        rate = limits.polled_requests_per_second
        self._paces = {known: Paces(rate, limits.polled_requests_burst) for known in (True, False)}
        # A poll and what is typed, of each terminal, and as many answers that are not read yet.
        self._of_group = 4 * limits.sockets_per_user
        self._all = limits.polled_requests_at_once
        self._there: dict[bool, Counter[bytes]] = {True: Counter(), False: Counter()}

    @asynccontextmanager
    async def one(self, visitor: Visitor) -> AsyncIterator[bool]:
        """Whether there is a place, after the turn has come."""
        there, group = self._there[visitor.is_known], visitor.group
        if there[group] >= self._of_group or there.total() >= self._all:
            yield False
            return
        there[group] += 1
        try:
            pace = self._paces[visitor.is_known].of(group)
            yield await pace.wait(WAIT_SECONDS, self._of_group)
        finally:
            there[group] -= 1
            if not there[group]:
                del there[group]
