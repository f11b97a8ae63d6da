"""A visitor's program becomes a queued run, unless there are too many.

Those of visitors wait in a queue of their own: executors claim from it what is left of their places
once no student waits. Fair among networks, as the other queue is among users.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db.models import Q

from runner.infrastructure import clock, loop_database
from runner.infrastructure.database import dialect, in_database
from runner.infrastructure.loop_database import Call, Statement
from runner.languages import LANGUAGES
from runner.models import Run
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Unavailable
from runner.run_state import ACTIVE, RunStatus
from runner.runs import statements
from runner.runs.starting import asking
from runner.runs.starting.asking import TooManyRuns

RUNS_PER_VISITOR = 1
ASK_TIMES = 3
LOCK_NUMBER = 0x76697369  # of advisory locks: visitors

# Two that start in the same instant count one after the other. SQLite has one writer at a time.
LOCK = Statement("lock_visitors", "SELECT pg_advisory_xact_lock(%s)", ("bigint",))

INSERT = """
INSERT INTO runner_run ({columns})
SELECT {values} FROM (
    SELECT COUNT(*) FILTER (WHERE visitor = %s) AS mine,
           COUNT(*) FILTER (WHERE network = %s) AS of_network,
           COUNT(*) FILTER (WHERE status = 'queued') AS queued
    FROM runner_run WHERE owner_id IS NULL AND status IN ('queued', 'claimed', 'running')
) AS active
WHERE mine < %s AND of_network < %s AND queued < %s
RETURNING created_at, (
SELECT COUNT(*) + 1 FROM runner_run AS other
WHERE other.status = 'queued' AND other.owner_id IS NULL
AND (other.turn, other.created_at) < (runner_run.turn, runner_run.created_at))
"""
OWN = [field for field in statements.FIELDS if field.name in {"visitor", "network"}]
ASKED = [field for field in statements.ASKED if field.name != "owner"] + OWN


@dataclass(frozen=True, slots=True)
class Visit:
    """Who visits, as far as anybody knows: both are keyed hashes of 32 characters at most."""

    visitor: str
    network: str


async def create_visitor_run(visit: Visit, start: StartInteractive, viewer: str) -> tuple[Run, int]:
    """As `create_run`. `start` has none of what only users may ask for."""
    run = await asking.beside_terminals(start, partial(_asked_for, visit, start, viewer))
    await asking.offers_with(LANGUAGES[run.language], staff=False)
    for _ in range(ASK_TIMES):
        if asked := await _ask(run):
            run.created_at, position = asked
            run.viewer_asked_at = run.created_at
            return run, position
        await in_database(_refuse, visit)
    raise Unavailable(ReasonCode.SITE_BUSY)


def _asked_for(visit: Visit, start: StartInteractive, viewer: str) -> Run:
    run = asking.asked_for(None, start, viewer)
    run.visitor, run.network = visit.visitor, visit.network
    return run


async def _ask(run: Run) -> tuple[datetime, int] | None:
    database, limits = dialect(), settings.LIMITS
    _, now = clock.now_in_sql()
    values = [field.get_db_prep_save(getattr(run, field.attname), database) for field in ASKED]
    values += [*now, *now, run.visitor, run.network]
    values += [RUNS_PER_VISITOR, limits.visitor_runs_per_network, limits.visitor_queue]
    locks = database.vendor == "postgresql"
    lock: list[Call] = [(LOCK, [LOCK_NUMBER])] if locks else []
    rows = await loop_database.in_one_trip([*lock, (_insertion(), values)])
    return (clock.from_row(rows[0][0]), rows[0][1]) if rows else None


@cache
def _insertion() -> Statement:
    now, _ = clock.now_in_sql()
    by_the_database = {"created_at": now, "viewer_asked_at": now}
    by_the_database["turn"] = statements.turn("of_network")
    words: dict[Any, str] = statements.given(ASKED, by_the_database)
    text = INSERT.format(columns=statements.columns(words), values=", ".join(words.values()))
    types = [str(field.db_type(dialect())) for field in ASKED]
    return Statement("insert_visitor", text, (*types, "text", "text", "bigint", "bigint", "bigint"))


def _refuse(visit: Visit) -> None:
    """Says why there is no run; says nothing when there is room meanwhile."""
    limits = settings.LIMITS
    active = Run.objects.filter(owner=None, status__in=ACTIVE)
    if (count := active.filter(visitor=visit.visitor).count()) >= RUNS_PER_VISITOR:
        raise TooManyRuns(ReasonCode.TOO_MANY_RUNS, active_runs=count)
    waiting = Q(status=RunStatus.QUEUED)
    crowded = active.filter(network=visit.network).count() >= limits.visitor_runs_per_network
    if crowded or active.filter(waiting).count() >= limits.visitor_queue:
        raise Unavailable(ReasonCode.TOO_MANY_VISITORS)
