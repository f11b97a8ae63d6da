"""The history of a large site is read by index: no page sorts or reads all runs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from runner.history import filtered, for_list
from runner.models import Run
from tests.cast import someone

RUNS, STUDENTS = 5000, 50


@pytest.fixture
def many(db: None) -> list[User]:
    students = [someone(f"student{number}") for number in range(STUDENTS)]
    now = timezone.now()
    Run.objects.bulk_create(
        Run(
            owner=students[number % STUDENTS], language="python", files=[], main="main.py",
            rows=24, cols=80, status="finished" if number % 500 else "running",
            outcome="failed" if number % 500 else "", created_at=now - timedelta(seconds=number),
        )
        for number in range(RUNS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return students


def plan(runs: QuerySet[Run]) -> str:
    return for_list(runs)[:50].explain().lower()


PAGES: dict[str, tuple[Callable[[list[User]], QuerySet[Run]], str]] = {
    "own": (lambda users: Run.objects.filter(owner=users[0]), "run_history"),
    "everybody's": (lambda _: Run.objects.all(), "run_newest"),
    "everybody's errors": (
        lambda _: filtered(Run.objects.all(), {"outcome": "failed"}), "run_newest"
    ),
    "running now": (lambda _: filtered(Run.objects.all(), {"outcome": "active"}), "run_active"),
}  # fmt: skip


@pytest.mark.faults
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_history_is_read_by_index(page: str, many: list[User]) -> None:
    runs, index = PAGES[page]
    assert index in plan(runs(many)), plan(runs(many))
