"""The editor, when it cannot be loaded."""

from playwright.sync_api import BrowserContext, expect

from tests.e2e.workspace import Workspace
from tests.product import WebServer


def test_without_its_large_editor_the_page_still_works(
    context: BrowserContext, site: WebServer
) -> None:
    context.route("**/monaco_editor-*.js", lambda route: route.abort())
    workspace = Workspace.open(context, site.url, site.sign_in("student0"))
    expect(workspace.page.get_by_role("alert")).to_contain_text("could not be loaded")
    workspace.start('print("plain", "and simple")')
    workspace.wait_for("plain and simple")
    workspace.wait_for_end()
