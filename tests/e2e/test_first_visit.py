"""From signing up to a program's first words, without a manual."""

import time

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.cast import PASSWORD
from tests.e2e.workspace import Workspace
from tests.product import WebServer

MINUTE = 60


@pytest.mark.smoke
def test_a_newcomer_is_greeted_within_a_minute(context: BrowserContext, site: WebServer) -> None:
    begun = time.monotonic()
    workspace = Workspace(context.new_page())
    page = workspace.page
    page.goto(site.url)
    page.get_by_role("link", name="Create an account").first.click()
    page.locator("[name=username]").fill("newcomer")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.keyboard.press("Enter")
    workspace.wait_for_connection()
    expect(workspace.list.locator("li")).to_have_count(0)
    workspace.run.click()
    workspace.wait_for("What is your name?")
    page.keyboard.type("Ada\n")
    workspace.wait_for("Hello, Ada!")
    assert time.monotonic() - begun < MINUTE
    workspace.wait_for_end(Outcome.COMPLETED)
    # What has been run is kept, though nobody asked for it.
    expect(workspace.list).to_contain_text("My first program")
    assert workspace.complaints == []
