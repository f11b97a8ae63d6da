"""What a student waits for is asked on the event loop's own connections to PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.programs import loop_database
from tests.services import PostgresServer


@pytest.fixture
def site(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> Iterator[Product]:
    """A database in which nothing is."""
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as product:
        yield product


def test_a_run_is_asked_for_and_claimed_as_in_a_thread(site: Product) -> None:
    assert site.call(loop_database.create_and_claim_both_ways) == {
        "place": 1,
        "turns": [0, 1],
        "asked_at": True,
        "ids": True,
        "different": ["created_at", "id", "turn", "viewer_asked_at"],
        "claimed": True,
        "by": ["one", "one"],
    }


def test_who_may_not_is_told_why(site: Product) -> None:
    others = ["UnknownLanguage", "NotAllowed", "TooManyRuns", "Unavailable"]
    told = site.call(loop_database.everything_that_is_refused)
    assert told == [["NotFound"] * 7 + others, 3]


def test_those_of_one_user_are_asked_for_one_after_the_other(site: Product) -> None:
    told = site.call(loop_database.several_of_one_user)
    assert told == [["None", *["TooManyRuns"] * 3], 3]


def test_many_at_once_keep_to_the_limits_and_to_a_few_connections(site: Product) -> None:
    """None waits for ever."""
    counts, connections = site.call(loop_database.many_at_once)
    assert counts == [6, 54, 6, 6]
    assert connections <= 4 + 8  # the loop's and the threads'


@pytest.mark.faults
def test_a_database_that_was_restarted_is_asked_again(site: Product) -> None:
    assert site.call(loop_database.restarted_while_idle) == [1, None, 2]


@pytest.mark.faults
def test_threads_find_that_their_database_was_restarted(site: Product) -> None:
    """At once: a small one is back within a second."""
    assert site.call(loop_database.restarted_below_a_thread) == [True, True]


def test_a_connection_that_failed_is_not_used_again(site: Product) -> None:
    told = site.call(loop_database.restarted_in_the_middle)
    assert told == ["django.db.utils", True, [None, None, None]]


def test_who_goes_does_not_wait_for_the_answer(site: Product) -> None:
    """A database that does not answer would hold a socket that closes, or a server that ends.

    What was not asked yet is not asked any more.
    """
    took, *seen = site.call(loop_database.cancelled_while_waiting)
    assert took < 1
    assert seen == [4, [None, None, None], 4]


def test_a_free_connection_is_waited_for_a_while(site: Product) -> None:
    told = site.call(loop_database.all_in_use)
    assert told == ["All connections of the event loop are in use.", None]
