"""What scripts of others find on the workspace page: its hooks, and `window.coderunner`."""

import pytest
from playwright.sync_api import expect

from tests.e2e.workspace import Workspace

# There from the beginning; what appears with a program is in the tests of that.
HOOKS = (
    "editor", "terminal", "run", "stop", "clear", "language", "connection", "run-state", "save",
    "snippet-title", "snippet-list", "share", "theme", "format", "problems", "debug", "my-runs",
)  # fmt: skip
OFFERED = ("complete", "getText", "setBreakpoint", "setText", "terminalText")


@pytest.mark.smoke
def test_the_page_has_its_hooks(workspace: Workspace) -> None:
    page = workspace.page
    for hook in HOOKS:
        expect(page.get_by_test_id(hook)).to_have_count(1)
    expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "connected")
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "idle")
    expect(page.get_by_test_id("problems")).to_have_attribute("data-count", "0")
    offered = "names => names.filter((name) => typeof window.coderunner[name] === 'function')"
    assert page.evaluate(offered, list(OFFERED)) == list(OFFERED)


def test_scripts_may_ask_for_what_the_editor_would_suggest(workspace: Workspace) -> None:
    workspace.write("def greeting(name):\n    return name\n\ngree\n")
    ask = "([line, column]) => window.coderunner.complete(line, column)"
    workspace.wait_until(
        f"async (place) => (await ({ask})(place)).includes('greeting')", [4, 5], 30
    )
    assert "greeting" in workspace.page.evaluate(ask, [4, 5])
    assert isinstance(workspace.page.evaluate(ask, [99, 99]), list)
