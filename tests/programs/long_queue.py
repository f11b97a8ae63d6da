"""A class presses Run behind a queue of one user's runs: `tests/runner/runs/test_long_queue.py`."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from runner import runs
from runner.infrastructure import clock, loop_database
from runner.languages import LANGUAGES, PYTHON
from runner.limits import Limits
from runner.models import Executor, Run
from runner.runs import run_queue, statements
from tests.runner.runs.queued_runs import program

TASKS = 6  # that ask at once
Plan = dict[str, Any]  # as `EXPLAIN (FORMAT JSON)` prints it


def serve(queue: int, class_size: int) -> dict[str, Any]:
    """What everybody was told, in which order the runs were claimed, and how tables were read."""
    settings.LIMITS = Limits(queued_runs=100_000)
    users = User.objects.bulk_create(User(username=f"s{n}") for n in range(class_size + 1))
    greedy, class_ = users[0], users[1:]
    executor = runs.register_executor("one", capacity=1, sandbox="rlimits")
    with asyncio.Runner() as runner:
        runner.run(prepare(greedy, executor))
        fill(greedy, queue)
        places = runner.run(press_run(class_))
        kept = runner.run(kept_plans())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE runner_run")
        plans = plans_of_queries(run_queue.waiting()[class_size // 2])
        order = list(run_queue.waiting()[:class_size])
        positions = [run_queue.position(run, ["python"]) for run in order[::20]]
        claimed = runner.run(claim_all(executor, class_size + 1))
    return {
        "users": [run.owner_id == greedy.pk for run in claimed],
        "told": sorted(place for place, _ in places),
        "positions": positions,
        "in_order": [run.pk for run in claimed[:-1]] == [run.pk for run in order],
        "by_time": [run.created_at for run in claimed[:-1]] == sorted(at for _, at in places),
        "plans": plans,
        "kept": kept,
    }


async def prepare(greedy: User, executor: Executor) -> None:
    """Statements are planned while nothing is there, and the plans are kept."""
    await runs.create_run(greedy, program(), "")
    await runs.claim_runs(executor, 1)
    await runs.claim_runs(executor, 8)


def fill(greedy: User, queue: int) -> None:
    row = {"owner": greedy, "language": "python", "main": "main.py", "rows": 24, "cols": 80}
    Run.objects.bulk_create(
        Run(turn=n, created_at=clock.read(), files=[], **row) for n in range(1, queue + 1)
    )


async def press_run(class_: list[User]) -> list[tuple[int, datetime]]:
    """The places that were told, with the times of pressing."""
    places: list[tuple[int, datetime]] = []

    async def press(users: list[User]) -> None:
        for user in users:
            run, place = await runs.create_run(user, program(), "")
            places.append((place, run.created_at))

    await asyncio.gather(*(press(class_[n::TASKS]) for n in range(TASKS)))
    return places


async def claim_all(executor: Executor, times: int) -> list[Run]:
    return [run for _ in range(times) for run in await runs.claim_runs(executor, 1)]


# --- How PostgreSQL reads the tables -------------------------------------------------------------
async def kept_plans() -> list[tuple[str, Plan]]:
    """Of the prepared statements on every connection of the event loop."""
    found = []
    for each in loop_database._connections()._free:
        table = await each.raw.execute("TABLE pg_prepared_statements")
        for name, _, _, types, *_ in await table.fetchall():
            values = ", ".join("NULL" for _ in types)
            shown = await each.raw.execute(f"EXPLAIN (FORMAT JSON) EXECUTE {name} ({values})")
            row = await shown.fetchone()
            assert row
            found.append((name, row[0][0]))
    return found


def plans_of_queries(middle: Run) -> dict[str, Plan]:
    place = RawSQL(statements.PLACE.format(is_one_of=statements.is_one_of()), [["python"]])
    among = {"language__in": ["python"]}
    return {
        "claim": plan(run_queue.waiting().filter(**among)[:1]),
        "position": plan(run_queue.waiting().filter(turn__lte=middle.turn, **among)),
        "place_now": plan(Run.objects.filter(pk=middle.pk).values(place=place)),
        "turn": plan_of_text(statements.SERVED),
    }


def plan(rows: QuerySet[Run, Any]) -> Plan:
    found: Plan = json.loads(rows.explain(format="json", analyze=True))[0]
    return found


def plan_of_text(text: str) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {text}")
        found: Plan = cursor.fetchone()[0][0]
        return found


# --- Behind runs that only another executor can take ---------------------------------------------
def pass_by(queue: int, class_size: int) -> dict[str, Any]:
    """A class whose language an idle executor has presses Run behind a queue in one that only a
    busy executor has. What everybody was told, in which order they were claimed, and how the queue
    was read."""
    LANGUAGES["logo"] = replace(PYTHON, id="logo")
    users = User.objects.bulk_create(User(username=f"s{n}") for n in range(class_size + 1))
    idle = runs.register_executor("idle", 1, "rlimits", {"python": "3.11"})
    runs.register_executor("busy", 1, "rlimits", {"python": "3.11", "logo": "7.0"})
    row = {"owner": users[0], "language": "logo", "main": "main.py", "rows": 24, "cols": 80}
    Run.objects.bulk_create(Run(created_at=clock.read(), files=[], **row) for _ in range(queue))
    with asyncio.Runner() as runner:
        places = runner.run(press_run(users[1:]))
        kept = runner.run(kept_plans())
        claimed = runner.run(claim_all(idle, class_size + 1))
    return {
        "told": sorted(place for place, _ in places),
        "claimed": [run.language for run in claimed],
        "by_time": [run.created_at for run in claimed] == sorted(at for _, at in places),
        "kept": kept,
    }
