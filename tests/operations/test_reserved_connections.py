"""However many pages are asked for, executors get their connections to PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import psycopg
import pytest
from psycopg import OperationalError

from tests.product import Product
from tests.services import PostgresServer, running_postgres

RESERVED = 150


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[PostgresServer]:
    """All of whose connections this test may take."""
    with running_postgres() as server:
        yield server


def connect_until_refused(stack: ExitStack, url: str, most: int) -> int:
    """How many there were."""
    connected: list[psycopg.Connection] = []

    def connect_all() -> None:
        while len(connected) < most:
            connected.append(stack.enter_context(psycopg.connect(url)))

    with pytest.raises(OperationalError, match="too many connections for role"):
        connect_all()
    return len(connected)


@pytest.mark.faults
def test_web_workers_leave_executors_theirs(
    tmp_path_factory: pytest.TempPathFactory, own_postgres: PostgresServer
) -> None:
    database, suffix = own_postgres.new_database(), uuid4().hex
    web, executor = f"web_{suffix}", f"executor_{suffix}"
    with psycopg.connect(database, autocommit=True) as owner:
        for role in (web, executor):
            owner.execute(f"CREATE ROLE {role} LOGIN".encode())
    with Product(tmp_path_factory.mktemp("site"), DATABASE_URL=database) as site:
        site.migrate()
        roles = ("--web", web, "--executor", executor, "--executor-connections", str(RESERVED))
        said = [site.manage("grant", *roles) for _ in range(2)]  # at each start
    allowed = 200 - 3 - RESERVED - 5  # of `tests/services.py`, superusers, executors, the owner
    assert said == [f"Web workers have at most {allowed} connections together.\n"] * 2
    with ExitStack() as stack:
        url = database.replace("postgres@", f"{web}@")
        assert connect_until_refused(stack, url, 200) == allowed
        for _ in range(RESERVED):
            stack.enter_context(psycopg.connect(database.replace("postgres@", f"{executor}@")))


@pytest.mark.faults
def test_a_role_that_may_not_says_what_a_superuser_has_to_do(
    tmp_path_factory: pytest.TempPathFactory, own_postgres: PostgresServer
) -> None:
    database, suffix = own_postgres.new_database(), uuid4().hex
    names = {name: f"{name}_{suffix}" for name in ("owner", "web", "executor")}
    with psycopg.connect(database, autocommit=True) as superuser:
        for role in names.values():
            superuser.execute(f"CREATE ROLE {role} LOGIN".encode())
        superuser.execute(f"ALTER SCHEMA public OWNER TO {names['owner']}".encode())
    url = database.replace("postgres@", f"{names['owner']}@")
    with Product(tmp_path_factory.mktemp("site"), DATABASE_URL=url) as site:
        site.migrate()
        roles = ("--web", names["web"], "--executor", names["executor"])
        site.manage("grant", *roles, "--executor-connections", "100")
        site.manage("grant", *roles, "--executor-connections", "199")  # too many: said, no failure
    with psycopg.connect(database) as superuser:
        limit = superuser.execute(
            "SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", [names["web"]]
        ).fetchone()
    assert limit == (-1,)
