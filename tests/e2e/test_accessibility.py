"""axe-core finds no serious violation on any page."""

from collections.abc import Callable, Iterator

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import Pages
from tests.e2e.workspace import Workspace
from tests.product import WebServer

SNIPPET = {
    "title": "Größe",
    "language": "python",
    "main": "main.py",
    "files": [{"path": "main.py", "content": 'def main() -> None:\n    print("Hi")  # Hi\n'}],
}
SIGNED_OUT = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing/")
LISTS = ("/snippets/", "/snippets/?q=nothing", "/runs/", "/runs/?outcome=failed", "/packages/")
WITHOUT_TOKEN = """() => {
    const form = Object.assign(document.createElement("form"), { method: "post" });
    document.body.append(form);
    form.submit();
}"""
ACCOUNT = ("/accounts/email/", "/accounts/password/change/", "/accounts/logout/", "/accounts/data/")


@pytest.mark.timeout(240)
def test_no_page_has_a_serious_violation(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> None:
    student = site.sign_in(new_student())
    strangers = Pages(context, site.url, None)
    found: list[str] = []
    for path in SIGNED_OUT:
        strangers.go(path)
        found += strangers.serious()
    found += error_pages(strangers)

    workspace = Workspace.open(context, site.url, student)
    workspace.start("print('Hello')")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.page.close()

    pages = Pages(context, site.url, student)
    pages.go("/")
    connection = pages.page.get_by_test_id("connection")
    expect(connection).to_have_attribute("data-state", "connected", timeout=15_000)
    found += pages.serious()
    shared = a_shared_snippet(pages)
    for path in (*LISTS, *shared, *ACCOUNT):
        pages.go(path)
        found += pages.serious()

    pages.go("/runs/")
    pages.page.locator("details.menu summary").click()
    found += pages.serious()
    found += a_run_and_its_replay(pages)
    run = pages.page.url.removeprefix(site.url)

    pages.page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/snippets/", "/runs/", run, *shared):
        pages.go(path)
        found += pages.serious()
    assert found == []
    assert pages.complaints + strangers.complaints == []


def error_pages(pages: Pages) -> Iterator[str]:
    pages.go("/accounts/login/")
    with pages.page.expect_navigation():
        pages.page.evaluate(WITHOUT_TOKEN)
    expect(pages.page.get_by_role("heading")).to_have_text("The form was not accepted")
    yield from pages.serious()
    for scheme in ("light", "dark"):
        pages.page.emulate_media(color_scheme=scheme)
        pages.page.set_content(render_to_string("500.html"))
        yield from pages.serious()


def a_run_and_its_replay(pages: Pages) -> Iterator[str]:
    pages.page.locator("table a").first.click()
    yield from pages.serious()
    pages.page.get_by_test_id("replay").click()
    expect(pages.page.locator("#replay .xterm-rows")).to_be_visible(timeout=20_000)
    yield from pages.serious()


def a_shared_snippet(pages: Pages) -> tuple[str, str]:
    """Its page, and the one for frames."""
    made = pages.ask("POST", "/snippets/", SNIPPET)
    share = pages.ask("PUT", f"/snippets/{made['id']}/share/", {"shared": True, "embed": True})
    slug = share["share"]["slug"]
    return f"/s/{slug}/", f"/s/{slug}/embed/"
