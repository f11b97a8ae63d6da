"""Rooms in which nobody does anything: they grow by nothing, and cost nothing once left."""

import asyncio
import gc
import tracemalloc

import pytest
from asgiref.sync import sync_to_async

from accounts.models import User
from runner.rooms import keeper, store
from tests.a_room import a_room, admitted
from tests.cast import someone
from tests.runner.rooms.conftest import Opens, Page, synced

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
SETTLED, LOOKS = 150, 400  # in an hour there are 1800
MOST_BYTES_PER_LOOK = 60  # 100 KiB in an hour


class Looks:
    """Of the keeper: as many as wanted, one after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self._more = 0, asyncio.Event()
        state = store.state
        loop = asyncio.get_running_loop()

        def looked(room: int) -> object:
            found = state(room)
            loop.call_soon_threadsafe(self._note)
            return found

        monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.001)
        monkeypatch.setattr(store, "state", looked)

    def _note(self) -> None:
        self.count += 1
        self._more.set()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(90):
            while self.count < count:
                self._more.clear()
                await self._more.wait()


async def read_on(page: Page) -> None:
    """As a browser does, which keeps nothing of what says that nothing is new."""
    while True:
        await page.take(300)  # longer than the test: who waits in vain ends the socket
        page.inbox.clear()


async def test_an_idle_room_grows_by_nothing(
    opens: Opens, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await sync_to_async(a_room)(owner)
    other = await sync_to_async(lambda: admitted(room, someone("bob")))()
    pages = [await synced(opens, user, room) for user in (owner, other)]
    reading = [asyncio.create_task(read_on(page)) for page in pages]
    looks = Looks(monkeypatch)
    tracemalloc.start()
    try:
        await looks.wait_for(SETTLED)  # caches are filled
        gc.collect()
        before = tracemalloc.take_snapshot()
        await looks.wait_for(looks.count + LOOKS)
        gc.collect()
        found = tracemalloc.take_snapshot().compare_to(before, "lineno")
        own = [one for one in found if "/runner/" in one.traceback[0].filename]
        grown = sum(one.size_diff for one in own)
    finally:
        tracemalloc.stop()
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    assert grown < MOST_BYTES_PER_LOOK * LOOKS, own[:5]
    for page in pages:
        await page.socket.disconnect()
    await asyncio.gather(*keeper.keeper._last)
    assert (keeper.keeper._pages, keeper.keeper._tasks, keeper.keeper._last) == ({}, {}, set())
