"""A shared snippet on the page: readers see the version that was shared."""

import re

import httpx
from playwright.sync_api import BrowserContext, Locator, expect

from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer


def shared(workspace: Workspace) -> str:
    workspace.write("print('the exercise')\n")
    workspace.wait_for_save()
    workspace.page.get_by_test_id("share").click()
    dialog(workspace).get_by_role("checkbox").first.check()
    link = dialog(workspace).locator("input[readonly]").first
    expect(link).to_have_value(re.compile("/s/"))
    return link.input_value()


def dialog(workspace: Workspace) -> Locator:
    return workspace.page.get_by_role("dialog")


def test_readers_see_a_change_once_the_version_is_updated(workspace: Workspace) -> None:
    url = shared(workspace)
    expect(dialog(workspace)).to_contain_text("It is the newest one.")
    update = dialog(workspace).get_by_role("button", name="Update the shared version")
    expect(update).to_have_count(0)
    workspace.press("Escape")
    workspace.write("print('the solution')\n")
    workspace.wait_for_save()
    assert "the solution" not in httpx.get(url).text
    workspace.page.get_by_test_id("share").click()
    expect(dialog(workspace)).to_contain_text("You have changed the snippet since.")
    assert serious_violations(workspace.page) == []
    update.click()
    expect(dialog(workspace)).to_contain_text("It is the newest one.")
    expect(update).to_have_count(0)
    assert "the solution" in httpx.get(url).text
    workspace.reload()
    workspace.page.get_by_test_id("share").click()
    expect(dialog(workspace)).to_contain_text("It is the newest one.")


def test_what_is_not_saved_yet_is_saved_before_it_is_shared(workspace: Workspace) -> None:
    url = shared(workspace)
    workspace.press("Escape")
    workspace.write("print('a moment ago')\n")
    workspace.page.get_by_test_id("share").click()
    dialog(workspace).get_by_role("button", name="Update the shared version").click()
    expect(dialog(workspace)).to_contain_text("It is the newest one.")
    assert "a moment ago" in httpx.get(url).text


def test_the_owner_reads_on_the_shared_page_that_it_is_an_older_version(
    workspace: Workspace,
) -> None:
    url = shared(workspace)
    workspace.press("Escape")
    workspace.write("print('later')\n")
    workspace.wait_for_save()
    workspace.page.goto(url)
    expect(workspace.page.get_by_test_id("outdated")).to_be_visible()
    expect(workspace.page.locator("body")).to_contain_text("the exercise")
    assert serious_violations(workspace.page) == []


def test_it_is_said_in_german(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    shared(workspace)
    expect(dialog(workspace)).to_contain_text("Andere sehen die Version vom")
