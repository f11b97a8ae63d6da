"""A site of two web workers and two executors on Redis and PostgreSQL, to be broken and to mend."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle

import psutil
import psycopg

from runner.executor.warm_pool import STARTS
from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.product import Product, WebServer
from tests.scale import census
from tests.services import PostgresServer, RedisServer, ServerProcess, wait_until
from tests.terminal_client import open_terminal

# How long services stay away: in `make test` long enough for the queue to notice that nobody
# answers and for a recording to be due; in `make test-faults` for heartbeats to be called lost too.
LONG = "FAULTS_TIMES" in os.environ
OUTAGE_SECONDS = 20.0 if LONG else 6.0
WELL_SECONDS = 30.0  # within which everything is as before; a loaded machine included
LINGER_SECONDS = 90.0  # an executor keeps a run for a minute for a viewer that says nothing
MOST_NEW_DESCRIPTORS = 24  # of one process: connections to the database, most of all
MOST_NEW_BYTES = 96 * 1024 * 1024  # what floods leave to the allocator, a hundred of them as ten
MOST_CONNECTIONS = 12  # of one process to the database: eight threads', four of its event loop
CAPACITY = 8  # of an executor: so many sandboxes may wait, once they were wanted
SANDBOX_DESCRIPTORS = 6  # that an executor has for each
STUDENTS = 50


# The site asks this one for the time: in the search path it comes before PostgreSQL's own.
WRONG_CLOCK = (
    "CREATE SCHEMA wrong",
    "CREATE TABLE wrong.clock AS SELECT interval '0' AS fast_by",
    "CREATE FUNCTION wrong.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS "
    "'SELECT pg_catalog.statement_timestamp() + fast_by FROM wrong.clock'",
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = wrong, pg_catalog, public',"
    " current_database()); END $$",
)


class Site:
    def __init__(self, product: Product, redis: RedisServer, postgres: PostgresServer) -> None:
        self.product, self.redis, self.postgres = product, redis, postgres
        self._rates = product.directory / "layer-rates"
        self.set_layer(lost=0, doubled=0)
        product.env |= {
            "DJANGO_SETTINGS_MODULE": "tests.scale.faulty_settings",
            "LAYER_RATES": str(self._rates),
            census.FOLDER: str(product.directory),
        }
        self.statements(*WRONG_CLOCK)
        users = SignedInUsers(product, students=STUDENTS, instructors=0)
        self.owner, *others = (users.student() for _ in range(STUDENTS))
        self._students = cycle(others)
        self.workers = [self._worker(), self._worker()]
        self.executors = [self.new_executor(), self.new_executor()]
        self.wait_until_ready()
        self._left_sockets, self._workers_died = 0, False
        self._first_usage: dict[int, tuple[int, int]] = {}

    def student(self) -> SignedIn:
        """Another one each time, who runs nothing yet."""
        return next(self._students)

    def _worker(self) -> WebServer:
        return self.product.web_worker(wait=False)

    def new_executor(self, capacity: int = CAPACITY, **env: str) -> ServerProcess:
        return self.product.executor("--capacity", str(capacity), **env)

    def wait_until_ready(self) -> None:
        for executor in self.executors:
            executor.wait_for_output("is ready for")
        for worker in self.workers:
            worker.wait_until_ready()

    def executor_of(self, run: str) -> ServerProcess:
        """The process that claimed `run`, by what it has logged."""
        (found,) = [e for e in self.executors if f"Run {run} started." in e.output()]
        return found

    def set_layer(self, *, lost: float, doubled: float) -> None:
        """Shares of the messages between web workers and executors, from now on."""
        new = self._rates.with_suffix(".new")
        new.write_text(f"{lost} {doubled}")
        new.replace(self._rates)  # readers find one or the other

    @contextmanager
    def layer(self, *, lost: float, doubled: float) -> Iterator[None]:
        self.set_layer(lost=lost, doubled=doubled)
        try:
            yield
        finally:
            self.set_layer(lost=0, doubled=0)

    def mend(self) -> None:
        """New processes for those that were killed."""
        self._workers_died |= any(worker.process.exit_code is not None for worker in self.workers)
        self.workers = [
            self._worker() if worker.process.exit_code is not None else worker
            for worker in self.workers
        ]
        self.executors = [
            self.new_executor() if executor.exit_code is not None else executor
            for executor in self.executors
        ]
        self.wait_until_ready()

    def replace_executors(self, *new: ServerProcess) -> None:
        """Those there were are ended."""
        for executor in self.executors:
            executor.stop()
        self.executors = list(new)
        self.wait_until_ready()

    # --- Whether all is well -------------------------------------------------------------------
    async def assert_well(self) -> None:
        """Programs run, nothing is left of what was before, and nothing has grown."""
        self.mend()
        for worker in self.workers:
            async with open_terminal(worker, self.student()) as terminal:
                await terminal.start("print('all is well')", rows=24)
                await terminal.wait_for_exit(Outcome.COMPLETED, WELL_SECONDS)
                assert terminal.output == b"all is well\r\n"
        wait_until(lambda: self.unfinished() == 0, "the end of every run", WELL_SECONDS)
        wait_until(lambda: self.sandboxes() <= self._pools(), "sandboxes' end", WELL_SECONDS)
        if self._workers_died:  # with their sockets, of which nobody says that they have ended
            self._workers_died = False
            self._left_sockets += self.open_sockets()
        wait_until(lambda: self.open_sockets() <= 0, "the end of every socket", WELL_SECONDS)
        self._assert_nothing_grew()

    def query(self, statement: str) -> int:
        with psycopg.connect(self.product.env["DATABASE_URL"]) as connection:
            row = connection.execute(statement.encode()).fetchone()
        assert row is not None
        return int(row[0])

    def statements(self, *statements: str) -> None:
        url = self.product.env["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def set_database_clock(self, seconds: int) -> None:
        """By how much it is fast, from now on."""
        with psycopg.connect(self.product.env["DATABASE_URL"]) as connection:
            fast_by = timedelta(seconds=seconds)
            connection.execute("UPDATE wrong.clock SET fast_by = %s", [fast_by])

    def row(self, run: str) -> str:
        """All of a run's row."""
        with psycopg.connect(self.product.env["DATABASE_URL"]) as connection:
            return str(
                connection.execute("SELECT * FROM runner_run WHERE id = %s", [run]).fetchone()
            )

    def unfinished(self) -> int:
        return self.query("SELECT count(*) FROM runner_run WHERE status <> 'finished'")

    def open_sockets(self) -> int:
        return self.query("SELECT count(*) FROM runner_opensocket") - self._left_sockets

    def connections(self) -> int:
        """To the database, of all processes."""
        return self.query(
            "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
        )

    def sandboxes(self) -> int:
        """Those that wait in executors' pools, and programs."""
        return sum(len(sandboxes_of(executor)) for executor in self.executors)

    def objects_alive(self) -> dict[str, int]:
        """How many objects of runs, sockets and sandboxes live, beyond those of waiting ones."""
        return census.alive(
            self.product.directory,
            [worker.process.pid for worker in self.workers],
            {executor.pid: len(sandboxes_of(executor)) for executor in self.executors},
        )

    def wait_until_nothing_is_left(self) -> None:
        """Of what ended runs and sockets held."""
        give_up_at = time.monotonic() + LINGER_SECONDS
        while left := self.objects_alive():
            assert time.monotonic() < give_up_at, left
            time.sleep(0.5)

    def _pools(self) -> int:
        return (CAPACITY + STARTS) * len(self.executors)

    def _assert_nothing_grew(self) -> None:
        processes = [*(worker.process for worker in self.workers), *self.executors]
        for process in processes:
            now = psutil.Process(process.pid)
            waiting = len(sandboxes_of(process)) if process in self.executors else 0
            descriptors = now.num_fds() - SANDBOX_DESCRIPTORS * waiting
            usage = (descriptors, now.memory_info().rss)
            first = self._first_usage.setdefault(process.pid, usage)
            assert usage[0] - first[0] <= MOST_NEW_DESCRIPTORS, (process.command, first, usage)
            assert usage[1] - first[1] <= MOST_NEW_BYTES, (process.command, first, usage)
        assert self.connections() <= MOST_CONNECTIONS * len(processes)


def sandboxes_of(executor: ServerProcess) -> list[psutil.Process]:
    """The outermost process of each sandbox."""
    found = []
    for process in psutil.Process(executor.pid).children(recursive=True):
        try:
            parent = process.parent()
            outermost = process.name() == "bwrap" and (not parent or parent.name() != "bwrap")
        except psutil.NoSuchProcess:
            continue
        if outermost:
            found.append(process)
    return found


def ended(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() for process in processes)


def sandbox_processes(executor: ServerProcess) -> list[psutil.Process]:
    """All that must be gone with the executor."""
    return psutil.Process(executor.pid).children(recursive=True)


def stamps(text: bytes, word: str) -> list[int]:
    """The numbers after `word`, of whole lines only."""
    return [int(number) for number in re.findall(rf"{word} (\d+)\r?\n".encode(), text)]
