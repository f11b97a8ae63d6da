"""A class presses Run together, behind a queue of 10,000, on PostgreSQL."""

from typing import Any

import pytest

from tests.product import Product
from tests.programs import long_queue

QUEUE, CLASS = 10_000, 300
# The indexes that each prepared statement reads, whenever its plan was made.
KEPT = {
    "lock": {"accounts_user_pkey"},
    "insert": {
        "accounts_user_pkey", "run_active", "run_claims", "run_turns", "snippet_list",
        "runner_snippet_pkey",
        "accounts_classroom_pkey", "accounts_classrules_pkey", "membership_once",
        "membership_roles",
    },
    "claim_1": {"run_turns", "runner_run_pkey"},
    "claim_8": {"run_turns", "runner_run_pkey"},
}  # fmt: skip


def scans(plan: dict[str, Any]) -> set[str]:
    """Every way in which a plan reads a table, and whether it sorts what it read."""
    found = {plan["Index Name"]} if "Index Name" in plan else set()
    if "Sort" in plan["Node Type"]:
        found = {"a sort"}
    if plan["Node Type"] == "Seq Scan":
        found = {f"all of {plan['Relation Name']}"}
    return found.union(*(scans(part) for part in plan.get("Plans", [])))


@pytest.mark.faults
@pytest.mark.timeout(120)
def test_a_class_is_served_in_order_before_the_ten_thousand_runs_of_one(product: Product) -> None:
    shown = product.call(long_queue.serve, QUEUE, CLASS)
    assert shown["users"] == [False] * CLASS + [True]
    assert shown["in_order"]
    assert shown["by_time"]
    assert shown["positions"] == list(range(1, CLASS + 1, 20))
    # Six asked at once: each was told a place that was true at its instant.
    assert shown["told"][0] == 1
    assert shown["told"][-1] <= CLASS
    plans = {name: plan["Plan"] for name, plan in shown["plans"].items()}
    assert {name: scans(plan) for name, plan in plans.items()} == {
        "claim": {"run_turns"},
        "position": {"run_turns", "a sort"},
        "place_now": {"run_turns", "runner_run_pkey"},
        "turn": {"run_claims"},
    }
    assert {(name, frozenset(scans(plan["Plan"]))) for name, plan in shown["kept"]} == {
        (name, frozenset(indexes)) for name, indexes in KEPT.items()
    }
    assert plans["claim"]["Actual Rows"] == 1


@pytest.mark.faults
@pytest.mark.timeout(120)
def test_a_class_is_served_past_runs_that_only_a_busy_executor_can_take(product: Product) -> None:
    shown = product.call(long_queue.pass_by, 2_000, 60)
    assert shown["told"][0] == 1
    assert shown["told"][-1] <= 60
    assert shown["claimed"] == ["python"] * 60
    assert shown["by_time"]
    assert {(name, frozenset(scans(plan["Plan"]))) for name, plan in shown["kept"]} == {
        (name, frozenset(KEPT[name])) for name in ("lock", "insert")
    }
