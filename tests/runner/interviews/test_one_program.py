"""Of the candidates of an interview one runs a program at a time, also where several web workers
are asked in the same instant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.programs import candidates
from tests.services import PostgresServer


@pytest.fixture
def site(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> Iterator[Product]:
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as product:
        yield product


def test_of_candidates_who_start_in_one_instant_one_does(site: Product) -> None:
    """While one of them writes: neither waits for the other for ever."""
    told, count = site.call(candidates.start_in_one_instant)
    assert told == ["", *["interview_running"] * (candidates.CANDIDATES - 1)]
    assert count == 1
