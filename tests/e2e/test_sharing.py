"""A shared snippet: read by strangers, taken over by students, framed by allowed sites only."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import COURSE
from tests.e2e.pages import Pages
from tests.product import WebServer

CODE = 'print("Hello from a snippet")\n'
SNIPPET = {
    "title": "Greeting",
    "language": "python",
    "main": "main.py",
    "files": [{"path": "main.py", "content": CODE}],
}


@dataclass(frozen=True)
class Shared:
    url: str
    embed_url: str


@pytest.fixture
def shared(context: BrowserContext, site: WebServer, new_student: Callable[[], str]) -> Shared:
    """What a student has just shared, to be embedded too."""
    owner = Pages(context, site.url, site.sign_in(new_student()))
    owner.go("/snippets/")
    made = owner.ask("POST", "/snippets/", SNIPPET)
    body = owner.ask("PUT", f"/snippets/{made['id']}/share/", {"shared": True, "embed": True})
    return Shared(body["share"]["url"], body["share"]["embed_url"])


@pytest.mark.smoke
def test_a_stranger_reads_it_and_is_led_to_sign_in(browser: Browser, shared: Shared) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(shared.url)
        expect(page.locator(".tok-string")).to_have_text('"Hello from a snippet"')
        page.get_by_role("link", name="Sign in to run or copy it").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("button", ["Run a copy", "Copy to my snippets"])
def test_a_student_takes_it_over(
    button: str,
    browser: Browser,
    shared: Shared,
    site: WebServer,
    new_student: Callable[[], str],
) -> None:
    with browser.new_context() as context:
        pages = Pages(context, site.url, site.sign_in(new_student()))
        pages.page.goto(shared.url)
        pages.page.get_by_role("button", name=button).click()
        pages.page.wait_for_url("**/snippets/*/")
        expect(pages.page.get_by_test_id("workspace")).to_be_visible()
        expect(pages.page.get_by_test_id("snippet-title")).to_have_value("Greeting")
        pages.go("/snippets/")
        expect(pages.page.get_by_role("link", name="Greeting")).to_be_visible()


@pytest.mark.parametrize("view", ["url", "embed_url"])
@pytest.mark.parametrize("clipboard", ["with", "without"])
def test_its_code_is_copied_also_over_plain_http(
    browser: Browser, shared: Shared, view: str, clipboard: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        if clipboard == "without":  # as on a page that came by plain HTTP
            page.add_init_script("delete Navigator.prototype.clipboard")
        else:
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(getattr(shared, view))
        button = page.get_by_role("button", name="Copy code")
        button.click()
        expect(page.get_by_role("button", name="Copied")).to_be_focused()
        expect(button).to_be_visible()  # again
        page.set_content("<textarea autofocus></textarea>")
        page.locator("textarea").press("ControlOrMeta+v")
        expect(page.locator("textarea")).to_have_value(CODE)


@pytest.mark.parametrize("view", ["url", "embed_url"])
def test_its_code_looks_as_in_the_editor(browser: Browser, shared: Shared, view: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(getattr(shared, view))
        style = page.locator(".file code").evaluate(
            "async (code) => { await document.fonts.ready; const style = getComputedStyle(code);"
            " return [style.fontSize, document.fonts.check('14px \"JetBrains Mono Variable\"')]; }"
        )
        assert style == ["14px", True]


def test_without_scripts_it_is_read_and_offers_nothing_that_needs_them(
    browser: Browser, shared: Shared
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(shared.url)
        expect(page.locator(".file code")).to_contain_text("Hello from a snippet")
        expect(page.get_by_text("Copy code")).to_be_hidden()
        expect(page.get_by_role("link", name="Sign in to run or copy it")).to_be_visible()


def test_a_course_page_frames_it(browser: Browser, shared: Shared) -> None:
    with browser.new_context() as context:
        page = course_page(context, COURSE, shared.embed_url)
        page.goto(f"{COURSE}/lesson")
        expect(page.frame_locator("iframe").get_by_text("Hello from a snippet")).to_be_visible()
        assert context.cookies() == []


@pytest.mark.parametrize(
    ("origin", "view"),
    [("http://evil.test", "embed_url"), (COURSE, "url")],
    ids=["another site", "a page that is not for frames"],
)
def test_nobody_else_and_nothing_else_is_framed(
    browser: Browser, shared: Shared, origin: str, view: str
) -> None:
    with browser.new_context() as context:
        page = course_page(context, origin, getattr(shared, view))
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(f"{origin}/lesson")
        expect(page.frame_locator("iframe").get_by_text("Hello from a snippet")).to_have_count(0)


def course_page(context: BrowserContext, origin: str, url: str) -> Page:
    """A page of another site that shows `url` in a frame."""
    html = f'<iframe src="{url}" width="600" height="300"></iframe>'
    page = context.new_page()
    page.route(f"{origin}/*", lambda route: route.fulfill(content_type="text/html", body=html))
    return page
