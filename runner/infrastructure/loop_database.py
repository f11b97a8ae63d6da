"""Statements that a student waits for, from the event loop.

On PostgreSQL they are prepared statements on connections of the event loop itself. A query in a
thread changes threads four times, and its text is planned anew each time: together that takes as
long as the query. On SQLite, which has no sockets to wait for, they run in a thread.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError, connection, transaction

from runner.infrastructure.database import dialect, in_database, is_silent, noting_failures
from runner.infrastructure.optimisations import Optimisation

MOST = 4  # connections for each event loop, beside those of the threads
SLOT_SECONDS = 30.0  # for one to be free
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


def is_available() -> bool:
    wanted = Optimisation.LOOP_DATABASE in settings.OPTIMISATIONS
    return wanted and dialect().vendor == "postgresql"


async def in_one_trip(calls: Sequence[Call]) -> list[tuple[Any, ...]]:
    """The rows of the last statement. All are one transaction, and each statement sees what was
    committed before it began.

    Raises Django's exceptions, as its own queries do. When the caller is cancelled before its
    statements were sent, they are not sent. Afterwards they go on without the caller, as they would
    in a thread: psycopg would ask the server to cancel them, and that server may be what does not
    answer.
    """
    if not is_available():
        return await in_database(_in_thread, calls)
    with noting_failures(), dialect().wrap_database_errors:
        free = _connections()
        await free.take_slot()
        trip = asyncio.create_task(_in_one_trip(free, calls))
        trip.add_done_callback(free.give_slot_back)
        return await asyncio.shield(trip)


def _in_thread(calls: Sequence[Call]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in calls:
            cursor.execute(statement.text, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


async def _in_one_trip(free: "_Connections", calls: Sequence[Call]) -> list[tuple[Any, ...]]:
    async with free.one() as one:
        for statement, _ in calls:
            await _prepare(one, statement)
        # Statements that come together are one transaction (PostgreSQL's manual, "Multiple
        # Statements in a Simple Query").
        text = ";".join(_execution(statement) for statement, _ in calls)
        cursor = await one.raw.execute(text, [value for _, values in calls for value in values])
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

    async def take_slot(self) -> None:
        try:
            async with asyncio.timeout(SLOT_SECONDS):
                await self._slots.acquire()
        except TimeoutError:
            raise OperationalError("All connections of the event loop are in use.") from None

    def give_slot_back(self, _: object) -> None:
        self._slots.release()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Connection]:
        """Wants a slot."""
        taken = await self._usable() or await _connect()
        try:
            yield taken
        except BaseException:
            await taken.raw.close()
            raise
        self._free.append(taken)

    async def _usable(self) -> Connection | None:
        oldest = time.monotonic() - dialect().settings_dict["CONN_MAX_AGE"]
        while self._free:
            taken = self._free.pop()
            if taken.opened_at > oldest and is_silent(taken.raw):
                return taken
            await taken.raw.close()
        return None


_current: tuple[asyncio.AbstractEventLoop, _Connections] | None = None


def _connections() -> _Connections:
    """Of the running event loop: a process has one, after which only tests begin another."""
    global _current
    loop = asyncio.get_running_loop()
    if _current is None or _current[0] is not loop:
        _current = loop, _Connections()
    return _current[1]


async def _connect() -> Connection:
    parameters = dialect().get_connection_params()
    parameters |= {"cursor_factory": psycopg.AsyncClientCursor}
    parameters["options"] = f"{parameters.get('options', '')} -c timezone=UTC {PLANS}"
    return Connection(await psycopg.AsyncConnection.connect(**parameters, autocommit=True))
