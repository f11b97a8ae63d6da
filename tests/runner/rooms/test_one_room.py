"""A snippet has one room, whoever opens it when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.programs import rooms
from tests.services import PostgresServer


@pytest.fixture
def site(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> Iterator[Product]:
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as product:
        yield product


def test_pages_that_open_it_in_one_instant_open_one_room(site: Product) -> None:
    opened, there, updates = site.call(rooms.open_in_one_instant)
    assert len(opened) == rooms.PAGES
    assert (len(set(opened)), there, updates) == (1, 1, 1)  # and it is seeded once
