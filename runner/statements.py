"""The statements a student waits for: how a run is asked for and claimed, in one trip each.

Words for both databases; `runs.py` alone uses them. What they rely on is said in `queue.py`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from runner import clock
from runner.models import Executor, Run

Statement = tuple[str, list[Any]]  # and the values of its placeholders

# Two sockets of one user that start in the same instant count one after the other.
LOCK = "SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE"

INSERT = """
INSERT INTO runner_run ({columns})
SELECT {values} FROM (
    SELECT COUNT(*) FILTER (WHERE owner_id = %s) AS mine,
           COUNT(*) FILTER (WHERE status = 'queued') AS queued
    FROM runner_run WHERE status IN ('queued', 'claimed', 'running')
) AS active
WHERE mine < %s AND queued < %s
AND EXISTS (SELECT 1 FROM accounts_user WHERE id = %s AND is_active)
"""

# The turn that is being served, plus one for each run that the owner has already.
SERVED = """
SELECT turn FROM runner_run WHERE claimed_at IS NOT NULL ORDER BY claimed_at DESC, turn DESC LIMIT 1
"""
TURN = f"mine + COALESCE(({SERVED}), 0)"

PLACE = """
SELECT created_at, (
    SELECT COUNT(*) + 1 FROM runner_run AS other WHERE other.status = 'queued'
    AND (other.turn, other.created_at) < (run.turn, run.created_at))
FROM runner_run AS run WHERE id = %s
"""

CLAIM = """
WITH fairest AS MATERIALIZED (
    SELECT id FROM runner_run
    WHERE status = 'queued' ORDER BY turn, created_at LIMIT %s {lock}
)
UPDATE runner_run SET status = 'claimed', executor_id = %s, claimed_at = {now}
WHERE status = 'queued' AND id IN (SELECT id FROM fairest) RETURNING {columns}
"""


FIELDS = Run._meta.concrete_fields
COLUMNS = [field.get_col(Run._meta.db_table) for field in FIELDS]


def ask(run: Run, runs_per_user: int, queued_runs: int) -> tuple[datetime, int] | None:
    """Makes `run` a queued row: when, by the database's clock, and its place; 1 is next.

    None where its owner may not, or has so many already, or so many wait; of those there can be a
    few more, when many are asked for in one instant.
    """
    lock = [(LOCK, [run.owner_id])] if connection.features.has_select_for_update else []
    place = (PLACE, [Run._meta.pk.get_db_prep_value(run.pk, connection)])
    row = _in_one_trip([*lock, _insertion(run, [runs_per_user, queued_runs]), place])
    return (clock.from_row(row[0]), row[1]) if row else None


def _insertion(run: Run, limits: list[int]) -> Statement:
    database = connections[DEFAULT_DB_ALIAS]  # `connection` finds out anew at every mention
    now = clock.now_in_sql()
    expressions = {"created_at": now, "viewer_asked_at": now, "turn": (TURN, [])}
    columns, words, values = [], [], []
    for field in FIELDS:
        value = field.get_db_prep_save(getattr(run, field.attname), database)
        word, its_values = expressions.get(field.name, ("%s", [value]))
        columns.append(database.ops.quote_name(str(field.column)))
        words.append(word)
        values += its_values
    text = INSERT.format(columns=", ".join(columns), values=", ".join(words))
    return text, [*values, run.owner_id, *limits, run.owner_id]


def _in_one_trip(statements: Sequence[Statement]) -> tuple[Any, ...] | None:
    """The first row of the last one's answer. All are one transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Statements that come together are one transaction, and each sees what was committed
            # before it began (PostgreSQL's manual, "Multiple Statements in a Simple Query").
            texts, values = zip(*statements, strict=True)
            cursor.execute(";".join(texts), [value for some in values for value in some])
            while cursor.nextset():
                pass
        else:
            with transaction.atomic():
                for text, some in statements:
                    cursor.execute(text, some)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def claim(executor: Executor, most: int) -> list[Run]:
    """The first of the queue, now the executor's."""
    database = connections[DEFAULT_DB_ALIAS]
    skips = database.features.has_select_for_update_skip_locked
    now, values = clock.now_in_sql()
    columns = ", ".join(database.ops.quote_name(str(field.column)) for field in FIELDS)
    text = CLAIM.format(lock="FOR UPDATE SKIP LOCKED" if skips else "", now=now, columns=columns)
    with database.cursor() as cursor:
        cursor.execute(text, [most, executor.pk, *values])
        return [_run(row) for row in cursor.fetchall()]


def _run(row: Sequence[Any]) -> Run:
    """As Django's own queries do; `raw()` takes as long as the claim itself."""
    database = connections[DEFAULT_DB_ALIAS]
    values = list(row)
    for place, column in enumerate(COLUMNS):
        for convert in database.ops.get_db_converters(column) + column.get_db_converters(database):
            values[place] = convert(values[place], column, database)
    return Run.from_db(DEFAULT_DB_ALIAS, [field.attname for field in FIELDS], values)
