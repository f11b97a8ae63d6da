"""A student who runs and runs fills no disk, and reads what was removed."""

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import Product, WebServer
from tests.services import wait_until
from tests.terminal_client import open_terminal

KEPT = 10


def history(server: WebServer, user: SignedIn, **headers: str) -> str:
    page = httpx.get(f"{server.url}/runs/", headers={"Cookie": user.cookie} | headers, timeout=30)
    return page.text


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def server(request: pytest.FixtureRequest) -> WebServer:
    """With room for ten runs."""
    limit = {"LIMIT_HISTORY_RUNS": str(KEPT)}
    if request.param == "SQLite":
        site: Product = request.getfixturevalue("small_product")
        site.create_users("owner")
        started = site.serve(**limit)
    else:
        site = request.getfixturevalue("product")
        site.create_users("owner")
        started = site.web_worker(wait=False, **limit)
        site.executor()
    started.wait_until_ready()
    return started


@pytest.mark.faults
async def test_the_oldest_runs_go_and_history_says_so(server: WebServer) -> None:
    owner = server.sign_in("owner")
    async with open_terminal(server, owner) as terminal:
        for _ in range(KEPT + 2):
            await terminal.start("print('x' * 1000)")
            await terminal.wait_for_exit(Outcome.COMPLETED)
    wait_until(lambda: "2 oldest runs were removed" in history(server, owner), "the removal")
    page = history(server, owner)
    assert page.count('class="when"') == KEPT
    assert "Your history has room for 10 runs and 64.0 MB." in page
    assert "wurden deine 2 ältesten" in history(server, owner, **{"Accept-Language": "de"})
