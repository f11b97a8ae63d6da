"""What happened in a class on one day, made of the rows of its runs. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

MOST_ERRORS = 10
MOST_MEMBERS = 100


@dataclass(frozen=True, slots=True)
class RunRow:
    """Of a run: `outcome` is empty while it is not over."""

    owner: str
    outcome: str
    error_name: str
    started_at: datetime | None
    first_output_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Counts, each list the most common first. `first_output_ms`: median, from the start of the
    program to its first output; None where none had any. `peak`: how many ran at once at most."""

    runs: int
    outcomes: list[tuple[str, int]]
    errors: list[tuple[str, int]]
    members: list[tuple[str, int]]
    first_output_ms: int | None
    peak: int


def figures_of(rows: Sequence[RunRow], now: datetime) -> DayFigures:
    waits = [
        (row.first_output_at - row.started_at).total_seconds() * 1000
        for row in rows
        if row.started_at and row.first_output_at
    ]
    errors = Counter(row.error_name for row in rows if row.error_name)
    return DayFigures(
        runs=len(rows),
        outcomes=Counter(row.outcome for row in rows if row.outcome).most_common(),
        errors=errors.most_common(MOST_ERRORS),
        members=Counter(row.owner for row in rows).most_common(MOST_MEMBERS),
        first_output_ms=round(median(waits)) if waits else None,
        peak=_peak(
            (row.started_at, row.finished_at or now) for row in rows if row.started_at is not None
        ),
    )


def _peak(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """One that ends when another one starts did not run beside it."""
    changes = sorted((at, step) for span in spans for at, step in zip(span, (1, -1), strict=True))
    running = most = 0
    for _at, step in changes:
        running += step
        most = max(most, running)
    return most
