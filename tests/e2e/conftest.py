"""A served site, a browser, and students who have signed in."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests import cast
from tests.cast import SignedInUsers
from tests.e2e.fingers import DEVICES, device
from tests.e2e.room_pages import Together
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

COURSE = "http://course.test"  # may show shared snippets in frames
LAN = "lan.test"  # a name of the site to which browsers grant less over plain HTTP
STUDENTS = 400  # every test takes a new one
ROOM_STUDENTS = 100  # likewise, of rooms: one or two
OPTIONS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A course page that a test makes up counts as a public one, and we listen on loopback.
    "--disable-features=LocalNetworkAccessChecks",
    f"--host-resolver-rules=MAP {LAN} 127.0.0.1",
]

FOLDER = Path(__file__).parent

expect.set_options(timeout=15_000)  # a busy machine is slow; who is quick waits for nothing

# Opens the workspace as a student nobody has used yet; given a URL, on that server.
OpenWorkspace = Callable[..., Workspace]


@pytest.hookimpl(tryfirst=True)  # before pytest selects by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make test` has ten minutes: it runs the `smoke` tests, `make test-browsers` runs all."""
    for item in items:
        if FOLDER in item.path.parents and item.get_closest_marker("smoke") is None:
            item.add_marker("browsers")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """`serve`, shared by the tests that do not end it."""
    with Product(tmp_path_factory.mktemp("e2e")) as product:
        product.migrate()
        students = [f"student{number}" for number in range(STUDENTS)]
        product.create_users(*students)
        hosts = f"127.0.0.1,{LAN}"
        server = product.serve(EMBED_ALLOWED_ORIGINS=COURSE, ALLOWED_HOSTS=hosts)
        server.wait_until_ready()
        server.sessions = product.call(cast.sign_in, students)
        yield server


@pytest.fixture(scope="session")
def new_student() -> Callable[[], str]:
    numbers = count()
    return lambda: f"student{next(numbers)}"


@pytest.fixture
def new_student_name(new_student: Callable[[], str]) -> str:
    return new_student()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one module: while Playwright runs, no other event loop may in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def open_workspace(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> Iterator[OpenWorkspace]:
    opened: list[Workspace] = []

    def open_it(url: str = site.url) -> Workspace:
        workspace = Workspace.open(context, url, site.sign_in(new_student()))
        opened.append(workspace)
        return workspace

    yield open_it
    for workspace in opened:
        assert workspace.complaints == []


@pytest.fixture
def workspace(open_workspace: OpenWorkspace) -> Workspace:
    return open_workspace()


@pytest.fixture(scope="module")
def one_page(
    browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> Iterator[Workspace]:
    """For modules whose many tests each load it anew, by `surfaces.start_anew`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    yield Workspace.open(context, site.url, site.sign_in(new_student()))
    context.close()


@pytest.fixture
def line(site: WebServer) -> Iterator[Severable]:
    """A way to the site that a test can cut."""
    with Severable(site.port) as way:
        yield way


@pytest.fixture
def workspace_on_line(open_workspace: OpenWorkspace, line: Severable) -> Workspace:
    return open_workspace(line.url)


@pytest.fixture(params=DEVICES)
def touched(
    request: pytest.FixtureRequest, browser: Browser, site: WebServer, new_student_name: str
) -> Iterator[Workspace]:
    with device(browser, request.param) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
        yield workspace
        assert workspace.complaints == []


@pytest.fixture
def pixel(browser: Browser, site: WebServer, new_student_name: str) -> Iterator[Workspace]:
    with device(browser, "Pixel 7", permissions=["clipboard-read", "clipboard-write"]) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
        yield workspace
        assert workspace.complaints == []


@pytest.fixture(scope="session")
def site_of_rooms(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("rooms")) as product:
        product.migrate()
        users = SignedInUsers(product, students=ROOM_STUDENTS, instructors=1)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


@pytest.fixture
def together(
    browser: Browser, site_of_rooms: tuple[Product, WebServer, SignedInUsers], tmp_path: Path
) -> Iterator[Together]:
    """A room of a student whom nobody has used yet."""
    room = Together(browser, site_of_rooms, tmp_path)
    yield room
    room.end()
