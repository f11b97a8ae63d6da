"""Queries from the event loop: bounded, and in nobody else's way."""

import asyncio
import threading

import pytest
from django.db import DatabaseError, OperationalError

from runner.infrastructure import database
from runner.infrastructure.database import in_database, steady_seconds

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_database_that_does_not_answer_holds_few_threads_and_no_others() -> None:
    answers, waiting = threading.Event(), []

    def query() -> None:
        waiting.append(threading.get_ident())
        answers.wait(30)

    queries = [asyncio.create_task(in_database(query)) for _ in range(100)]
    try:
        async with asyncio.timeout(10):
            assert await asyncio.to_thread(lambda: "others go on") == "others go on"
        assert len(waiting) <= 8
    finally:
        answers.set()
        await asyncio.gather(*queries)
    assert len(waiting) == 100
    assert len(set(waiting)) <= 8


class Cause(Exception):
    """As psycopg's."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def failing(sqlstate: str | None) -> None:
    raise OperationalError("no") from Cause(sqlstate)


@pytest.mark.parametrize(
    ("sqlstate", "away"),
    [(None, True), ("57P01", True), ("08006", True), ("53300", True), ("53100", False)],
    ids=["no connection", "shutdown", "connection lost", "too many clients", "disk full"],
)
async def test_only_a_database_that_is_away_makes_a_process_doubt_itself(
    sqlstate: str | None, away: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_failed_at", float("-inf"))
    with pytest.raises(DatabaseError):
        await in_database(failing, sqlstate)
    assert (steady_seconds() < 60) == away
