# size: every server that tests start, and the process class they share
"""Real servers for tests: own processes on free ports, in own folders, ended by their ids."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 10.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until(condition: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Polls for what offers nothing to wait on, such as a server that starts."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} took longer than {seconds} s")
        time.sleep(0.02)


class ServerProcess:
    """A program in the background whose output goes to a file."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.command, self.log = list(command), log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                self.command,
                env=env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a ^C at the tests is not one at their servers
            )
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until(self, ready: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        def ready_or_dead() -> bool:
            if self.exit_code is not None:
                raise AssertionError(f"{self._described()} ended with {self.exit_code}")
            return ready()

        try:
            wait_until(ready_or_dead, " ".join(self.command), seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}. Its output:\n{self.output()}") from None

    def wait_for_output(self, text: str, seconds: float = START_SECONDS) -> None:
        self.wait_until(lambda: text in self.output(), seconds)

    def wait_for_end(self, seconds: float = START_SECONDS) -> int:
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self._described()} did not end:\n{self.output()}") from None

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """As a machine that fails: no time to say anything."""
        self._process.kill()
        self._process.wait(STOP_SECONDS)

    def ask_to_stop(self) -> None:
        self._process.terminate()

    def stop(self) -> None:
        self.ask_to_stop()
        self.await_stop()

    def await_stop(self) -> None:
        """Ends it when it does not end by itself."""
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _described(self) -> str:
        return f"{' '.join(self.command)} (process {self.pid})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class RedisServer:
    """A Redis that keeps nothing. Its URL stays the same over a `restart()`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        place = ["--port", str(self.port), "--dir", str(self._directory)]
        command = ["redis-server", *place, *options]
        self.process = ServerProcess(command, self._directory / "redis.log")
        self.process.wait_until(self._answers)

    def stop(self) -> None:
        self.process.stop()

    def restart(self) -> None:
        """Every connection to it is cut, and all it held is gone."""
        self.process.kill()
        self.start()

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client, contextlib.suppress(redis.ConnectionError):
            return bool(client.ping())
        return False


class PostgresServer:
    """An own cluster of the newest PostgreSQL here, beside any that Debian has started."""

    def __init__(self, directory: Path) -> None:
        """`directory` must be reachable by the user postgres when we are root."""
        self._programs = newest_postgres()
        self._data, self._log = directory / "data", directory / "log"
        self.port = free_port()
        if os.getuid() == 0:
            shutil.chown(directory, "postgres", "postgres")
        self._initialise()
        self.start()

    def _initialise(self) -> None:
        initdb = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres"]
        options = ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
        command = [*unprivileged(), *initdb, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": "200",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        postgres = [str(self._programs / "postgres"), "-D", str(self._data)]
        command = [*unprivileged(), *postgres, "-p", str(self.port), *options]
        self.process = ServerProcess(command, self._log, cwd=Path("/"))
        self.process.wait_until(self._answers)

    def new_database(self, like: str = "/template1") -> str:
        """The DATABASE_URL of a database of its own: empty, or a copy of one that nobody uses."""
        name, template = f"test_{uuid4().hex}", like.rpartition("/")[2]
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self._url(name)

    def restart(self) -> None:
        """As after a crash: every connection is cut, and what was committed is there."""
        self.process.send(signal.SIGQUIT)
        self.process.wait_for_end()
        self.start()

    def stop(self) -> None:
        """At once: PostgreSQL's polite shutdown waits for clients that a failed test left."""
        self.process.send(signal.SIGINT)
        self.process.wait_for_end()

    def _url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self._url("postgres"), connect_timeout=2).close()
            return True
        return False


def newest_postgres() -> Path:
    """The folder of PostgreSQL's programs, which Debian keeps out of the PATH."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if versions := sorted(found, key=lambda path: float(path.parts[-3])):
        return versions[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "PostgreSQL is not installed: run `make test` once"
    return Path(on_path).parent


def unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root. The command it prefixes keeps its process id."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


@contextlib.contextmanager
def running_redis(directory: Path) -> Iterator[RedisServer]:
    server = RedisServer(directory)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    # pytest's own temporary folders are closed to the user postgres.
    with tempfile.TemporaryDirectory(prefix="test-postgres-") as directory:
        server = PostgresServer(Path(directory))
        try:
            yield server
        finally:
            server.stop()
