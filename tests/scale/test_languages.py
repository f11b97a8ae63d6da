"""Executors of one site differ in their languages: each run goes to one that has its own."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import Product, WebServer
from tests.services import ServerProcess, wait_until
from tests.terminal_client import open_terminal

OFFERED_SECONDS = 60.0  # it is tried, the next heartbeat says so, a web worker reads it
GONE_SECONDS = 90.0  # the heartbeat is old, it is believed, the run is ended
WAITS = "print('waits', flush=True); input()"


class DifferentExecutors:
    """`small` has Python, `full` has Logo too; each runs one program at a time."""

    def __init__(self, product: Product, logo: Path) -> None:
        product.env |= {
            "DJANGO_SETTINGS_MODULE": "tests.scale.logo_settings",
            "TRIED_LANGUAGES_FILE": str(product.directory / "tried.json"),
        }
        product.create_users("one", "two", "three")
        self.worker: WebServer = product.web_worker(wait=False)
        self.small = product.executor("--capacity", "1")
        self.full = product.executor("--capacity", "1", LOGO_AT=str(logo))
        self.worker.wait_until_ready()
        self.one, self.two, self.three = map(self.worker.sign_in, ("one", "two", "three"))
        for executor in (self.small, self.full):
            executor.wait_for_output("is ready for")
        wait_until(lambda: self.logo()["available"], "Logo", OFFERED_SECONDS)

    def logo(self) -> dict[str, Any]:
        """As a student is told of it."""
        headers = {"Cookie": self.one.cookie}
        answer = httpx.get(f"{self.worker.url}/languages/", headers=headers, timeout=20).json()
        return next(each for each in answer["languages"] if each["id"] == "logo")

    def open(self, user: SignedIn) -> Any:
        return open_terminal(self.worker, user)


@pytest.fixture
def different(product: Product, tmp_path: Path) -> DifferentExecutors:
    logo = tmp_path / "logo"
    logo.touch()
    return DifferentExecutors(product, logo)


def ran(executor: ServerProcess, run: str) -> bool:
    return f"Run {run} started." in executor.output()


async def test_a_run_goes_to_an_executor_that_has_its_language_and_holds_up_no_other(
    different: DifferentExecutors,
) -> None:
    site = different
    async with site.open(site.one) as first, site.open(site.two) as second:
        run = (await first.start(WAITS, language="logo"))["run"]
        await first.wait_for_output("waits")
        assert ran(site.full, run)
        await second.request_start("print('drawn')", language="logo")
        waiting = await second.wait_for("queued")
        assert waiting["position"] == 1
        async with site.open(site.three) as third:
            for number in range(3):  # past the one that waits for the other executor
                run = (await third.start(f"print({number})"))["run"]
                await third.wait_for_exit(Outcome.COMPLETED)
                assert ran(site.small, run)
        await first.type("\n")
        await first.wait_for_exit(Outcome.COMPLETED)
        await second.wait_for_exit(Outcome.COMPLETED)
        assert ran(site.full, waiting["run"])


@pytest.mark.faults
async def test_the_last_one_that_has_it_is_killed(different: DifferentExecutors) -> None:
    """Who runs and who waits are told why; who comes later is refused; others go on."""
    site = different
    async with site.open(site.one) as first, site.open(site.two) as second:
        await first.start(WAITS, language="logo")
        await first.wait_for_output("waits")
        await second.request_start("print('drawn')", language="logo")
        await second.wait_for("queued")
        site.full.kill()
        await first.wait_for_exit(Outcome.EXECUTOR_LOST, GONE_SECONDS)
        told = await second.wait_for_exit(Outcome.INTERNAL_ERROR, GONE_SECONDS)
        assert (told["reason_code"], told["figures"]) == ("language_gone", {"language": "Logo"})
        await first.request_start("print('drawn')", language="logo")
        refused = await first.wait_for_error("unavailable")
        assert refused["reason_code"] == "language_unavailable"
        await first.start("print('goes on')")
        await first.wait_for_exit(Outcome.COMPLETED)
    wait_until(lambda: not site.logo()["available"], "the refusal of Logo")
    assert "Logo" in site.logo()["reason"]


@pytest.mark.faults
async def test_a_toolchain_that_fails_its_test_is_not_offered_and_says_why(
    product: Product, tmp_path: Path
) -> None:
    """And Python is offered meanwhile."""
    product.env |= {
        "DJANGO_SETTINGS_MODULE": "tests.scale.logo_settings",
        "TRIED_LANGUAGES_FILE": str(product.directory / "tried.json"),
        "LOGO_FAILS": "yes",
    }
    (tmp_path / "logo").touch()
    product.create_users("one")
    worker = product.web_worker(wait=False)
    executor = product.executor(LOGO_AT=str(tmp_path / "logo"))
    worker.wait_until_ready()
    async with open_terminal(worker, worker.sign_in("one")) as terminal:
        await terminal.start("print('at once')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    executor.wait_for_output("logo is installed, but not offered: it did not print '43'")
