"""What `tests/runner/rooms/test_one_room.py` does on PostgreSQL, by `Product.call`."""

import asyncio
import threading
from dataclasses import replace

from django.conf import settings

from accounts.models import User
from runner.infrastructure.database import in_database
from runner.models import Room, RoomUpdate, Snippet
from runner.rooms import store
from tests.a_snippet import a_snippet
from tests.cast import someone

PAGES = 4


def open_in_one_instant() -> tuple[list[int], int, int]:
    """The rooms that are opened, and how many there are, with how many updates. Each page has found
    no room before any of them makes one."""
    return asyncio.run(_open_in_one_instant())


async def _open_in_one_instant() -> tuple[list[int], int, int]:
    settings.LIMITS = replace(settings.LIMITS, rooms_per_user=1)  # theirs is the last one
    owner = await in_database(someone, "owner")
    own: Snippet = await in_database(a_snippet, owner)
    none_yet, create = threading.Barrier(PAGES, timeout=30), store._create

    def create_together(user: User, snippet: Snippet) -> Room:
        none_yet.wait()
        return create(user, snippet)

    store._create = create_together
    opening = (in_database(store.open_room, owner, own.pk) for _ in range(PAGES))
    rooms: list[Room] = await asyncio.gather(*opening)
    counts = [await in_database(model.objects.count) for model in (Room, RoomUpdate)]
    return [room.pk for room in rooms], counts[0], counts[1]
