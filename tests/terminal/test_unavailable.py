"""Without an executor a run is refused in time, and does not wait in the queue for ever."""

import sys
import time

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.product import Product, WebServer
from tests.terminal_client import TerminalClient, open_terminal


@pytest.fixture
def owner(product: Product) -> SignedIn:
    return SignedInUsers(product, students=1, instructors=0).student()


@pytest.fixture
def worker(product: Product) -> WebServer:
    return product.web_worker()


def counts(worker: WebServer) -> tuple[int, int]:
    status = httpx.get(worker.url, headers={"Accept": "application/json"}, timeout=5).json()
    return status["queued_runs"], status["active_runs"]


@pytest.mark.faults
async def test_it_is_told_within_five_seconds(worker: WebServer, owner: SignedIn) -> None:
    async with open_terminal(worker, owner) as terminal:
        began = time.monotonic()
        await terminal.request_start("print(1)")
        error = await terminal.wait_for_error("unavailable")
        assert 2 < time.monotonic() - began < 5.5
        assert error["run"] == terminal.run
        assert terminal.history == ["connected", "queued", "error"]
        assert counts(worker) == (0, 0)
        await terminal.send("stop")
        await terminal.wait_for_error("no_run")
        await assert_may_be_stopped(terminal)
        assert counts(worker) == (0, 0)
    assert "Traceback" not in worker.process.output()


async def assert_may_be_stopped(terminal: TerminalClient) -> None:
    await terminal.request_start("print(1)")
    await terminal.send("stop")
    end = await terminal.wait_for_exit(Outcome.STOPPED, seconds=2)
    assert end["output_bytes"] == 0


@pytest.mark.faults
async def test_a_full_executor_lets_runs_wait(
    product: Product, worker: WebServer, owner: SignedIn
) -> None:
    product.start("executor", [sys.executable, "manage.py", "executor", "--capacity", "1"])
    worker.wait_until_ready()
    async with open_terminal(worker, owner) as first, open_terminal(worker, owner) as second:
        await first.start("input()")
        await second.request_start("print('my turn')")
        await second.wait_for("queued", position=1)
        # Longer than a run waits that no executor knows of.
        with pytest.raises(AssertionError, match="no a message"):
            await second.wait_for("error", seconds=5.5)
        await first.type("\r")
        await first.wait_for_exit(Outcome.COMPLETED)
        await second.wait_for_exit(Outcome.COMPLETED)
        assert bytes(second.output) == b"my turn\r\n"
