# size: what appears after Run: plots, windows and games, on two devices
"""Plots and windows of the packages that are installed: they appear soon after Run, and are the
same when the page was loaded again, when the web worker was killed, and in the history.

`-s` prints how soon they appeared, and how many pictures a second there are of a game.
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
from tests.e2e.test_windows import LOADS, TURTLE, window
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer
from tests.screens.viewer import requires_screen
from tests.services import PostgresServer, RedisServer

# After Run, on a machine that does nothing else (`make bench ARGS=artifacts`); others take longer.
PLOT_SECONDS, WINDOW_SECONDS, PICTURES_A_SECOND, BUSY = 1.5, 0.6, 20, 4
TRIES = 4  # of which the quickest counts: other things happen on the machine, too
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()\nprint('shown')\n"
pytestmark = pytest.mark.timeout(300)
PLACE = place_of(PYTHON.run[0])
requires_matplotlib = pytest.mark.skipif(
    not (PLACE / "matplotlib").is_dir(), reason="matplotlib is not installed"
)
requires_pygame = pytest.mark.skipif(
    not (PLACE / "pygame").is_dir(), reason="pygame is not installed"
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
# The middle of turtle's window is white; the screen behind it is not.
WINDOW = (
    "[data-testid=screen] canvas",
    """const { width, height } = shown;
    if (!width || !height) return false;
    const at = [width / 2 + 60, height / 2 + 60].map(Math.floor);
    const { data } = shown.getContext("2d").getImageData(...at, 1, 1);
    return data[0] > 240 && data[3] === 255""",
)
GAME = """import pygame
pygame.init()
screen = pygame.display.set_mode((640, 480))
clock, x = pygame.time.Clock(), 0
print("shown", flush=True)
while True:
    pygame.event.pump()
    x = (x + 5) % 640
    screen.fill("navy")
    pygame.draw.circle(screen, "gold", (x, 240), 30)
    pygame.display.flip()
    clock.tick(30)
"""
# Pictures of a window in each of so many seconds: how often the row with the ball differed.
PICTURES = """async ([place, seconds]) => {
    const canvas = document.querySelector(place);
    const context = canvas.getContext("2d");
    const at = (y) => context.getImageData(0, y, canvas.width, 1).data.join();
    const row = () => at(240) + at(Math.floor(canvas.height / 2));  // it may be in the middle
    const counts = [];
    for (let second = 0; second < seconds; second++) {
        const ends = performance.now() + 1000;
        let [before, count] = [row(), 0];
        while (performance.now() < ends) {
            await new Promise(requestAnimationFrame);
            const now = row();
            if (now !== before) count++;
            before = now;
        }
        counts.push(count);
    }
    return counts;
}"""
ADDRESSES = "async (path) => (await (await fetch(path)).json()).artifacts.map(({ url }) => url)"
STUDENTS = [f"student{number}" for number in range(6)]
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
        product.create_users(*STUDENTS)
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
    return iter(STUDENTS)


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


@requires_screen
def test_a_window_is_there_soon_and_survives(
    opened: Workspace, dying: WebServer, left: WebServer, line: Severable
) -> None:
    def stop() -> None:
        opened.stop.click()
        opened.wait_for_end(Outcome.STOPPED)

    took = soonest(opened, TURTLE, WINDOW, stop)
    opened.start(TURTLE)
    opened.wait_for("drawn", seconds=30)
    run = opened.state.get_attribute("data-run")
    clicks = 0

    def clicked() -> None:
        nonlocal clicks
        clicks += 1
        expect(window(opened)).to_be_visible(timeout=LOADS)
        window(opened).click()
        heard = "n => window.coderunner.terminalText().split('clicked').length > n"
        opened.wait_until(heard, clicks)

    clicked()
    opened.reload()
    show_terminal(opened)
    clicked()
    killed(dying, left, line, opened)
    clicked()
    expect(opened.state).to_have_attribute("data-run", str(run))
    stop()
    assert took <= WINDOW_SECONDS * BUSY


@requires_screen
@requires_pygame
def test_a_game_moves_smoothly(opened: Workspace) -> None:
    opened.start(GAME)
    opened.wait_for("shown", seconds=30)
    expect(window(opened)).to_be_visible(timeout=LOADS)
    counts = opened.page.evaluate(PICTURES, [WINDOW[0], 8])
    print(f"\npictures of a game: {counts} a second")
    opened.stop.click()
    opened.wait_for_end(Outcome.STOPPED)
    assert max(counts) >= PICTURES_A_SECOND / BUSY
