"""Queries from the event loop."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import DatabaseError, InterfaceError

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
RETRY_SECONDS = 1.0
GIVE_UP_SECONDS = 300.0


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `function` in a thread of its own with its own connection.

    Not thread-sensitive: Django's default would queue every terminal of the process behind one
    thread.
    """
    result: T = await database_sync_to_async(function, thread_sensitive=False)(*args, **kwargs)
    return result


async def surely_in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what must not be lost: again and again while the database is away."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return await in_database(function, *args, **kwargs)
        except (DatabaseError, InterfaceError) as error:
            if time.monotonic() > give_up_at:
                raise
            logger.warning("The database did not take a change, trying again: %s", error)
        await asyncio.sleep(RETRY_SECONDS)
