"""Prepared statements on connections of the event loop itself, for what a student waits for.

A query in a thread of its own changes threads four times, and its text is planned anew each time:
together that is as long as the query. PostgreSQL only; SQLite has no sockets to wait for.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
from django.db import OperationalError

from runner.database import dialect, is_silent, noting_failures

MOST = 4  # connections for each event loop, beside those of the threads
SLOT_SECONDS = 30.0  # for one to be free: longer than a statement may take
# One plan for all values. It is made when tables may be small, and kept when they are large: each
# of these statements has its index, and may not do without it.
PLANS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off"


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` with a `%s` for each of its values, which are of these types of PostgreSQL."""

    name: str
    text: str
    types: tuple[str, ...]


Call = tuple[Statement, Sequence[Any]]  # and its values


@dataclass(slots=True)
class Connection:
    raw: psycopg.AsyncConnection
    opened_at: float = field(default_factory=time.monotonic)
    prepared: set[str] = field(default_factory=set)


def at_hand() -> bool:
    return dialect().vendor == "postgresql"


async def in_one_trip(calls: Sequence[Call]) -> list[tuple[Any, ...]]:
    """The rows of the last one's answer. All are one transaction (see `statements.py`).

    Raises Django's exceptions, as its own queries do. Who is cancelled does not wait: psycopg would
    ask the server to end the query, and that may be what does not answer.
    """
    return await asyncio.shield(asyncio.create_task(_in_one_trip(calls)))


async def _in_one_trip(calls: Sequence[Call]) -> list[tuple[Any, ...]]:
    with noting_failures(), dialect().wrap_database_errors:
        async with _connection() as one:
            for statement, _ in calls:
                await _prepare(one, statement)
            text = ";".join(_execution(statement) for statement, _ in calls)
            cursor = await one.raw.execute(text, [value for _, some in calls for value in some])
            while cursor.nextset():
                pass
            rows: list[tuple[Any, ...]] = await cursor.fetchall()
            return rows


async def _prepare(one: Connection, statement: Statement) -> None:
    if statement.name not in one.prepared:
        await one.raw.execute(
            f"PREPARE {statement.name} ({', '.join(statement.types)}) AS "
            + _numbered(statement.text)
        )
        one.prepared.add(statement.name)


def _numbered(text: str) -> str:
    """With `$1`, `$2`, … in place of `%s`, as PREPARE wants them."""
    first, *others = text.split("%s")
    return first + "".join(f"${number}{part}" for number, part in zip(count(1), others))


def _execution(statement: Statement) -> str:
    return f"EXECUTE {statement.name} ({', '.join(['%s'] * len(statement.types))})"


# --- Connections -------------------------------------------------------------------------------
class _Connections:
    """Of one event loop. The one used last is taken first; one that has failed is closed."""

    def __init__(self) -> None:
        self._free: list[Connection] = []
        self._slots = asyncio.Semaphore(MOST)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Connection]:
        try:
            async with asyncio.timeout(SLOT_SECONDS):
                await self._slots.acquire()
        except TimeoutError:
            raise OperationalError("All connections of the event loop are in use.") from None
        try:
            taken = await self._usable() or await _connect()
            try:
                yield taken
            except BaseException:
                await taken.raw.close()
                raise
            self._free.append(taken)
        finally:
            self._slots.release()

    async def _usable(self) -> Connection | None:
        oldest = time.monotonic() - dialect().settings_dict["CONN_MAX_AGE"]
        while self._free:
            taken = self._free.pop()
            if taken.opened_at > oldest and is_silent(taken.raw):
                return taken
            await taken.raw.close()
        return None


_current: tuple[asyncio.AbstractEventLoop, _Connections] | None = None


def _connection() -> AbstractAsyncContextManager[Connection]:
    """Of the running event loop: a process has one, after which only tests begin another."""
    global _current
    loop = asyncio.get_running_loop()
    if _current is None or _current[0] is not loop:
        _current = loop, _Connections()
    return _current[1].one()


async def _connect() -> Connection:
    parameters = dialect().get_connection_params()
    parameters |= {"cursor_factory": psycopg.AsyncClientCursor}
    parameters["options"] = f"{parameters.get('options', '')} -c timezone=UTC {PLANS}"
    return Connection(await psycopg.AsyncConnection.connect(**parameters, autocommit=True))
