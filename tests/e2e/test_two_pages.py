"""One run on two pages: the newer one has control."""

from playwright.sync_api import BrowserContext

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace

COPY_STORAGE = "items => Object.entries(items).forEach(([k, v]) => sessionStorage.setItem(k, v))"


def duplicate(workspace: Workspace, context: BrowserContext) -> Workspace:
    """As a browser does by "duplicate tab": the new one begins with the storage of the old."""
    items = workspace.page.evaluate("() => ({ ...sessionStorage })")
    other = Workspace(context.new_page())
    other.page.goto(workspace.page.url)
    other.page.evaluate(COPY_STORAGE, items)
    other.reload()
    return other


def test_the_newer_page_types_and_the_older_watches(
    workspace: Workspace, context: BrowserContext
) -> None:
    workspace.start('print("Hello", input("Name? "))\nprint("Bye", input("Next? "))\n')
    workspace.wait_for("Name?")
    newer = duplicate(workspace, context)
    newer.wait_for("Name?")
    newer.type("Ada\n")
    for page in (newer, workspace):
        page.wait_for("Hello Ada")
    workspace.type("nobody hears this\n")
    newer.type("Grace\n")
    for page in (newer, workspace):
        page.wait_for("Bye Grace")
        page.wait_for_end(Outcome.COMPLETED)
    assert "nobody" not in newer.shown()
