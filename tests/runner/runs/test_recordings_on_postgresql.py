"""Recordings go to PostgreSQL as they are: not written out, twice as long, in a statement."""

from pathlib import Path

from tests.product import Product
from tests.programs import recordings
from tests.services import PostgresServer


def test_a_recording_goes_as_it_is(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> None:
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as site:
        seen = site.call(recordings.save_and_load)
    assert "$1" in seen["saving"]
    assert "'owner'" in seen["later"]  # other statements are written as Django does
    assert seen["same"]
    assert seen["resizes"] == [[1, 80, 24]]
