"""A class presses Run together, behind a queue of 10,000, on PostgreSQL."""

import json
from typing import Any

import pytest

from tests.product import Product

QUEUE, CLASS = 10_000, 300
SCRIPT = f"""
import asyncio, json, threading
from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL
from accounts.models import User
from runner import runs
from runner.infrastructure import clock, loop_database
from runner.runs import heartbeats, run_queue, statements
from runner.limits import Limits
from runner.models import Run
from runner.protocol.messages import StartInteractive

settings.LIMITS = Limits(queued_runs=100_000)
start = StartInteractive.model_validate(dict(
    type="start_interactive", language="python", rows=24, cols=80,
    files=[dict(path="main.py", content="print(1)")]))
people = User.objects.bulk_create(User(username=f"s{{n}}") for n in range({CLASS} + 1))
greedy, class_ = people[0], people[1:]
one = heartbeats.register_executor("one", capacity=1, sandbox="rlimits")
loop = asyncio.new_event_loop()
loop.run_until_complete(runs.acreate_run(greedy, start, ""))  # planned while nothing is there
loop.run_until_complete(runs.aclaim_runs(one, 1))
loop.run_until_complete(runs.aclaim_runs(one, 8))
row = dict(owner=greedy, language="python", files=[], main="main.py", rows=24, cols=80)
Run.objects.bulk_create(
    Run(turn=n, created_at=clock.read(), **row) for n in range(1, {QUEUE} + 1))

asked = []
def press(people):
    for user in people:
        asked.append(runs.create_run(user, start, ""))
    connection.close()
threads = [threading.Thread(target=press, args=[class_[n::6]]) for n in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()

async def kept_plans():
    async with loop_database._connections().one() as taken:
        found = {{}}
        table = await taken.raw.execute("TABLE pg_prepared_statements")
        for name, _, _, types, *_ in await table.fetchall():
            values = ", ".join("NULL" for _ in types)
            shown = await taken.raw.execute(f"EXPLAIN (FORMAT JSON) EXECUTE {{name}} ({{values}})")
            found[name] = (await shown.fetchone())[0][0]
        return found
kept = loop.run_until_complete(kept_plans())

with connection.cursor() as cursor:
    cursor.execute("ANALYZE runner_run")
def plan(rows):
    return json.loads(rows.explain(format="json", analyze=True))[0]
def plan_of(text, values):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) %s" % text, values)
        return cursor.fetchone()[0][0]
middle = run_queue.waiting()[{CLASS} // 2]
place = RawSQL(statements.PLACE, [])
plans = dict(
    claim=plan(run_queue.waiting()[:1]),
    position=plan(run_queue.waiting().filter(turn__lte=middle.turn)),
    place_now=plan(Run.objects.filter(pk=middle.pk).values(place=place)),
    turn=plan_of(statements.SERVED, []),
    **kept,
)
order = list(run_queue.waiting()[:{CLASS}])
positions = [run_queue.position(run) for run in order[::20]]
claimed = [run for _ in range({CLASS} + 1) for run in runs.claim_runs(one, 1)]
print(json.dumps(dict(
    users=[run.owner_id == greedy.pk for run in claimed],
    told=sorted(position for _, position in asked),
    positions=positions,
    in_order=[run.pk for run in claimed[:-1]] == [run.pk for run in order],
    by_time=[run.created_at for run in claimed[:-1]] == sorted(run.created_at for run, _ in asked),
    plans=plans,
)))
"""


def scans(plan: dict[str, Any]) -> set[str]:
    """Every way in which a plan reads a table, and whether it sorts what it read."""
    found = {plan["Index Name"]} if "Index Name" in plan else set()
    if "Sort" in plan["Node Type"]:
        found = {"a sort"}
    if plan["Node Type"] == "Seq Scan":
        found = {f"all of {plan['Relation Name']}"}
    return found.union(*(scans(part) for part in plan.get("Plans", [])))


@pytest.mark.timeout(120)
def test_a_class_is_served_in_order_before_the_ten_thousand_runs_of_one(product: Product) -> None:
    shown = json.loads(product.manage("shell", "--verbosity", "0", "--command", SCRIPT))
    assert shown["users"] == [False] * CLASS + [True]
    assert shown["in_order"]
    assert shown["by_time"]
    assert shown["positions"] == list(range(1, CLASS + 1, 20))
    # Six threads asked at once: each was told a place that was true at its instant.
    assert shown["told"][0] == 1
    assert shown["told"][-1] <= CLASS
    plans = {name: plan["Plan"] for name, plan in shown["plans"].items()}
    assert {name: scans(plan) for name, plan in plans.items()} == {
        "claim": {"run_turns"},
        "position": {"run_turns", "a sort"},
        "place_now": {"run_turns", "runner_run_pkey"},
        "turn": {"run_claims"},
        "lock": {"accounts_user_pkey"},
        "insert": {"accounts_user_pkey", "run_active", "run_claims", "run_turns", "snippet_list"},
        "claim_1": {"run_turns", "runner_run_pkey"},
        "claim_8": {"run_turns", "runner_run_pkey"},
    }
    assert plans["claim"]["Actual Rows"] == 1
