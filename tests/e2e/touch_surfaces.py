"""What opens for a finger; `surfaces.OPENERS` has it, too."""

from playwright.sync_api import Locator

from tests.e2e.fingers import Finger, place_of
from tests.e2e.surfaces import by_command, dialog, opener
from tests.e2e.workspace import Workspace

# A touch screen, whose browser gives the page no clipboard.
REFUSE = """() => {
    document.documentElement.dataset.input = "touch";
    document.execCommand = () => false;
    navigator.clipboard.readText = navigator.clipboard.writeText = () => Promise.reject();
}"""


@opener
def touch_selection(workspace: Workspace) -> Locator:
    workspace.start("print('a wombat, asleep')\ninput()")
    workspace.wait_for("asleep")
    if workspace.terminal.is_hidden():
        by_command(workspace, "go-terminal")
    finger = Finger(workspace.page)
    finger.down(*place_of(workspace.terminal, "wombat"))
    finger.rest(700)
    finger.up()
    return workspace.page.locator(".selection-bar")


@opener
def paste_field(workspace: Workspace) -> Locator:
    workspace.start("input('asks ')")
    workspace.wait_for("asks")
    workspace.page.evaluate(REFUSE)
    by_command(workspace, "paste-input")
    return dialog(workspace)


@opener
def copy_field(workspace: Workspace) -> Locator:
    workspace.start("print('a wombat, asleep')")
    workspace.wait_for_state("finished")
    workspace.page.evaluate(REFUSE)
    by_command(workspace, "copy-all-output")
    return dialog(workspace)
