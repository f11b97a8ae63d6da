"""Executors of one site differ in their languages: each run goes to one that has its own."""

import tempfile
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


@pytest.mark.faults
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
async def test_packages_that_are_installed_are_imported_without_a_restart(product: Product) -> None:
    """And are on the list of the site; sandboxes that waited before serve nobody."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        product.create_users("one")
        worker = product.web_worker(wait=False)
        executor = product.executor(PYTHON_PACKAGES_FOLDER=folder, POOL_SIZE="2")
        worker.wait_until_ready()
        owner = worker.sign_in("one")
        async with open_terminal(worker, owner) as terminal:
            await terminal.start("import drawing")
            await terminal.wait_for_exit(Outcome.FAILED)
            _install(Path(folder), "drawing", "2.1")
            executor.wait_for_output("What is installed has changed.")
            terminal.inbox.clear()
            await terminal.start("import drawing; print(drawing.__file__)")
            await terminal.wait_for_exit(Outcome.COMPLETED)
            assert b"/dist-packages/drawing.py" in terminal.output
        wait_until(lambda: _packages(worker, owner) == [("drawing", "2.1")], "the package")


def _install(folder: Path, name: str, version: str) -> None:
    """As scripts/python_packages.py leaves it."""
    python = Path("/usr/bin/python3").resolve().name
    made = folder / f"{python}.1"
    (made / f"{name}-{version}.dist-info").mkdir(parents=True)
    (made / f"{name}.py").touch()
    described = made / f"{name}-{version}.dist-info"
    (described / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    )
    (described / "RECORD").write_text(f"{name}.py,,\n")
    (folder / python).symlink_to(made.name)


def _packages(worker: WebServer, user: SignedIn) -> list[tuple[str, str]]:
    headers = {"Cookie": user.cookie}
    answer = httpx.get(f"{worker.url}/languages/", headers=headers, timeout=20).json()
    return [(each["name"], each["version"]) for each in answer["packages"]]


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
