"""The page of a program that runs: its terminal, for instructors and its owner, to look at only."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.e2e.pages import Pages
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

CUT = re.compile(r"WebSocket|net::ERR_FAILED")  # by the tests, on purpose
PROGRAM = """
for number in range(3):
    print(number, input(f"Number {number}: "))
"""


@pytest.fixture(scope="module")
def watched_site(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("watched")) as product:
        product.migrate()
        users = SignedInUsers(product, students=20, instructors=20)
        server = product.serve()
        server.wait_until_ready()
        yield server, users


@pytest.fixture
def site(watched_site: tuple[WebServer, SignedInUsers]) -> WebServer:
    return watched_site[0]


@pytest.fixture
def student(watched_site: tuple[WebServer, SignedInUsers]) -> SignedIn:
    return watched_site[1].student()


@pytest.fixture
def instructor(watched_site: tuple[WebServer, SignedInUsers]) -> SignedIn:
    return watched_site[1].instructor()


Look = Callable[..., Pages]


@pytest.fixture
def look(browser: Browser, site: WebServer) -> Iterator[Look]:
    """Opens the newest run that is running, as `user` finds it."""
    opened: list[Pages] = []

    def look(user: SignedIn, url: str = site.url) -> Pages:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        pages = Pages(context, url, user)
        opened.append(pages)
        pages.go("/runs/")
        if pages.page.get_by_role("link", name="Everybody\u2019s history").count():
            pages.page.get_by_role("link", name="Running now").click()
        pages.page.locator("tbody a").first.click()
        return pages

    yield look
    for pages in opened:
        complaints = [one for one in pages.complaints if not CUT.search(one)]
        assert complaints == []
        pages.page.context.close()


@pytest.fixture
def workspace(browser: Browser, site: WebServer, student: SignedIn) -> Iterator[Workspace]:
    """With a program that asks."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    workspace = Workspace.open(context, site.url, student)
    workspace.start(PROGRAM)
    workspace.wait_for("Number 0:")
    yield workspace
    if workspace.state.get_attribute("data-state") == "running":
        workspace.stop.click()
        workspace.wait_for_state("finished")
    context.close()


def shows(page: Page, text: str) -> None:
    expect(page.get_by_test_id("live-terminal").locator(".xterm-rows")).to_contain_text(text)


@contextmanager
def sockets_sent(page: Page) -> Iterator[list[str]]:
    sent: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))),
    )
    yield sent


def test_an_instructor_sees_what_was_printed_and_each_thing_that_comes(
    workspace: Workspace, student: SignedIn, instructor: SignedIn, look: Look
) -> None:
    watched = look(instructor).page
    shows(watched, "Number 0:")
    said = watched.get_by_test_id("reason")
    expect(said).to_have_text(
        f"{student.username}\u2019s program waits for an answer. "
        f"You are watching; only {student.username} can type."
    )
    expect(watched.get_by_test_id("outcome")).to_have_text("Running")
    workspace.type("seven\n")
    shows(watched, "0 seven")
    shows(watched, "Number 1:")
    for answer in ("eight", "nine"):
        workspace.type(f"{answer}\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    shows(watched, "2 nine")
    expect(said).to_have_text("The program finished.")
    expect(watched.get_by_test_id("outcome")).to_have_text("Finished")
    watched.get_by_role("link", name="Replay").click()
    replayed = watched.get_by_test_id("replay-screen").locator(".xterm-rows")
    expect(replayed).to_contain_text("Number 0:", timeout=20_000)


def test_who_watches_can_do_nothing(workspace: Workspace, instructor: SignedIn, look: Look) -> None:
    pages = look(instructor)
    page = pages.page
    with sockets_sent(page) as sent:
        page.reload()
        shows(page, "Number 0:")
        page.get_by_test_id("live-terminal").click()
        page.keyboard.type("mischief\n")
        page.keyboard.press("Control+c")
        page.set_viewport_size({"width": 900, "height": 700})
        workspace.type("harmless\n")
        shows(page, "0 harmless")
    assert "mischief" not in workspace.shown()
    assert not any(word in frame for frame in sent for word in ("send_input", "resize", "stop"))
    assert any("attach" in frame for frame in sent)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def test_the_owner_looks_without_taking_control_away(
    workspace: Workspace, student: SignedIn, look: Look
) -> None:
    page = look(student).page
    shows(page, "Number 0:")
    expect(page.get_by_test_id("reason")).to_contain_text("Your program waits for your answer.")
    expect(workspace.state).not_to_have_text("Watching")
    workspace.type("still mine\n")
    shows(page, "0 still mine")
    workspace.stop.click()
    expect(page.get_by_test_id("reason")).to_have_text("You stopped your program.")
    expect(page.get_by_test_id("outcome")).to_have_text("Stopped")


def test_its_end_is_named_as_on_the_page_opened_again(
    workspace: Workspace, instructor: SignedIn, look: Look
) -> None:
    workspace.stop.click()
    workspace.wait_for_state("finished")
    for reachable in (True, False):
        workspace.start("input('Go? ')\nprnt()\n")
        workspace.wait_for("Go?")
        page = look(instructor).page
        shows(page, "Go?")
        if not reachable:
            page.route(page.url, lambda route: route.abort())
        workspace.type("\n")
        expect(page.get_by_test_id("reason")).to_contain_text("error")
        badge = page.get_by_test_id("outcome")
        if reachable:
            expect(badge).to_have_text("NameError, line 2")
            expect(badge).to_have_attribute("data-outcome", "failed")
        else:
            expect(badge).to_be_hidden()
        page.unroute_all()
        page.reload()
        expect(badge).to_have_text("NameError, line 2")
        workspace.wait_for_end(Outcome.FAILED)


def test_it_has_the_size_of_the_terminal_that_it_shows(
    workspace: Workspace, instructor: SignedIn, look: Look
) -> None:
    page = look(instructor).page
    rows = page.get_by_test_id("live-terminal").locator(".xterm-rows > div")
    shows(page, "Number 0:")
    before = workspace.terminal.locator(".xterm-rows > div").count()
    workspace.page.set_viewport_size({"width": 1200, "height": 600})
    smaller = page.get_by_test_id("live-terminal").locator(f".xterm-rows > div:nth-child({before})")
    if before:  # drawn by WebGL, the workspace's terminal has no rows to count
        expect(smaller).to_have_count(0)
    expect(rows.first).to_be_visible()


def test_after_a_lost_connection_nothing_is_missing(
    workspace: Workspace, site: WebServer, instructor: SignedIn, look: Look
) -> None:
    with Severable(site.port) as line:
        page = look(instructor, line.url).page
        shows(page, "Number 0:")
        line.cut()
        expect(page.get_by_test_id("reason")).to_contain_text("Connection lost")
        workspace.type("meanwhile\n")
        workspace.wait_for("Number 1:")
        line.mend()
        shows(page, "0 meanwhile")
        shows(page, "Number 1:")
        expect(page.get_by_test_id("reason")).to_contain_text("You are watching")
        text = page.get_by_test_id("live-terminal").locator(".xterm-rows").inner_text()
        assert text.count("Number 0:") == 1


def test_in_german(
    workspace: Workspace, student: SignedIn, instructor: SignedIn, browser: Browser, site: WebServer
) -> None:
    context = browser.new_context(locale="de-DE")
    pages = Pages(context, site.url, instructor)
    pages.go("/runs/?all&outcome=active")
    pages.page.locator("tbody a").first.click()
    shows(pages.page, "Number 0:")
    expect(pages.page.get_by_test_id("reason")).to_have_text(
        f"Das Programm von {student.username} wartet auf eine Antwort. "
        f"Du schaust zu; tippen kann nur {student.username}."
    )
    context.close()
    assert pages.complaints == []
