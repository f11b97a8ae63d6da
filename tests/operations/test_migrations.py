"""Migrations run beside the version before: what that writes and reads must go on to work."""

from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

APPS = {"accounts", "runner"}
# The first version of all ran beside no other; name here what it consisted of.
FIRST_VERSION = {"accounts.0002_preferences", "runner.0005_snippet_size"}


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
