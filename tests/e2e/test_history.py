"""The history, as its owner looks through it and tidies it up."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import Pages
from tests.e2e.workspace import Workspace
from tests.product import WebServer


def test_a_run_is_found_by_its_end_and_deleted(workspace: Workspace) -> None:
    for source, outcome in (
        ("print('fine')", Outcome.COMPLETED),
        ("print(unknown)", Outcome.FAILED),
    ):
        workspace.start(source)
        workspace.wait_for_end(outcome)
    page = workspace.page
    page.goto(f"{page.url.partition('/snippets/')[0].rstrip('/')}/runs/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_label("Outcome").select_option("failed")
    page.get_by_role("button", name="Apply").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("NameError, line 1")
    rows.get_by_role("link").first.click()
    page.locator("summary").filter(has_text="Delete this run").click()
    page.get_by_role("button", name="Delete this run").click()
    expect(page.get_by_text("The run was deleted.")).to_be_visible()
    expect(rows).to_have_count(1)
    assert workspace.complaints == []


# By the browser's own rules for the language, with the hour of that zone.
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/St_Johns"])
def test_times_are_in_the_browsers_time_zone_from_the_first_page_on(
    zone: str, browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> None:
    context = browser.new_context(timezone_id=zone, locale="en-GB")
    pages = Pages(context, site.url, site.sign_in(new_student()))
    code = [{"path": "main.py", "content": "print(1)"}]
    new = {"title": "A time", "language": "python", "main": "main.py", "files": code}
    pages.go("/accounts/email/")  # has a form's token, and sets the cookie
    context.clear_cookies(name="timezone")
    saved = pages.ask("POST", "/snippets/", new)
    pages.go("/snippets/")
    shown = pages.page.locator("tbody time")
    hour = pages.page.evaluate(
        "iso => new Date(iso).toTimeString().slice(0, 5)", saved["updated_at"]
    )
    expect(shown).to_contain_text(hour)  # written again by the page
    assert "timezone" in {cookie["name"] for cookie in context.cookies()}
    pages.page.reload()
    expect(shown).to_contain_text(hour)  # written so by the server
    assert re.search(r"T\d\d:\d\d:\d\d[+-](09:00|0[23]:30)$", shown.get_attribute("datetime") or "")
    context.close()
    assert pages.complaints == []
