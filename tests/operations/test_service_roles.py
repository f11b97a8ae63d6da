# size: one deployment, of which every right is tried
"""Each process has a user of its own in Redis and PostgreSQL, which may do what it needs alone."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from psycopg.errors import InsufficientPrivilege
from redis.exceptions import AuthenticationError, NoPermissionError

from runner.protocol.messages import Outcome
from tests.product import Product, WebServer
from tests.services import ROOT, PostgresServer, ServerProcess, free_port, wait_until
from tests.terminal_client import open_terminal
from tests.visitor import visiting

# A file, another one in its place, and a link, which is left out; then it waits to be typed to.
SHOWS_TWICE = """import json, os, socket, struct
os.symlink("/etc/passwd", "link")
def show(data, **about):
    channel = socket.socket(socket.AF_UNIX)
    channel.connect("/run/coderunner/show")
    about = json.dumps({"kind": "file", "bytes": len(data), **about}).encode()
    for kind, part in ((b"M", about), (b"D", data)):
        channel.sendall(struct.pack(">cI", kind, len(part)) + part)
    assert channel.recv(100)[:1] == b"A"
show(b"one", name="a.bin")
show(b"two", name="b.bin", seq=1)
print(input())
"""
FOLDERS = ("source", "web", "owner", "executor", "postgres", "redis")


def make_secrets(root: Path) -> dict[str, str]:
    """Everything in every volume, by `volume/file`."""
    for folder in FOLDERS:
        (root / folder).mkdir(exist_ok=True)
    subprocess.run([sys.executable, "deploy/compose/make_secrets.py", root], cwd=ROOT, check=True)
    return {str(p.relative_to(root)): p.read_text() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def secrets_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secrets")


@pytest.fixture(scope="module")
def secrets(secrets_root: Path) -> dict[str, str]:
    return make_secrets(secrets_root)


@pytest.fixture(scope="module")
def redis_port(secrets: dict[str, str], secrets_root: Path) -> Iterator[int]:
    port = free_port()
    users = str(secrets_root / "redis/users.acl")
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--aclfile", users]
    with ServerProcess([*command, "--save", ""], secrets_root / "redis.log") as server:
        server.wait_until(lambda: is_up(port))
        yield port


def is_up(port: int) -> bool:
    with contextlib.suppress(redis.ConnectionError):
        health = redis.Redis(port=port, username="health", password="none")
        return bool(health.execute_command("PING"))  # type: ignore[no-untyped-call]
    return False


def redis_url(secrets: dict[str, str], service: str, port: int) -> str:
    return secrets[f"{service}/redis_url"].replace("@redis:6379", f"@127.0.0.1:{port}")


def redis_as(secrets: dict[str, str], service: str, port: int) -> redis.Redis:
    return redis.Redis.from_url(redis_url(secrets, service, port))


# --- Secrets -------------------------------------------------------------------------------------
def test_a_second_start_keeps_every_secret(secrets: dict[str, str], secrets_root: Path) -> None:
    again = make_secrets(secrets_root)
    assert {name: again[name] for name in secrets} == secrets


def test_no_two_sites_share_one(secrets: dict[str, str], tmp_path: Path) -> None:
    other = make_secrets(tmp_path)
    assert not set(other.values()) & set(secrets.values())
    assert all(len(other[name]) == 64 for name in other if name.startswith("source/"))


def test_no_service_sees_the_secrets_of_another(secrets: dict[str, str]) -> None:
    def seen_by(service: str) -> str:
        return "".join(text for name, text in secrets.items() if name.startswith(f"{service}/"))

    allowed = {
        "web": {"secret_key", "metrics_token", "web", "redis_web"},
        "executor": {"executor", "redis_executor"},
        "owner": {"owner"},
        "postgres": {"postgres", "owner", "web", "executor"},
        "redis": set(),  # digests
    }
    drawn = {
        name.removeprefix("source/"): text for name, text in secrets.items() if "source" in name
    }
    for service, names in allowed.items():
        assert {name for name, secret in drawn.items() if secret in seen_by(service)} == names


# --- Redis ---------------------------------------------------------------------------------------
def test_nobody_is_let_in_without_a_password(redis_port: int) -> None:
    with pytest.raises(AuthenticationError):
        redis.Redis(port=redis_port).get("x")
    with pytest.raises(NoPermissionError):
        redis.Redis(port=redis_port, username="health", password="none").get("x")


def test_an_executor_cannot_reach_the_cache(secrets: dict[str, str], redis_port: int) -> None:
    executor = redis_as(secrets, "executor", redis_port)
    commands = "GET :1:x|SET :1:x y|KEYS *|CONFIG GET *|ACL LIST|FLUSHALL|EVAL x 0|CLIENT LIST"
    for command in f"{commands}|MONITOR|SUBSCRIBE asgispecific.abc|PSUBSCRIBE *".split("|"):
        with pytest.raises(NoPermissionError):
            executor.execute_command(*command.split())  # type: ignore[no-untyped-call]


def test_an_executor_cannot_speak_to_other_executors(
    secrets: dict[str, str], redis_port: int
) -> None:
    executor = redis_as(secrets, "executor", redis_port)
    assert executor.publish("asgispecific.abc", b"") == 0
    for channel in ("executor.another", "asgi__group__executors", "anything"):
        with pytest.raises(NoPermissionError):
            executor.publish(channel, b"")


def test_a_web_worker_cannot_administer(secrets: dict[str, str], redis_port: int) -> None:
    web = redis_as(secrets, "web", redis_port)
    assert web.set(":1:x", "y")
    commands = "GET x|KEYS *|CONFIG GET *|FLUSHALL|EVAL x 0|ACL LIST|SUBSCRIBE executor.one"
    for command in f"{commands}|PSUBSCRIBE *".split("|"):
        with pytest.raises(NoPermissionError):
            web.execute_command(*command.split())  # type: ignore[no-untyped-call]


# --- PostgreSQL, and the product on both ---------------------------------------------------------
@dataclass(frozen=True)
class Roles:
    web: str
    executor: str

    def url(self, database: str, role: str) -> str:
        return database.replace("postgres@", f"{role}@")


@pytest.fixture
def roles(product: Product, postgres_server: PostgresServer) -> Roles:
    """Two roles that are granted what the processes need in the product's database."""
    suffix = uuid4().hex
    product.env["VISITORS"] = "shared"
    found = Roles(f"web_{suffix}", f"executor_{suffix}")
    with psycopg.connect(product.env["DATABASE_URL"], autocommit=True) as owner:
        owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in (found.web, found.executor):
            owner.execute(f"CREATE ROLE {role} LOGIN".encode())
    for _ in range(2):  # at each start
        product.manage("grant", "--web", found.web, "--executor", found.executor)
    return found


def refused(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


async def test_the_product_runs_on_them_and_they_may_do_nothing_else(
    product: Product, roles: Roles, secrets: dict[str, str], redis_port: int
) -> None:
    product.create_users("owner")
    database = product.env["DATABASE_URL"]
    web, executor = roles.url(database, roles.web), roles.url(database, roles.executor)
    worker = product.web_worker(
        wait=False, DATABASE_URL=web, REDIS_URL=redis_url(secrets, "web", redis_port)
    )
    running = product.executor(
        DATABASE_URL=executor, REDIS_URL=redis_url(secrets, "executor", redis_port)
    )
    worker.wait_until_ready()
    async with open_terminal(worker, worker.sign_in("owner")) as terminal:
        await terminal.start(SHOWS_TWICE)
        await terminal.type("hello\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert terminal.output == b"hello\r\nhello\r\n"
        await a_visitor_leaves_nothing(worker, database)
    wait_until(lambda: has_counted(database), "a second heartbeat")
    for process in (worker.process, running):
        for trouble in ("permission", "NOPERM", "Traceback", "refused"):
            assert trouble not in process.output()

    refused(
        executor,
        "SELECT 1 FROM accounts_user", "SELECT 1 FROM django_session",
        "SELECT title FROM runner_snippet", "DELETE FROM runner_run",
        "UPDATE runner_run SET owner_id = 1", "UPDATE runner_run SET files = '[]'",
        "INSERT INTO runner_run (id) VALUES (gen_random_uuid())", "DELETE FROM runner_recording",
        "SELECT data FROM runner_artifact", "SELECT name, sha256 FROM runner_artifact",
        "DELETE FROM runner_artifact",
        "TRUNCATE runner_run", "CREATE TABLE mine (x int)", "DROP TABLE runner_run",
    )  # fmt: skip
    assert stored_artifacts(database) == [(1, "b.bin", b"two")]
    refused(
        web,
        "CREATE TABLE mine (x int)", "DROP TABLE runner_run", "TRUNCATE runner_run",
        "ALTER TABLE accounts_user ADD COLUMN x int",
    )  # fmt: skip


def stored_artifacts(database: str) -> list[tuple[int, str, bytes]]:
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT seq, name, data FROM runner_artifact").fetchall()
    return [(seq, name, bytes(data)) for seq, name, data in rows]


async def a_visitor_leaves_nothing(worker: WebServer, database: str) -> None:
    """The executor may delete no run: the database does."""
    async with visiting(worker, "example") as visitor:
        await visitor.start("print(input())")
        await visitor.type("hello\r")
        await visitor.wait_for_exit(Outcome.COMPLETED)
    wait_until(lambda: not visitors_runs(database), "the removal of a visitor's run")


def visitors_runs(database: str) -> list[tuple[str]]:
    with psycopg.connect(database) as connection:
        return connection.execute("SELECT id FROM runner_run WHERE owner_id IS NULL").fetchall()


def has_counted(database: str) -> bool:
    """Whether a heartbeat of the executor says that a run was completed."""
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT metrics::text FROM runner_executor").fetchone()
    assert row is not None
    return "completed" in (row[0] or "")


def test_an_executor_reads_how_much_data_an_owner_has(product: Product, roles: Roles) -> None:
    url = roles.url(product.env["DATABASE_URL"], roles.executor)
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT sum(file.bytes) FROM runner_datafile AS file "
            "JOIN runner_snippet AS snippet ON snippet.id = file.snippet_id "
            "WHERE snippet.owner_id = 1 AND snippet.deleted_at IS NULL"
        )


def test_no_role_uses_the_function_that_forgets_visitors(product: Product, roles: Roles) -> None:
    """It deletes with the rights of the tables' owner: on a table of their own, roles would choose
    the runs; a table of theirs in place of the site's would have their triggers obeyed."""
    database = product.env["DATABASE_URL"]
    function = "runner_forget_visitor()"
    for role in (roles.web, roles.executor):
        with psycopg.connect(roles.url(database, role), autocommit=True) as connection:
            connection.execute("CREATE TEMPORARY TABLE mine (id uuid, owner_id int, status text)")
            with pytest.raises(InsufficientPrivilege):
                connection.execute(
                    "CREATE TRIGGER mine AFTER UPDATE ON mine"
                    f" FOR EACH ROW EXECUTE FUNCTION public.{function}".encode()
                )
    with psycopg.connect(database) as connection:
        asked = "SELECT proconfig, prosrc FROM pg_proc WHERE proname = 'runner_forget_visitor'"
        row = connection.execute(asked).fetchone()
    assert row is not None
    assert row[0] == ["search_path=public, pg_temp"]
    assert "owner_id IS NULL AND status = 'finished'" in row[1]
