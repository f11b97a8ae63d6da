"""Plots of the package that is installed: they appear soon after Run, and are the same when the
page was loaded again, when the web worker was killed, and in the history.

`-s` prints how soon they appeared.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from runner.languages import PYTHON, place_of
from runner.protocol.messages import Outcome
from tests.e2e.fingers import device
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer
from tests.services import PostgresServer, RedisServer

# After Run, on a machine that does nothing else; others take longer.
PLOT_SECONDS, BUSY = 1.5, 4
TRIES = 4  # of which the quickest counts: other things happen on the machine, too
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()\nprint('shown')\n"
pytestmark = pytest.mark.timeout(300)
requires_matplotlib = pytest.mark.skipif(
    not (place_of(PYTHON.run[0]) / "matplotlib").is_dir(), reason="matplotlib is not installed"
)
# From the next press of Run until something new is there, in milliseconds.
TIMED = """(place) => {
    const there = (shown) => { IS_THERE };
    const before = document.querySelector(place);
    const source = before?.src;
    const run = document.querySelector("[data-testid=run]");
    window.took = new Promise((done) => run.addEventListener("click", () => {
        const began = performance.now();
        const look = () => {
            const shown = document.querySelector(place);
            const other = shown && (shown !== before || shown.src !== source);
            if (other && there(shown)) done(performance.now() - began);
            else if (performance.now() - began > 60_000) done(Infinity);
            else requestAnimationFrame(look);
        };
        look();
    }, { once: true, capture: true }));
}"""
IMAGE = ("[data-testid=artifact-image]", "return shown.complete && shown.naturalWidth > 0")
ADDRESSES = "async (path) => (await (await fetch(path)).json()).artifacts.map(({ url }) => url)"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def product(
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: RedisServer,
    postgres_server: PostgresServer,
    migrated_database: str,
) -> Iterator[Product]:
    database = postgres_server.new_database(like=migrated_database)
    services = {"DATABASE_URL": database, "REDIS_URL": redis_server.url}
    with Product(tmp_path_factory.mktemp("soon"), **services) as product:
        product.create_users(*(f"student{number}" for number in range(4)))
        product.executor()
        yield product


@pytest.fixture(scope="module")
def left(product: Product) -> WebServer:
    """The web worker that stays."""
    worker = product.web_worker()
    worker.wait_until_ready()
    return worker


@pytest.fixture
def dying(product: Product, left: WebServer) -> WebServer:
    worker = product.web_worker()
    worker.wait_until_ready()
    return worker


@pytest.fixture
def line(dying: WebServer) -> Iterator[Severable]:
    with Severable(dying.port) as way:
        yield way


@pytest.fixture(params=["desktop", "phone"])
def opened(
    request: pytest.FixtureRequest, browser: Browser, left: WebServer, line: Severable
) -> Iterator[Workspace]:
    students: Iterator[str] = request.getfixturevalue("students")
    phone = request.param == "phone"
    made: AbstractContextManager[BrowserContext] = (
        device(browser, "Pixel 7") if phone else nullcontext(browser.new_context(**DESKTOP))
    )
    with made as context:
        context.set_default_timeout(20_000)
        workspace = Workspace.open(context, line.url, left.sign_in(next(students)))
        workspace.page.wait_for_load_state("networkidle")
        yield workspace
        assert workspace.complaints == []
        context.close()


@pytest.fixture(scope="module")
def students() -> Iterator[str]:
    return iter([f"student{number}" for number in range(4)])


def soonest(
    workspace: Workspace, source: str, shown: tuple[str, str], end: Callable[[], None]
) -> float:
    """Seconds, of several runs."""
    took = []
    for _ in range(TRIES):
        workspace.write(source)
        place, is_there = shown
        workspace.page.evaluate(TIMED.replace("IS_THERE", is_there), place)
        workspace.start(source)
        took.append(workspace.page.evaluate("() => window.took") / 1000)
        end()
    print(f"\n{shown[0]} after {', '.join(f'{seconds:.2f}' for seconds in took)} s")
    return float(min(took))


def contents(page: Page, run: str) -> list[bytes]:
    """Of all artifacts, as a page of the site gets them."""
    urls = page.evaluate(ADDRESSES, f"/runs/{run}/artifacts/")
    origin = str(page.evaluate("() => location.origin"))
    return [page.request.get(origin + url).body() for url in urls]


def show_terminal(workspace: Workspace) -> None:
    """On phones the code is what is seen first."""
    tab = workspace.page.locator("#show-terminal")
    if tab.is_visible():
        tab.click()


def killed(dying: WebServer, left: WebServer, line: Severable, workspace: Workspace) -> None:
    """The web worker; the page finds the other one."""
    dying.process.kill()
    line.cut()
    line.mend(left.port)
    workspace.wait_for_connection()


@requires_matplotlib
def test_a_plot_is_there_soon_and_stays(
    opened: Workspace, dying: WebServer, left: WebServer, line: Severable
) -> None:
    page, image = opened.page, opened.page.locator(IMAGE[0])
    took = soonest(opened, PLOT, IMAGE, lambda: opened.wait_for_end(Outcome.COMPLETED))
    run = str(opened.state.get_attribute("data-run"))
    (plot,) = contents(page, run)
    assert plot.startswith(b"\x89PNG")
    opened.reload()
    show_terminal(opened)
    expect(image).to_be_visible()
    assert contents(page, run) == [plot]
    killed(dying, left, line, opened)
    opened.reload()
    assert contents(page, run) == [plot]
    page.goto(f"{line.url}/runs/{run}/")
    expect(image).to_be_visible()
    assert contents(page, run) == [plot]
    assert took <= PLOT_SECONDS * BUSY
