"""A link to a snippet, given and taken back on the page."""

import re
from http import HTTPStatus

import httpx
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import OpenWorkspace
from tests.e2e.workspace import Workspace


def test_a_link_leads_strangers_to_the_code_until_it_is_taken_back(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print('for', 'strangers')\n")
    workspace.wait_for_save()
    page.get_by_test_id("share").click()
    dialog = page.get_by_role("dialog")
    shared = dialog.get_by_role("checkbox").first
    expect(shared).not_to_be_checked()
    shared.check()
    link = dialog.locator("input[readonly]").first
    expect(link).to_have_value(re.compile("/s/"))
    url = link.input_value()
    answer = httpx.get(url)
    assert answer.status_code == HTTPStatus.OK
    assert "strangers" in answer.text
    dialog.get_by_role("checkbox").first.uncheck()
    expect(link).to_be_hidden()
    assert httpx.get(url).status_code == HTTPStatus.NOT_FOUND


def shared_in_dialog(workspace: Workspace) -> None:
    workspace.write("print('shared')\n")
    workspace.wait_for_save()
    workspace.page.get_by_test_id("share").click()
    workspace.page.get_by_role("dialog").get_by_role("checkbox").first.check()
    expect(workspace.page.get_by_role("dialog").locator("input[readonly]")).to_have_count(1)


def test_frames_are_offered_where_the_site_allows_them(workspace: Workspace) -> None:
    shared_in_dialog(workspace)
    expect(workspace.page.get_by_role("checkbox", name="Course pages may embed it")).to_be_visible()


def test_frames_are_not_offered_elsewhere(open_workspace: OpenWorkspace) -> None:
    workspace = open_workspace()
    without_embedding(workspace.page)
    workspace.reload()
    shared_in_dialog(workspace)
    expect(workspace.page.get_by_role("checkbox")).to_have_count(1)


def without_embedding(page: Page) -> None:
    """The page as a site without EMBED_ALLOWED_ORIGINS sends it."""

    def answer(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('"embedding": true', '"embedding": false')
        route.fulfill(response=response, body=body)

    page.route(re.compile(r"/(snippets/\d+/)?$"), answer)


def test_the_link_is_copied_also_over_plain_http(open_workspace: OpenWorkspace) -> None:
    workspace = open_workspace()
    workspace.page.add_init_script("delete Navigator.prototype.clipboard")
    workspace.reload()
    shared_in_dialog(workspace)
    dialog = workspace.page.get_by_role("dialog")
    link = dialog.locator("input[readonly]").input_value()
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    workspace.press("Escape")
    search = workspace.page.locator("#snippet-search")
    search.press("ControlOrMeta+v")
    expect(search).to_have_value(link)
