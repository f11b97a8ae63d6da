"""The product as a site runs it, with a terminado and a client beside it on the same machine."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.terminals import CAT
from tests.cast import SignedIn
from tests.product import Product, WebServer
from tests.scale import census
from tests.services import (
    RedisServer,
    ServerProcess,
    free_port,
    running_postgres,
    running_redis,
)

USERS, CAPACITY, POOL = 5, 600, 4
# Few users stand for many.
MANY = {
    "LIMIT_RUNS_PER_USER": str(CAPACITY),
    "LIMIT_SOCKETS_PER_USER": str(CAPACITY),
    "LIMIT_RUN_REQUESTS_PER_SECOND": "10000",
    "LIMIT_RUN_REQUESTS_BURST": "10000",
}


class Site:
    def __init__(self, product: Product, redis: RedisServer) -> None:
        self.product, self.redis = product, redis
        self.workers: list[WebServer] = []
        self.executors: list[ServerProcess] = []
        self.arrange()
        self.users: list[SignedIn] = [self.server.sign_in(name) for name in names()]
        self._terminados: dict[str, tuple[int, int]] = {}

    @property
    def server(self) -> WebServer:
        return self.workers[0]

    @property
    def executor(self) -> ServerProcess:
        return self.executors[0]

    def arrange(self, workers: int = 1, executors: int = 1, capacity: int = CAPACITY) -> None:
        """Exactly so many of each run, and have been heard of; `capacity` of new executors."""
        while len(self.executors) > executors:
            self.executors.pop().stop()
        while len(self.workers) > workers:
            self.workers.pop().process.stop()
        while len(self.workers) < workers:
            self.workers.append(self.product.web_worker())
        command = [sys.executable, "manage.py", "executor", "--capacity", str(capacity)]
        while len(self.executors) < executors:
            self.executors.append(self.product.start("executor", command, {"POOL_SIZE": str(POOL)}))
        for executor in self.executors:
            executor.wait_for_output("is ready for")
        if executors:
            for worker in self.workers:
                worker.wait_until_ready()

    def terminado(self, source: str = CAT) -> tuple[int, int]:
        """Port and process id of a terminado whose terminals run this program; one for each."""
        if source not in self._terminados:
            port = free_port()
            command = [sys.executable, "-m", "bench.terminado_server", str(port), source]
            server = self.product.start("terminado", command)
            server.wait_for_output("ready")
            self._terminados[source] = port, server.pid
        return self._terminados[source]


def names() -> list[str]:
    return [f"student{number}" for number in range(USERS)]


@contextmanager
def running_site(
    *, counted: bool = False, usual_limits: bool = False, **env: str
) -> Iterator[Site]:
    """`counted`: its processes can be asked for the objects they hold, see `census.py`.
    `usual_limits`: its users may do no more than others."""
    limits = ({} if usual_limits else MANY) | env
    with (
        tempfile.TemporaryDirectory() as folder,
        running_redis(Path(folder)) as redis,
        running_postgres() as postgres,
        Product(
            Path(folder),
            DATABASE_URL=postgres.new_database(),
            REDIS_URL=redis.url,
            **limits,
        ) as product,
    ):
        if counted:
            settings = {"DJANGO_SETTINGS_MODULE": "tests.scale.counted_settings"}
            product.env |= settings | {census.FOLDER: folder}
        product.migrate()
        product.create_users(*names())
        yield Site(product, redis)
