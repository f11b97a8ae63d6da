"""Migrations run beside the version before: what that writes and reads must go on to work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from runner.infrastructure.concurrent_index import AddIndexWithoutLock
from tests.product import Product
from tests.services import PostgresServer

APPS = {"accounts", "runner"}
# The first version of all ran beside no other; name here what it consisted of.
FIRST_VERSION = {"accounts.0002_preferences", "runner.0005_snippet_size"}


# Indexes that were added with a lock; all installations have them.
WITH_A_LOCK = {"runner.0002_snippets", "runner.0004_turns"}


def operations() -> Iterator[tuple[str, Operation]]:
    for (app, name), migration in MigrationLoader(connection).graph.nodes.items():
        if app in APPS and not migration.initial and f"{app}.{name}" not in FIRST_VERSION:
            yield from ((f"{app}.{name}", operation) for operation in migration.operations)


@pytest.mark.django_db
def test_a_new_field_may_be_left_out_by_who_does_not_know_it() -> None:
    for name, operation in operations():
        if isinstance(operation, migrations.AddField):
            field = operation.field
            known = (
                field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
            )
            assert known, f"{name}: {operation.name} needs null=True or db_default"


@pytest.mark.django_db
def test_nothing_is_taken_away_or_renamed() -> None:
    """One version stops using it; the next takes it away, and is named here with the reason."""
    gone: set[str] = set()
    kinds = (
        migrations.RemoveField, migrations.DeleteModel,
        migrations.RenameField, migrations.RenameModel,
    )  # fmt: skip
    for name, operation in operations():
        assert not isinstance(operation, kinds) or name in gone, f"{name}: {operation}"


@pytest.mark.django_db
def test_an_index_of_a_table_in_use_is_built_while_others_write() -> None:
    made: set[str] = set()
    for name, operation in operations():
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif name in WITH_A_LOCK:
            continue
        elif isinstance(operation, migrations.AddIndex):
            fits = isinstance(operation, AddIndexWithoutLock) or operation.model_name_lower in made
            assert fits, f"{name}: {operation.index}"
        elif isinstance(operation, migrations.AddField):
            field: Any = operation.field
            fits = not (field.db_index or field.unique) or operation.model_name_lower in made
            assert fits, f"{name}: {operation.name} is indexed; add the index by itself"


@pytest.mark.faults
def test_a_migration_that_was_interrupted_builds_its_index_again(
    tmp_path: Path, postgres_server: PostgresServer, migrated_database: str
) -> None:
    """PostgreSQL keeps an index that is not valid, which no query uses."""
    url = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=url) as site, psycopg.connect(url) as database:
        site.manage("migrate", "--verbosity", "0", "runner", "0010")
        assert index(database) is None
        database.execute("CREATE INDEX run_newest ON runner_run (created_at)")
        database.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'run_newest'::regclass"
        )
        database.commit()
        site.manage("migrate", "--verbosity", "0")
        assert index(database) == (True, "created_at DESC")


def index(database: psycopg.Connection[Any]) -> tuple[bool, str] | None:
    """Whether it is valid, and what it sorts by."""
    found = database.execute(
        "SELECT indisvalid, substring(pg_get_indexdef(indexrelid) from '[(](.*)[)]')"
        " FROM pg_index WHERE indexrelid = to_regclass('run_newest')"
    ).fetchone()
    database.rollback()
    return found
