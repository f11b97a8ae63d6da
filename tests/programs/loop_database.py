"""What `tests/runner/infrastructure/test_loop_database.py` does on PostgreSQL.

Each public function runs once, by `Product.call`, in a process and a database of its own.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from accounts.models import User
from runner import runs, snippets
from runner.infrastructure import database, loop_database
from runner.infrastructure.database import in_database
from runner.limits import Limits
from runner.models import Executor, Run
from runner.protocol.messages import StartInteractive
from runner.protocol.refusals import Refused
from tests.a_snippet import a_snippet
from tests.cast import someone
from tests.programs.backends import count_backends, count_waiting, end_backends, own_backend

VIEWER = "'; DROP TABLE runner_run; --"
KNOWN = {  # what is known of a run when it is claimed, without asking again
    "id", "owner_id", "snippet_id", "language", "files", "main", "args", "rows", "cols",
    "viewer", "viewer_asked_at", "turn", "created_at", "executor_id", "keep_open", "time_zone",
    "classroom_id", "room_id", "observed", "ceilings", "data_files", "screen_width",
    "screen_height", "stdin",
}  # fmt: skip


@dataclass(frozen=True)
class Everybody:
    owner: User
    classmate: User
    executor: Executor


async def everybody() -> Everybody:
    return Everybody(
        await in_database(someone, "owner"),
        await in_database(someone, "classmate"),
        await in_database(runs.register_executor, "one", capacity=9, sandbox="rlimits"),
    )


# --- What students and executors do --------------------------------------------------------------
def program(**fields: Any) -> StartInteractive:
    files = [{"path": "main.py", "content": "print('%s', 'π', \"it's\", '\\\\')"}]
    defaults = {"type": "start_interactive", "language": "python", "rows": 24, "cols": 80}
    return StartInteractive.model_validate(defaults | {"files": files} | fields)


async def refusal(user: User, **fields: Any) -> str | None:
    """The kind of refusal that the user gets; None when the run is queued."""
    try:
        await runs.create_run(user, program(**fields), "a terminal")
    except Refused as refused:
        return type(refused).__name__
    return None


def values(run: Run) -> dict[str, Any]:
    return {field.attname: getattr(run, field.attname) for field in Run._meta.concrete_fields}


def known(run: Run) -> dict[str, Any]:
    found = {name: value for name, value in vars(run).items() if not name.startswith("_")}
    assert set(found) == KNOWN, set(found) ^ KNOWN
    return found


# --- The database ---------------------------------------------------------------------------------
@contextlib.asynccontextmanager
async def locked(user: User) -> AsyncIterator[None]:
    """Whoever wants to start a program of this user waits."""
    held, free, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

    def hold() -> None:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            loop.call_soon_threadsafe(held.set)
            asyncio.run_coroutine_threadsafe(free.wait(), loop).result(30)

    holding = asyncio.create_task(in_database(hold))
    await held.wait()
    try:
        yield
    finally:
        free.set()
        await holding


async def until_waiting(wanted: int) -> None:
    async with asyncio.timeout(30):
        while await in_database(count_waiting) != wanted:
            pass


# --- What the tests call -------------------------------------------------------------------------
async def create_and_claim_both_ways() -> dict[str, Any]:
    """On the loop's connections, and in a thread."""
    who = await everybody()
    snippet = await in_database(a_snippet, who.owner)
    start = program(snippet=snippet.pk, args=["-x", "é"])
    ours, place = await runs.create_run(who.owner, start, VIEWER)
    loop_database.is_available = lambda: False
    other, _ = await runs.create_run(who.owner, start, VIEWER)
    stored, others = [values(run) for run in await in_database(in_order, "created_at")]
    claimed = await runs.claim_runs(who.executor, 2)
    rows = [values(run) for run in await in_database(in_order, "turn")]
    return {
        "place": place,
        "turns": [stored["turn"], others["turn"]],
        "asked_at": stored["created_at"] == ours.created_at == ours.viewer_asked_at,
        "ids": [str(ours.pk), str(other.pk)] == [str(stored["id"]), str(others["id"])],
        "different": sorted(name for name in stored if stored[name] != others[name]),
        "claimed": [row | known(run) for run, row in zip(claimed, rows, strict=True)] == rows,
        "by": [run.executor.name for run in claimed if run.executor],
    }


def in_order(field: str) -> list[Run]:
    return list(Run.objects.order_by(field))


async def everything_that_is_refused() -> tuple[list[str | None], int]:
    """The refusals, and how many runs there are."""
    who = await everybody()
    foreign = await in_database(a_snippet, who.classmate)
    deleted = await in_database(a_snippet, who.owner)
    await in_database(snippets.delete, who.owner, deleted.pk)
    numbers = [foreign.pk, deleted.pk, 12345, 0, -1, 2**63, 2**70]
    told = [await refusal(who.owner, snippet=number) for number in numbers]
    told.append(await refusal(who.owner, language="cobol"))
    await in_database(User.objects.filter(pk=who.classmate.pk).update, is_active=False)
    told.append(await refusal(who.classmate))
    for _ in range(3):
        assert await refusal(who.owner) is None
    told.append(await refusal(who.owner))
    settings.LIMITS = Limits(queued_runs=3, runs_per_user=9)
    told.append(await refusal(who.owner))
    return told, await in_database(Run.objects.count)


async def several_of_one_user() -> tuple[list[str], int]:
    """What four are told that wait for each other, when there is room for one."""
    who = await everybody()
    for _ in range(2):
        assert await refusal(who.owner) is None
    async with locked(who.owner):
        asked = [asyncio.create_task(refusal(who.owner)) for _ in range(4)]
        await until_waiting(4)
    return sorted(map(str, await asyncio.gather(*asked))), await in_database(Run.objects.count)


async def many_at_once() -> tuple[list[int], int]:
    """How many were accepted, refused, claimed and claimed once; how many connections there are."""
    who = await everybody()
    users = [who.owner if number % 2 else who.classmate for number in range(60)]
    told = await asyncio.gather(*map(refusal, users))
    claimed = await asyncio.gather(*(runs.claim_runs(who.executor, 2) for _ in range(8)))
    names = [run.pk for some in claimed for run in some]
    counts = [told.count(None), told.count("TooManyRuns"), len(names), len(set(names))]
    return counts, await in_database(count_backends)


async def restarted_while_idle() -> tuple[int, str | None, int]:
    """How many connections were cut, and what came of the next two requests."""
    who = await everybody()
    assert await refusal(who.owner) is None
    ended = await in_database(end_backends, "query LIKE 'EXECUTE%'")  # that wait to be used again
    return ended, await refusal(who.owner), len(await runs.claim_runs(who.executor, 5))


async def restarted_below_a_thread() -> tuple[bool, bool]:
    """Whether the thread has a new connection afterwards, and keeps it."""
    database.THREADS = ThreadPoolExecutor(1)  # so that the same connection is asked again
    own = await in_database(own_backend)
    await asyncio.to_thread(end_backends, f"pid = {own}")
    later = await in_database(own_backend)
    return own != later, later == await in_database(own_backend)


async def restarted_in_the_middle() -> tuple[str, bool, list[str | None]]:
    """How a request fails, and what the next ones are told."""
    who = await everybody()
    async with locked(who.owner):
        asked = asyncio.create_task(refusal(who.owner))
        await until_waiting(1)
        await in_database(end_backends, "wait_event_type = 'Lock'")
        await asyncio.wait([asked])
    error, later = asked.exception(), [await refusal(who.owner) for _ in range(3)]
    return type(error).__module__, isinstance(error, DatabaseError), later


async def cancelled_while_waiting() -> tuple[float, int, list[str | None], int]:
    """Seconds that cancelling takes, how many statements go on, what others are told then, and
    how many runs the cancelled user has."""
    who = await everybody()
    settings.LIMITS = Limits(runs_per_user=9)
    async with locked(who.owner):
        asked = [asyncio.create_task(refusal(who.owner)) for _ in range(9)]
        await until_waiting(4)
        began = time.monotonic()
        for task in asked:
            task.cancel()
        await asyncio.wait(asked)
        took, still = time.monotonic() - began, await in_database(count_waiting)
    later = [await refusal(who.classmate) for _ in range(3)]
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
    return took, still, later, await in_database(Run.objects.filter(owner=who.owner).count)


async def all_in_use() -> tuple[str, str | None]:
    """What a request is told while every connection is taken, and once one is free."""
    who = await everybody()
    loop_database.SLOT_SECONDS = 0.1
    free = loop_database._connections()
    for _ in range(loop_database.MOST):
        await free.take_slot()
    try:
        told = str(await refusal(who.owner))
    except DatabaseError as error:
        told = str(error)
        free.give_slot_back(None)
    return told, await refusal(who.owner)
