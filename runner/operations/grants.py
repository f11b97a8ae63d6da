"""What each process may do in PostgreSQL, if each has its own role.

`web` reads and writes the rows of every table and cannot change a table. `executor` claims runs and
reports on them: it sees no user or session, of snippets no more than whose they are, and can
neither create a run nor change a program. Of data beside the code it reads what it places in homes,
and writes what runs have made of kept files, as far as their owner has room.
"""

from django.db import ProgrammingError, connection, models, transaction

from runner.models import Artifact, DataFile, Executor, Recording, Run, Snippet

# Of artifacts an executor sees no more than which there are: it replaces some, and reads none.
ARTIFACT_KEYS = ("id", "run_id", "seq")
EXECUTOR: dict[type[models.Model], tuple[str, ...]] = {
    Artifact: ("INSERT", "UPDATE"),
    DataFile: ("SELECT",),
    Executor: ("SELECT", "INSERT", "UPDATE", "DELETE"),
    Recording: ("SELECT", "INSERT", "UPDATE"),
    Run: ("SELECT",),
}
# Of a run an executor changes its progress and its end.
RUN_PROGRESS = (
    "status", "outcome", "exit_code", "signal", "reason_code", "figures", "reason",
    "error_name", "error_path", "error_line", "executor_id",
    "claimed_at", "started_at", "first_output_at", "finished_at", "wall_ms", "cpu_ms",
    "memory_peak_bytes", "input_bytes", "output_bytes", "recording_bytes",
    "artifact_bytes", "file_notices",
)  # fmt: skip

# Whose data it is: together it has a limit.
SNIPPET_OWNERS = ("id", "owner_id", "deleted_at")
# Of data a run changes the content of files that are kept.
DATA_CONTENT = ("content", "bytes", "sha256", "encoding", "stored", "changed_at")

OF_OWNER = 5  # connections for migrations and for an administrator
OF_WEB = 20  # less is not enough for one web worker


def grant(web: str, executor: str) -> None:
    """Gives the roles exactly that; what they had before is taken back in the same instant."""
    quote = connection.ops.quote_name
    web, executor = quote(web), quote(executor)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {web}, {executor}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {web}, {executor}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {web}, {executor}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}",
        f"GRANT USAGE ON SEQUENCE runner_executor_id_seq, runner_artifact_id_seq TO {executor}",
    ]
    for model, rights in EXECUTOR.items():
        table = quote(model._meta.db_table)
        statements.append(f"GRANT {', '.join(rights)} ON {table} TO {executor}")
    columns = ", ".join(map(quote, RUN_PROGRESS))
    statements.append(f"GRANT UPDATE ({columns}) ON {quote(Run._meta.db_table)} TO {executor}")
    columns = ", ".join(map(quote, DATA_CONTENT))
    statements.append(f"GRANT UPDATE ({columns}) ON {quote(DataFile._meta.db_table)} TO {executor}")
    for model, names in ((Artifact, ARTIFACT_KEYS), (Snippet, SNIPPET_OWNERS)):
        keys, table = ", ".join(map(quote, names)), quote(model._meta.db_table)
        statements.append(f"GRANT SELECT ({keys}) ON {table} TO {executor}")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class NotPermitted(Exception):
    """With the statement that a superuser has to execute."""


def reserve_connections(web: str, reserved: int) -> int:
    """Leaves so many of the server's connections to executors, by a limit of the role `web`, which
    is returned; a lower one stays. `ValueError`: the server has too few for web workers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(setting::int) FILTER (WHERE name = 'max_connections') "
            "- sum(setting::int) FILTER (WHERE name <> 'max_connections') FROM pg_settings "
            "WHERE name IN ('max_connections', 'superuser_reserved_connections', "
            "'reserved_connections')"
        )
        most = cursor.fetchone()[0] - reserved - OF_OWNER
        cursor.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", [web])
        now = cursor.fetchone()[0]
    if most < OF_WEB:
        raise ValueError(most)
    if 0 <= now <= most:
        return int(now)
    statement = f"ALTER ROLE {connection.ops.quote_name(web)} CONNECTION LIMIT {most}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:  # insufficient privilege
        raise NotPermitted(statement) from error
    return int(most)
