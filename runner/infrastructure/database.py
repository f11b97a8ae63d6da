"""Queries from the event loop."""

import asyncio
import logging
import select
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache, partial
from typing import Any, ParamSpec, TypeVar

from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
)
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
# As many connections this process has at most. Not asyncio's own threads: a database that does not
# answer would hold them all, and with them what else waits for one, such as limits of runs.
THREADS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="database")
RETRY_SECONDS = 1.0
GIVE_UP_SECONDS = 300.0
# Classes of SQLSTATE (PostgreSQL's manual, appendix A): connections, shutdown, too many clients.
AWAY = ("08", "57", "53300")
_failed_at = float("-inf")


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `function` in a thread of its own with its own connection.

    Not thread-sensitive: Django's default would queue every terminal of the process behind one
    thread.
    """
    query = partial(copy_context().run, function, *args, **kwargs)
    with noting_failures():
        return await asyncio.get_running_loop().run_in_executor(THREADS, _with_connection, query)


@contextmanager
def noting_failures() -> Iterator[None]:
    """For `steady_seconds`."""
    global _failed_at
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if not _is_answer(error):
            _failed_at = time.monotonic()
        raise


def _with_connection(query: Callable[[], T]) -> T:
    """Drops a connection that has failed or is old. Of others Django asks first whether they still
    answer; but one whose server is gone is not silent, so silent ones are spared the question."""
    close_old_connections()
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql" and is_silent(connection.connection):
            connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return query()
    finally:
        close_old_connections()


def is_silent(connection: Any) -> bool:
    """Of psycopg, and idle: whether its server says nothing, as it does until it goes away.

    One that vanished is found by the kernel's own questions (`keepalives_idle` in the settings).
    """
    if connection is None or connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)


@cache
def dialect() -> BaseDatabaseWrapper:
    """How the database writes words and values; it never connects.

    On the event loop Django would make a connection for each terminal, only to be looked at.
    """
    return connections.create_connection(DEFAULT_DB_ALIAS)


def close_connections_of_page(**_: object) -> None:
    """A page has a thread of its own under ASGI, whose connection nobody can use again."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _is_answer(error: Exception) -> bool:
    """Whether the database is there, and says no: its disk is full, say."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate is not None and not sqlstate.startswith(AWAY)


def steady_seconds() -> float:
    """For how long the database has answered everything, as far as this process knows."""
    return time.monotonic() - _failed_at


async def in_database_with_retry(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what must not be lost: again and again while the database is away."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return await in_database(function, *args, **kwargs)
        except (DatabaseError, InterfaceError) as error:
            if time.monotonic() > give_up_at:
                raise
            logger.warning("Writing to the database failed; retrying: %s", error)
        await asyncio.sleep(RETRY_SECONDS)
