"""What a student waits for is asked on the event loop's own connections to PostgreSQL."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.product import Product
from tests.services import PostgresServer

BEGINNING = """
import asyncio, contextlib, json, time
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from accounts.models import User
from concurrent.futures import ThreadPoolExecutor
from runner import runs, snippets
from runner.infrastructure import database, loop_database
from runner.runs import heartbeats
from runner.infrastructure.database import in_database
from runner.limits import Limits
from runner.models import Run
from runner.protocol.messages import Refused, StartInteractive
from tests.a_snippet import a_snippet

def program(**fields):
    files = [dict(path="main.py", content="print('%s', 'π', \\"it's\\", '\\\\\\\\')")]
    return StartInteractive.model_validate(dict(
        type="start_interactive", language="python", files=files, rows=24, cols=80) | fields)

def values(run):
    return {field.attname: getattr(run, field.attname) for field in Run._meta.concrete_fields}

def known(run):
    found = {name: value for name, value in vars(run).items() if not name.startswith("_")}
    assert set(found) == {
        "id", "owner_id", "snippet_id", "language", "files", "main", "args", "rows", "cols",
        "viewer", "viewer_asked_at", "turn", "created_at", "executor_id"}
    return found

def backends():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'")
        return cursor.fetchone()[0]

def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]

def end_backends(which):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}")
        return len(cursor.fetchall())

@contextlib.asynccontextmanager
async def locked(user):
    held, free, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()
    def hold():
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

def waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        return cursor.fetchone()[0]

async def until_waiting(number):
    async with asyncio.timeout(30):
        while await in_database(waiting) != number:
            pass

owner, classmate = (User.objects.create(username=name) for name in ("owner", "classmate"))
one = heartbeats.register_executor("one", capacity=9, sandbox="rlimits")

async def refusal(user, **fields):
    try:
        await runs.acreate_run(user, program(**fields), "a terminal")
    except Refused as refused:
        return type(refused).__name__

async def main():
{main}

print(json.dumps(asyncio.run(main())))
"""


@pytest.fixture
def site(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> Iterator[Callable[[str], Any]]:
    """Runs the body of `main` in a process of a site with PostgreSQL; what it returned."""

    def seen(main: str) -> Any:
        script = BEGINNING.replace("{main}", main.strip("\n"))
        return json.loads(product.manage("shell", "--verbosity", "0", "--command", script))

    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as product:
        yield seen


def test_a_run_is_asked_for_and_claimed_as_in_a_thread(site: Any) -> None:
    seen = site("""
    snippet = await in_database(a_snippet, owner)
    start = program(snippet=snippet.pk, args=["-x", "é"])
    ours, place = await runs.acreate_run(owner, start, "'; DROP TABLE runner_run; --")
    other, _ = await in_database(runs.create_run, owner, start, "'; DROP TABLE runner_run; --")
    stored, others = [values(run) for run in
        await in_database(lambda: list(Run.objects.order_by("created_at")))]
    its_own = {"id", "turn", "created_at", "viewer_asked_at"}
    claimed = await runs.aclaim_runs(one, 2)
    rows = [values(run) for run in
        await in_database(lambda: list(Run.objects.order_by("turn")))]
    return dict(
        place=place, turns=[stored["turn"], others["turn"]],
        asked_at=stored["created_at"] == ours.created_at == ours.viewer_asked_at,
        other={name for name in stored if stored[name] != others[name]} == its_own,
        claimed=[row | known(run) for run, row in zip(claimed, rows, strict=True)] == rows,
        by=[run.executor.name for run in claimed],
    )""")
    assert seen == {
        "place": 1,
        "turns": [0, 1],
        "asked_at": True,
        "other": True,
        "claimed": True,
        "by": ["one", "one"],
    }


def test_who_may_not_is_told_why(site: Any) -> None:
    seen = site("""
    foreign, deleted = [await in_database(a_snippet, owner) for owner in (classmate, owner)]
    await in_database(snippets.delete, owner, deleted.pk)
    numbers = [foreign.pk, deleted.pk, 12345, 0, -1, 2**63, 2**70]
    told = [await refusal(owner, snippet=number) for number in numbers]
    told.append(await refusal(owner, language="cobol"))
    await in_database(User.objects.filter(pk=classmate.pk).update, is_active=False)
    told.append(await refusal(classmate))
    for _ in range(3):
        assert await refusal(owner) is None
    told.append(await refusal(owner))
    settings.LIMITS = Limits(queued_runs=3, runs_per_user=9)
    told.append(await refusal(owner))
    return told, await in_database(Run.objects.count)""")
    others = ["UnknownLanguage", "NotAllowed", "TooManyRuns", "QueueFull"]
    assert seen == [["NotFound"] * 7 + others, 3]


def test_those_of_one_user_are_asked_for_one_after_the_other(site: Any) -> None:
    seen = site("""
    for _ in range(2):
        assert await refusal(owner) is None
    async with locked(owner):
        asked = [asyncio.create_task(refusal(owner)) for _ in range(4)]
        await until_waiting(4)
    return sorted(map(str, await asyncio.gather(*asked))), await in_database(Run.objects.count)""")
    assert seen == [["None", *["TooManyRuns"] * 3], 3]


def test_many_at_once_keep_to_the_limits_and_to_a_few_connections(site: Any) -> None:
    """None waits for ever."""
    seen = site("""
    told = await asyncio.gather(*(refusal(owner if n % 2 else classmate) for n in range(60)))
    claimed = await asyncio.gather(*(runs.aclaim_runs(one, 2) for _ in range(8)))
    names = [run.pk for some in claimed for run in some]
    counts = [told.count(None), told.count("TooManyRuns"), len(names), len(set(names))]
    return counts, await in_database(backends)""")
    assert seen[0] == [6, 54, 6, 6]
    assert seen[1] <= 4 + 8 + 1  # the loop's, the threads', and the script's own


def test_a_database_that_was_restarted_is_asked_again(site: Any) -> None:
    seen = site("""
    assert await refusal(owner) is None
    ended = await in_database(end_backends, "query LIKE 'EXECUTE%'")  # that wait to be used again
    return ended, await refusal(owner), len(await runs.aclaim_runs(one, 5))""")
    assert seen == [1, None, 2]


def test_threads_find_that_their_database_was_restarted(site: Any) -> None:
    """At once: a small one is back within a second."""
    seen = site("""
    database.THREADS = ThreadPoolExecutor(1)  # so that the same connection is asked again
    own = await in_database(backend)
    await asyncio.to_thread(end_backends, f"pid = {own}")
    later = await in_database(backend)
    return own != later, later == await in_database(backend)""")
    assert seen == [True, True]


def test_a_connection_that_failed_is_not_used_again(site: Any) -> None:
    seen = site("""
    async with locked(owner):
        asked = asyncio.create_task(refusal(owner))
        await until_waiting(1)
        await in_database(end_backends, "wait_event_type = 'Lock'")
        await asyncio.wait([asked])
    error, later = asked.exception(), [await refusal(owner) for _ in range(3)]
    return type(error).__module__, isinstance(error, DatabaseError), later""")
    assert seen == ["django.db.utils", True, [None, None, None]]


def test_who_goes_does_not_wait_for_the_answer(site: Any) -> None:
    """A database that does not answer would hold a socket that closes, or a server that ends.

    What was not asked yet is not asked any more.
    """
    seen = site("""
    settings.LIMITS = Limits(runs_per_user=9)
    async with locked(owner):
        asked = [asyncio.create_task(refusal(owner)) for _ in range(9)]
        await until_waiting(4)
        began = time.monotonic()
        for task in asked:
            task.cancel()
        await asyncio.wait(asked)
        took, still = time.monotonic() - began, await in_database(waiting)
    later = [await refusal(classmate) for _ in range(3)]
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
    hers = await in_database(Run.objects.filter(owner=owner).count)
    return took < 1, still, later, hers""")
    assert seen == [True, 4, [None, None, None], 4]


def test_a_free_connection_is_waited_for_a_while(site: Any) -> None:
    seen = site("""
    loop_database.SLOT_SECONDS = 0.1
    free = loop_database._connections()
    for _ in range(loop_database.MOST):
        await free.take_slot()
    try:
        await refusal(owner)
    except DatabaseError as error:
        free.give_slot_back(None)
        return str(error), await refusal(owner)""")
    assert seen == ["All connections of the event loop are in use.", None]
