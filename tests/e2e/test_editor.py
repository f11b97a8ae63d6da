"""The editor: finding and replacing in it, and the page when it cannot be loaded."""

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import WebServer


@pytest.mark.smoke
def test_without_its_large_editor_the_page_still_works(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    context.route("**/monaco_editor-*.js", lambda route: route.abort())
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    expect(workspace.page.get_by_role("alert")).to_contain_text("could not be loaded")
    workspace.start('print("plain", "and simple")')
    workspace.wait_for("plain and simple")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_words_are_found_and_replaced_by_keys(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.write("apple = 1\nprint(apple)\n")
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    workspace.press("Control+h")
    keyboard = workspace.page.keyboard
    keyboard.type("apple")
    workspace.press("Tab")
    keyboard.type("pear")
    workspace.press("Control+Alt+Enter")
    replaced = "text => window.coderunner.getText() === text"
    workspace.wait_until(replaced, "pear = 1\nprint(pear)\n")
    workspace.press("Escape")
    workspace.press("Control+z")
    workspace.wait_until(replaced, "apple = 1\nprint(apple)\n")
