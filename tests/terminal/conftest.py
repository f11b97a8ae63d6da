"""One site for all tests of the terminal, and users of its own for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.cast import SignedIn, SignedInUsers
from tests.product import Product, WebServer
from tests.services import wait_until
from tests.terminal_client import TerminalClient, open_terminal

ELSEWHERE = "https://lms.example.org"  # a page of another site that may open terminals
SMALL = {
    "LIMIT_CPU_SECONDS": "1",
    "LIMIT_WALL_SECONDS": "8",
    "LIMIT_IDLE_SECONDS": "3",
    "LIMIT_OUTPUT_BYTES": str(64 * 1024),
    "LIMIT_MEMORY_BYTES": str(64 * 1024 * 1024),
    "DETACH_SECONDS": "1",
}


class Site:
    """A `serve` with its users."""

    def __init__(self, product: Product, server: WebServer, users: SignedInUsers) -> None:
        self.product, self.server, self.users = product, server, users

    def active_runs(self) -> int:
        status = httpx.get(self.server.url, headers={"Accept": "application/json"}, timeout=5)
        counts = status.json()
        return int(counts["active_runs"] + counts["queued_runs"])

    def assert_well(self, since: int) -> None:
        """No run goes on, and nothing was logged from there on that is our fault."""
        wait_until(lambda: self.active_runs() == 0, "the last run's end", seconds=10)
        log = self.server.process.output()[since:]
        assert "Traceback" not in log, log
        assert " ERROR " not in log, log


def serving(folder: Path, students: int, **env: str) -> Iterator[Site]:
    with Product(folder, **env) as product:
        product.migrate()
        users = SignedInUsers(product, students)
        server = product.serve()
        server.wait_until_ready()
        yield Site(product, server, users)


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(
        tmp_path_factory.mktemp("site"), students=400, CORS_ALLOWED_ORIGINS=ELSEWHERE
    )


@pytest.fixture(scope="session")
def whole_strict_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(tmp_path_factory.mktemp("strict"), students=50, **SMALL)


@pytest.fixture
def site(whole_site: Site) -> Iterator[Site]:
    since = len(whole_site.server.process.output())
    yield whole_site
    whole_site.assert_well(since)


@pytest.fixture
def strict_site(whole_strict_site: Site) -> Iterator[Site]:
    """With small limits."""
    since = len(whole_strict_site.server.process.output())
    yield whole_strict_site
    whole_strict_site.assert_well(since)


@pytest.fixture
def server(site: Site) -> WebServer:
    return site.server


@pytest.fixture
def owner(site: Site) -> SignedIn:
    return site.users.student()


@pytest.fixture
def classmate(site: Site) -> SignedIn:
    return site.users.student()


@pytest.fixture
def instructor(site: Site) -> SignedIn:
    """An instructor."""
    return site.users.instructor()


@pytest.fixture
async def terminal(server: WebServer, owner: SignedIn) -> AsyncIterator[TerminalClient]:
    async with open_terminal(server, owner) as client:
        yield client
        await end_run(client)


async def end_run(client: TerminalClient) -> None:
    """Stops what this terminal still runs."""
    client.auto_ack = True
    news = [kind for kind in client.history if kind in {"queued", "attached", "exit"}]
    if news and news[-1] != "exit":
        await client.ack()
        await client.send("stop")
        await client.wait_for("exit")  # it may have ended by itself before
