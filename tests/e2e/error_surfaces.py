"""What opens for an error of a run; `surfaces.OPENERS` has it, too."""

from playwright.sync_api import Locator, expect

from tests.e2e.surfaces import by_command, opener
from tests.e2e.workspace import Workspace

FAILING = "numbers = []\nprint(sum(numbers) / len(numbers))\n"


@opener
def error_card(workspace: Workspace) -> Locator:
    workspace.start(FAILING)
    workspace.wait_for_state("finished")
    if workspace.terminal.is_hidden():
        by_command(workspace, "go-terminal")
    shown = workspace.page.get_by_test_id("error-card")
    expect(shown).to_be_visible()
    return shown
