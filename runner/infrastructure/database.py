"""Runs database queries from the event loop, in threads."""

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
# This also bounds the number of connections. asyncio's own threads are not used: a database that
# does not answer would occupy them all and block other work, such as checking the limits of runs.
THREADS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="database")
RETRY_SECONDS = 1.0
GIVE_UP_SECONDS = 300.0
# Classes of SQLSTATE (PostgreSQL's manual, appendix A): connections, shutdown, too many clients.
AWAY = ("08", "57", "53300")
_failed_at = float("-inf")


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `function` in one of the database threads, with the connection of that thread.

    Django's default (thread-sensitive) would run the queries of all terminals in one thread.
    """
    query = partial(copy_context().run, function, *args, **kwargs)
    with noting_failures():
        return await asyncio.get_running_loop().run_in_executor(THREADS, _with_connection, query)


async def in_threads(threads: ThreadPoolExecutor, function: Callable[..., T], *args: object) -> T:
    """The same in other threads, for long work that terminals do not wait for."""
    query = partial(copy_context().run, function, *args)
    return await asyncio.get_running_loop().run_in_executor(threads, _with_connection, query)


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
    """Closes connections that have failed or are old.

    Django would check every other connection by a query. That is skipped for a connection without
    pending data: a server that goes away closes the connection, which is readable then.
    """
    close_old_connections()
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql" and is_silent(connection.connection):
            connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return query()
    finally:
        close_old_connections()


def is_silent(connection: Any) -> bool:
    """Whether an idle connection of psycopg has no pending data, such as the end of the stream.

    A server that vanished without closing is detected by keepalives (see the settings).
    """
    if connection is None or connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)


@cache
def dialect() -> BaseDatabaseWrapper:
    """The SQL dialect of the database, as a connection object that never connects.

    On the event loop, Django would create a connection object for each terminal just to read this.
    """
    return connections.create_connection(DEFAULT_DB_ALIAS)


def close_connections_of_page(**_: object) -> None:
    """Under ASGI each page has its own thread, whose connection cannot be used again."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _is_answer(error: Exception) -> bool:
    """Whether the database answered with an error, such as a full disk."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate is not None and not sqlstate.startswith(AWAY)


def steady_seconds() -> float:
    """Seconds since the last failure of the database that this process has seen."""
    return time.monotonic() - _failed_at


async def in_database_with_retry(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for writes that must not be lost: retries while the database is away."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return await in_database(function, *args, **kwargs)
        except (DatabaseError, InterfaceError) as error:
            if time.monotonic() > give_up_at:
                raise
            logger.warning("Writing to the database failed; retrying: %s", error)
        await asyncio.sleep(RETRY_SECONDS)
