"""PostgreSQL's processes for the connections to this database."""

from django.db import connection

ALL = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
END = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"


def number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def count_backends() -> int:
    return number(f"{ALL} AND backend_type = 'client backend'")


def count_waiting() -> int:
    """How many wait for a lock."""
    return number(f"{ALL} AND wait_event_type = 'Lock'")


def own_backend() -> int:
    return number("SELECT pg_backend_pid()")


def end_backends(which: str) -> int:
    """How many were ended: those of this database that meet the condition, but for our own."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    return number(f"{END} WHERE {others} AND {which}")
