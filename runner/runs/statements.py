"""The statements a student waits for: how a run is asked for and claimed, in one trip each.

Each is written once, for both databases; `starting/asking.py` and `lifecycle.py` use them.
`run_queue.py` describes the order of the queue that they rely on.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from runner import access
from runner.infrastructure import clock, loop_database
from runner.infrastructure.database import dialect
from runner.infrastructure.loop_database import Call, Statement
from runner.limits import Limits
from runner.models import Executor, Run

# Two sockets of one user that start in the same instant count one after the other.
LOCK = Statement("lock", "SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", ("bigint",))

# And so do two candidates of one interview. The room comes before the user: who writes in a room
# has its row, and asks for the user's at the end of the transaction.
LOCK_ROOM = Statement(
    "lock_room", "SELECT 1 FROM runner_room WHERE id = %s FOR NO KEY UPDATE", ("bigint",)
)

# Of its row only what differs from run to run is given.
INSERT = """
INSERT INTO runner_run ({columns})
SELECT {values} FROM (
    SELECT COUNT(*) FILTER (WHERE owner_id = %s) AS mine,
           COUNT(*) FILTER (WHERE status = 'queued' AND language {is_one_of}) AS queued
    FROM runner_run WHERE owner_id IS NOT NULL AND status IN ('queued', 'claimed', 'running')
) AS active
WHERE mine < %s AND queued < %s
AND EXISTS (SELECT 1 FROM accounts_user WHERE id = %s AND is_active)
AND (%s OR {own_snippet})
AND {may_start}{no_other}
RETURNING created_at, {place}
"""

SERVED = """
SELECT turn FROM runner_run WHERE claimed_at IS NOT NULL ORDER BY claimed_at DESC, turn DESC LIMIT 1
"""


def turn(before: str) -> str:
    """The turn that is being served, plus one for each run that counts `before` it."""
    return f"{before} + COALESCE(({SERVED}), 0)"


NO_OTHER_GUEST = """
AND NOT EXISTS (
    SELECT 1 FROM runner_run AS other JOIN accounts_user ON accounts_user.id = other.owner_id
    WHERE other.room_id = %s AND other.status IN ('queued', 'claimed', 'running')
    AND substr(accounts_user.username, 1, {length}) = '{guest}'
)"""

# An executor asks for data files only where there are some.
DATA_FILES = "COALESCE((SELECT data_files FROM runner_snippet WHERE id = %s), 0)"

# Among the runs that the same executor may claim: see `Offers.beside`.
PLACE = """(
SELECT COUNT(*) + 1 FROM runner_run AS other
WHERE other.status = 'queued' AND other.owner_id IS NOT NULL
AND (other.turn, other.created_at) < (runner_run.turn, runner_run.created_at)
AND other.language {is_one_of})
"""

# The limit stands in the text: a plan for any limit might read the whole queue, as one that looked
# for `queued` twice might. Who has locked a queued row owns it; SQLite has one writer at a time.
# Runs in languages that the executor lacks are passed over, not waited for, and so are GUI runs
# where it cannot show windows. One that has no room
# there is waited for: passed over, it might wait as long as smaller ones come.
CLAIM = """
WITH fairest AS MATERIALIZED (
    SELECT id FROM runner_run
    WHERE status = 'queued' AND owner_id IS {whose} AND language {is_one_of}
    AND (screen_width = 0 OR language {is_one_of})
    ORDER BY turn, created_at LIMIT {most} {lock}
)
UPDATE runner_run SET status = 'claimed', executor_id = %s, claimed_at = {now}
WHERE id IN (SELECT id FROM fairest) AND language {is_one_of} RETURNING {columns}
"""

FIELDS = Run._meta.concrete_fields
GIVEN = {
    "id", "owner", "snippet", "language", "files", "main", "args", "stdin", "keep_open",
    "time_zone", "observed", "ceilings", "screen_width", "screen_height", "rows", "cols", "viewer",
}  # fmt: skip
BY_THE_DATABASE = {"turn", "created_at", "viewer_asked_at"}
MORE = {"classroom", "room", "data_files"}
ASKED = [field for field in FIELDS if field.name in GIVEN | {"source_bytes", "classroom", "room"}]
CLAIMED = [field for field in FIELDS if field.name in GIVEN | BY_THE_DATABASE | MORE]


async def ask(run: Run, limits: Limits, beside: Collection[str]) -> tuple[datetime, int] | None:
    """Makes `run` a queued row: when, by the database's clock, and its place; 1 is next.

    `beside`: the languages of the runs that it waits with. None where its owner may not, or has so
    many already, or so many wait, or its snippet is not the owner's, or its class does not
    allow it, or it is a guest's in whose room another guest's goes on; of those that wait there can
    be a few more, when many are asked for in one instant.
    """
    rows = await loop_database.in_one_trip(_asking(run, limits, beside))
    return (clock.from_row(rows[0][0]), rows[0][1]) if rows else None


async def claim(
    executor: Executor, most: int, fitting: Collection[str], *, visitors: bool = False
) -> list[Run]:
    """The first of the queue in the executor's languages, now the executor's: those of them that
    are in one that is `fitting`. `visitors`: of the queue of visitors' runs."""
    claiming = _claiming(executor, most, fitting, visitors)
    return [_run(row) for row in await loop_database.in_one_trip([claiming])]


def _asking(run: Run, limits: Limits, beside: Collection[str]) -> list[Call]:
    database = dialect()
    _, now = clock.now_in_sql()
    values = [field.get_db_prep_save(getattr(run, field.attname), database) for field in ASKED]
    assert run.owner_id is not None
    owner, snippet = run.owner_id, run.snippet_id
    among = _words(beside)
    values += [*now, *now, snippet, owner, among, limits.runs_per_user, limits.queued_runs, owner]
    values += [snippet is None, snippet, owner]
    values += access.may_start_values(owner, run.classroom_id, run.language)
    locks: list[Call] = [(LOCK, [owner])]
    if in_turns := _is_guests(run):
        locks.insert(0, (LOCK_ROOM, [run.room_id]))
        values.append(run.room_id)
    values.append(among)
    if not database.features.has_select_for_update:  # then there is one writer at a time
        locks = []
    return [*locks, (_insertion(in_turns), values)]


def _is_guests(run: Run) -> bool:
    return run.room_id is not None and run.owner is not None and access.is_guest(run.owner)


@cache
def _insertion(in_turns: bool) -> Statement:
    """`in_turns`: of a guest, in whose room one guest's program runs at a time."""
    now, _ = clock.now_in_sql()
    by_the_database = {"created_at": now, "viewer_asked_at": now, "turn": turn("mine")}
    by_the_database["data_files"] = DATA_FILES
    words = given(ASKED, by_the_database)
    no_other = NO_OTHER_GUEST.format(guest=access.GUEST, length=len(access.GUEST))
    text = INSERT.format(
        columns=columns(words),
        values=", ".join(words.values()),
        own_snippet=access.OWN_SNIPPET_IN_SQL,
        may_start=access.may_start_in_sql(),
        no_other=no_other if in_turns else "",
        place=PLACE.format(is_one_of=is_one_of()),
        is_one_of=is_one_of(),
    )
    types = [str(field.db_type(dialect())) for field in ASKED]
    counts = ["bigint", "bigint", "text[]", "bigint", "bigint", "bigint"]
    rights = ["boolean", "bigint", "bigint", *access.MAY_START_TYPES]
    room, name = (("bigint",), "insert_of_guest") if in_turns else ((), "insert")
    return Statement(name, text, (*types, *counts, *rights, *room, "text[]"))


def given(asked: Iterable[Any], by_the_database: Mapping[str, str]) -> dict[Any, str]:
    """What stands for each field of a new row; a field without has no value."""
    words: dict[Any, str] = dict.fromkeys(asked, "%s")
    for field in FIELDS:
        if field.name in by_the_database:
            words[field] = by_the_database[field.name]
        elif field not in words and (value := field.get_default()) is not None:
            words[field] = _literal(value)
    return words


def _literal(value: object) -> str:
    """Of a default of ours: an ordinary word or a number."""
    assert type(value) is int or (isinstance(value, str) and not set(value) & set("%'"))
    return f"'{value}'"


def _claiming(executor: Executor, most: int, fitting: Collection[str], visitors: bool) -> Call:
    _, now = clock.now_in_sql()
    among = _words(executor.languages), _words(executor.screens)
    return _claim(most, visitors), [*among, executor.pk, *now, _words(fitting)]


@cache
def _claim(most: int, visitors: bool) -> Statement:
    skips = dialect().features.has_select_for_update_skip_locked
    lock = "FOR UPDATE SKIP LOCKED" if skips else ""
    now, _ = clock.now_in_sql()
    whose, name = ("NULL", "claim_visitors") if visitors else ("NOT NULL", "claim")
    places = {"whose": whose, "columns": columns(CLAIMED), "is_one_of": is_one_of()}
    text = CLAIM.format(most=int(most), lock=lock, now=now, **places)
    return Statement(f"{name}_{most}", text, ("text[]", "text[]", "bigint", "text[]"))


def is_one_of() -> str:
    """Of a condition on `language`; its value is made by `_words`."""
    if dialect().vendor == "postgresql":
        return "= ANY(%s)"
    return "IN (SELECT value FROM json_each(%s))"


def _words(words: Collection[str]) -> list[str] | str:
    return list(words) if dialect().vendor == "postgresql" else json.dumps(list(words))


def columns(fields: Iterable[Any]) -> str:
    return ", ".join(dialect().ops.quote_name(str(field.column)) for field in fields)


def _run(row: Sequence[Any]) -> Run:
    """As Django's own queries do, `only()` what an executor wants to know; `raw()` takes as long as
    the claim itself."""
    values = list(row)
    for place, column, convert in _converters():
        values[place] = convert(values[place], column, dialect())
    return Run.from_db(DEFAULT_DB_ALIAS, [field.attname for field in CLAIMED], values)


@cache
def _converters() -> list[tuple[int, Any, Callable[..., Any]]]:
    database = dialect()
    columns = [field.get_col(Run._meta.db_table) for field in CLAIMED]
    return [
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in (
            *database.ops.get_db_converters(column),
            *column.get_db_converters(database),
        )
    ]
