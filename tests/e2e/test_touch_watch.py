"""A finger on the page of a program that runs: the terminal scrolls, then the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.fingers import Finger, box, device, place_of
from tests.e2e.pages import Pages
from tests.e2e.test_touch import KEYS, LINES
from tests.e2e.workspace import POLL, Workspace

NUMBER = "terminal => Number(terminal.textContent.match(/line (\\d+)/)[1])"


@pytest.fixture(params=["Pixel 7", "iPad Pro 11"])
def watched(
    request: pytest.FixtureRequest, browser: Browser, workspace: Workspace
) -> Iterator[tuple[Workspace, Pages]]:
    """The owner's program, and its page on another device."""
    cookies = workspace.page.context.cookies()
    with device(browser, request.param) as context:
        context.add_cookies(cookies)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        url = workspace.page.url.split("/", 3)
        pages = Pages(context, "/".join(url[:3]), None)
        yield workspace, pages
        assert pages.complaints == []


def open_run(watched: tuple[Workspace, Pages], source: str, until: str) -> tuple[Pages, Finger]:
    workspace, pages = watched
    workspace.start(source)
    workspace.wait_for(until)
    pages.go(f"/runs/{workspace.state.get_attribute('data-run')}/")
    terminal = pages.page.get_by_test_id("live-terminal")
    expect(terminal.locator(".xterm-rows")).to_contain_text(until)
    terminal.scroll_into_view_if_needed()
    return pages, Finger(pages.page)


def middle(pages: Pages) -> tuple[float, float]:
    left, top, width, height = box(pages.page.get_by_test_id("live-terminal"))
    return left + width / 2, top + height / 3


def test_a_finger_scrolls_back(watched: tuple[Workspace, Pages]) -> None:
    pages, finger = open_run(watched, LINES, "The end")
    terminal = pages.page.get_by_test_id("live-terminal").locator(".xterm-rows")
    before = int(terminal.evaluate(NUMBER))
    finger.swipe(*middle(pages), 0, 150)
    assert int(terminal.evaluate(NUMBER)) < before - 3


def test_text_is_copied(watched: tuple[Workspace, Pages]) -> None:
    pages, finger = open_run(watched, "input('a wombat asks')", "asks")
    terminal = pages.page.get_by_test_id("live-terminal")
    finger.down(*place_of(terminal, "wombat"))
    finger.rest(700)
    finger.up()
    bar = pages.page.locator(".selection-bar")
    expect(bar.get_by_role("button")).to_have_text(["Copy", "Select all"])
    bar.get_by_role("button", name="Copy").tap()
    pages.page.wait_for_timeout(100)
    assert pages.page.evaluate("() => navigator.clipboard.readText()") == "wombat"


@pytest.mark.parametrize("modes", ["\x1b[?1049h", "\x1b[?1049h\x1b[?1000;1006h", ""])
def test_where_it_cannot_scroll_the_page_does(watched: tuple[Workspace, Pages], modes: str) -> None:
    pages, finger = open_run(watched, KEYS.format(modes=modes, end="\x1b[?1049l"), "ready")
    x, y = middle(pages)
    # Chromium scrolls in another thread after the events.
    finger.swipe(x, y, 0, -120, steps=12)
    scrolled = "() => document.scrollingElement.scrollTop > 20"
    pages.page.evaluate(f"() => ({POLL})({scrolled}, null, 10)")
    workspace = watched[0]
    workspace.terminal.click()
    workspace.press("q")
    workspace.wait_for("q' all")
