"""A link to a snippet, given and taken back on the page."""

import re
from http import HTTPStatus

import httpx
from playwright.sync_api import expect

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
