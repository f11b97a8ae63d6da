"""Queries from the event loop."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
T = TypeVar("T")


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `function` in a thread of its own with its own connection.

    Not thread-sensitive: Django's default would queue every terminal of the process behind one
    thread.
    """
    return await database_sync_to_async(function, thread_sensitive=False)(*args, **kwargs)
