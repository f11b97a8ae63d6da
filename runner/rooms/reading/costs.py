"""What looking at updates costs, and who pays: the user, on all pages, and the room.

Looking at a part of an update takes 5 µs, and 64 KiB may have 33,000 of them. That is known only
after the look: what comes next waits for it. The room pays beside the user, as its members may be
thirty guests of one person; what everybody types costs it nothing. One thread looks, so that an
echo waits for one other thread at most.
"""

from concurrent.futures import ThreadPoolExecutor
from weakref import WeakValueDictionary

from runner.infrastructure.database import in_threads
from runner.infrastructure.token_bucket import TokenBucket
from runner.rooms import store
from runner.terminal import Rates

UPDATES_PER_SECOND, UPDATES_BURST = 30, 60  # pages send 20; who sends faster waits
COSTS_PER_SECOND, COSTS_BURST = 30, 240  # of a room
COST_BYTES, COST_PARTS = 4096, 50  # of an update that count as one more
THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="updates")
_rooms: WeakValueDictionary[int, TokenBucket] = WeakValueDictionary()


class Costs:
    """Of one page."""

    def __init__(self, room: int, rates: Rates) -> None:
        self._of_user = rates.bucket("room updates", UPDATES_PER_SECOND, UPDATES_BURST)
        self._of_room = _rooms.get(room) or TokenBucket(COSTS_PER_SECOND, COSTS_BURST)
        _rooms[room] = self._of_room

    async def look_at(self, update: bytes) -> None:
        """In its turn. Raises a `Refused` for what is no update."""
        size = len(update) // COST_BYTES
        await self._of_user.wait(cost=1 + size)
        await self._of_room.wait(cost=size)
        parts = len(update)  # more than there can be: what is refused may have cost as much
        try:
            parts = await in_threads(THREAD, store.parts_of, update)
        finally:
            for bucket in (self._of_user, self._of_room):
                bucket.owe(parts // COST_PARTS)
