"""Looks after the rooms whose pages are open on this web worker: every two seconds, for each room.

What the channel layer has lost is told again by that, and the text is saved. Every web worker with
a page of a room does the same: a worker that was killed is not missed.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol

from django.db import DatabaseError, InterfaceError

from runner.infrastructure import clock
from runner.infrastructure.database import in_database, in_threads
from runner.rooms import deadline, saving, store
from runner.rooms.store import RoomState

logger = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
SAVE_SECONDS = 2.0  # after the last update
SAVE_AT_LEAST_SECONDS = 10.0  # while somebody types all the time
END_SECONDS = 60.0  # after the end of an interview, in which its candidates' programs are ended
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="rooms")  # terminals have others


class Page(Protocol):
    async def note_state(self, state: RoomState) -> None: ...


class Keeper:
    def __init__(self) -> None:
        self._pages: dict[int, set[Page]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._last: set[asyncio.Task[None]] = set()

    def enter(self, room: int, page: Page) -> None:
        self._pages.setdefault(room, set()).add(page)
        if room not in self._tasks:
            self._tasks[room] = asyncio.create_task(self._keep(room))

    def leave(self, room: int, page: Page) -> None:
        pages = self._pages.get(room, set())
        pages.discard(page)
        if pages or room not in self._tasks:
            return
        del self._pages[room]
        self._tasks.pop(room).cancel()
        last = asyncio.create_task(self._save(room))
        self._last.add(last)
        last.add_done_callback(self._last.discard)

    async def _keep(self, room: int) -> None:
        saved_at = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                state = await in_database(store.state, room)
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Looking after room %s failed: %s", room, error)
                continue
            if state is None:
                continue  # its pages are expelled
            long_ago = time.monotonic() - saved_at > SAVE_AT_LEAST_SECONDS
            if state.seq > state.stored_seq and (
                long_ago or await in_database(_is_quiet, state.changed_at)
            ):
                saved_at = time.monotonic()
                await self._save(room)
            if state.ends_at is not None and await in_database(_is_just_over, state.ends_at):
                await self._carefully(room, deadline.end_runs)
            for page in tuple(self._pages.get(room, ())):
                try:
                    await page.note_state(state)
                except Exception:  # of one page
                    logger.exception("Telling a page of room %s failed.", room)

    async def _save(self, room: int) -> None:
        await self._carefully(room, saving.keep)

    async def _carefully(self, room: int, work: Callable[[int], object]) -> None:
        try:
            await in_threads(THREADS, work, room)
        except (DatabaseError, InterfaceError) as error:  # the next look tries again
            logger.warning("Looking after room %s failed: %s", room, error)
        except Exception:
            logger.exception("Looking after room %s failed.", room)


def _is_just_over(ends_at: datetime) -> bool:
    return 0 <= (clock.read() - ends_at).total_seconds() < END_SECONDS


def _is_quiet(changed_at: datetime) -> bool:
    return (clock.read() - changed_at).total_seconds() >= SAVE_SECONDS


keeper = Keeper()
