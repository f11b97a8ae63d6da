"""One clock for all machines of a site: the database's.

Times that one process writes and another one compares (heartbeats, the age of a queued run, the
time of a request for control) come from this clock, because clocks of machines differ and jump.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from runner.infrastructure.database import dialect


def now() -> datetime | Now:
    """For queries: to be stored in a row, or compared with a stored time.

    SQLite would use the machine's clock as well, with fewer digits.
    """
    return Now() if connection.vendor == "postgresql" else timezone.now()


def now_in_sql() -> tuple[str, list[Any]]:
    """The same, with the values of its placeholders."""
    if dialect().vendor == "postgresql":
        return "statement_timestamp()", []
    return "%s", [dialect().ops.adapt_datetimefield_value(timezone.now())]


def from_row(value: datetime) -> datetime:
    """A time as returned by raw SQL: SQLite returns UTC without a time zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def read() -> datetime:
    """The same as a value."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
        return row[0]
