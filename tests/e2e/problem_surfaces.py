"""What opens for problems in the code; `surfaces.OPENERS` has it, too."""

from playwright.sync_api import Locator, expect

from tests.e2e.surfaces import by_command, dialog, opener
from tests.e2e.workspace import Workspace

WRONG = """import requests

for name in names:
    print(missing)

while True:
    total = 1
"""
LOADS = 30_000  # ms


def checked(workspace: Workspace, program: str) -> Locator:
    """The list of problems, once everything is checked."""
    workspace.write(program)
    by_command(workspace, "problems")
    shown = dialog(workspace)
    busy = ("Checking…", "Wird geprüft …")
    for words in busy:
        expect(shown.locator(".palette-hint")).not_to_have_text(words, timeout=LOADS)
    return shown


@opener
def problems(workspace: Workspace) -> Locator:
    shown = checked(workspace, WRONG)
    expect(shown.get_by_role("option").nth(3)).to_be_visible()
    return shown


@opener
def problems_none(workspace: Workspace) -> Locator:
    return checked(workspace, "print(1)\n")
