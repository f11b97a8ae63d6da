"""Running programs whose windows are closed: listed, reached again, and stopped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer

ASKS = "print('number {}'); input('still here? ')\n"


@pytest.fixture
def student(new_student: Callable[[], str]) -> str:
    return new_student()


def left_behind(context: BrowserContext, site: WebServer, student: str, count: int) -> None:
    """Programs that go on in closed tabs, each a snippet of its own."""
    for number in range(count):
        workspace = Workspace.open(context, site.url, site.sign_in(student))
        workspace.press("Alt+n")
        workspace.start(ASKS.format(number))
        workspace.wait_for(f"number {number}")
        workspace.page.close()


def dialog(workspace: Workspace) -> Locator:
    return workspace.page.get_by_role("dialog")


def test_the_limit_shows_them_with_a_way_to_stop_and_a_way_back(
    context: BrowserContext, site: WebServer, student: str
) -> None:
    left_behind(context, site, student, 3)
    workspace = Workspace.open(context, site.url, site.sign_in(student))
    workspace.start("print('the fourth')\n")
    rows = dialog(workspace).get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(dialog(workspace)).to_contain_text("as many programs running as you can have")
    assert serious_violations(workspace.page) == []
    rows.last.get_by_role("button", name=re.compile("^Stop")).click()
    expect(rows).to_have_count(2)
    expect(dialog(workspace).get_by_role("status")).to_contain_text("was stopped")
    workspace.press("Escape")
    workspace.run.click()
    workspace.wait_for("the fourth")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.page.locator("details.menu summary").click()
    workspace.page.get_by_test_id("my-runs").click()
    expect(rows).to_have_count(2)
    rows.first.get_by_role("link", name=re.compile("^Open the terminal")).click()
    expect(dialog(workspace)).to_have_count(0)
    workspace.wait_for("number 2")
    workspace.type("yes\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    assert workspace.complaints == []


def test_beside_a_program_that_runs_another_opens_in_a_window_of_its_own(
    context: BrowserContext, site: WebServer, student: str
) -> None:
    left_behind(context, site, student, 1)
    workspace = Workspace.open(context, site.url, site.sign_in(student))
    workspace.start("input('mine')\n")
    workspace.wait_for("mine")
    workspace.press("F1")
    workspace.page.locator("#palette-list [data-id=my-runs]").click()
    rows = dialog(workspace).get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("in this window")
    expect(rows.first.get_by_role("link")).to_have_count(0)
    with context.expect_page() as opened:
        rows.last.get_by_role("link").click()
    other = Workspace(opened.value)
    other.wait_for("number 0")
    other.type("yes\n")
    other.wait_for_end(Outcome.COMPLETED)
    expect(other.page).not_to_have_url(re.compile("run="))
    other.reload()
    expect(workspace.page.get_by_test_id("run-state")).to_have_attribute("data-state", "running")
    rows.first.get_by_role("button").click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_the_history_and_the_page_of_a_run_have_both(
    context: BrowserContext, site: WebServer, student: str
) -> None:
    left_behind(context, site, student, 2)
    page = context.new_page()
    page.goto(site.url + "/runs/")
    part = page.get_by_test_id("my-runs")
    expect(part.get_by_role("listitem")).to_have_count(2)
    assert serious_violations(page) == []
    part.get_by_role("button").first.click()
    expect(page.get_by_text("The program was stopped.")).to_be_visible()
    expect(part.get_by_role("listitem")).to_have_count(1)
    part.get_by_role("listitem").locator("p a").click()
    expect(page).to_have_url(re.compile(r"/runs/[\w-]+/$"))
    page.get_by_role("link", name=re.compile("^Open the terminal")).click()
    workspace = Workspace(page)
    workspace.wait_for("number 0")
    workspace.type("yes\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    page.goto(site.url + "/runs/")
    expect(part).to_have_count(0)


def test_a_queued_one_and_one_of_another_device_are_listed_too(
    browser: Browser, context: BrowserContext, site: WebServer, student: str
) -> None:
    """Here the other device is a phone; by keys alone."""
    left_behind(context, site, student, 1)
    phone = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    phone.set_default_timeout(15_000)
    workspace = Workspace.open(phone, site.url, site.sign_in(student))
    workspace.press("F1")
    workspace.page.locator("#palette-list [data-id=my-runs]").click()
    row = dialog(workspace).get_by_role("listitem")
    expect(row).to_have_count(1)
    for control in (row.get_by_role("link"), row.get_by_role("button")):
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 32
        assert 0 <= box["x"] <= 412 - box["width"]
    row.get_by_role("button").focus()
    workspace.press("Enter")
    expect(dialog(workspace)).to_contain_text("None of your programs is running.")
    phone.close()


@pytest.fixture
def german(context: BrowserContext) -> BrowserContext:
    context.set_extra_http_headers({"Accept-Language": "de"})
    return context


def test_it_is_said_in_german(german: BrowserContext, site: WebServer, student: str) -> None:
    left_behind(german, site, student, 1)
    workspace = Workspace.open(german, site.url, site.sign_in(student))
    workspace.press("F1")
    workspace.page.locator("#palette-list [data-id=my-runs]").click()
    expect(dialog(workspace)).to_contain_text("Laufende Programme")
    expect(dialog(workspace).get_by_role("link")).to_have_text("Terminal öffnen")
    page: Page = workspace.page
    page.goto(site.url + "/runs/")
    part = page.get_by_test_id("my-runs")
    expect(part.get_by_role("link").last).to_have_text("Terminal öffnen")
    part.get_by_role("button", name=re.compile("^Stopp")).click()
    expect(page.get_by_text("Das Programm wurde gestoppt.")).to_be_visible()
