"""The commands for problems in the code and for its format, for `test_every_command.py`."""

from playwright.sync_api import expect

from tests.e2e import surfaces
from tests.e2e.editing_scenarios import edit, says
from tests.e2e.scenarios import Do, command
from tests.e2e.workspace import Workspace

LOADS = 30_000  # ms: ruff has 11 MB
WRONG = "x = 1\nprint(missing)\nprint(absent)\n"


def strict(workspace: Workspace) -> None:
    surfaces.by_command(workspace, "settings")
    workspace.page.get_by_label("Problems in Python").select_option("strict")
    workspace.press("Escape")


def announced(workspace: Workspace, text: str) -> None:
    expect(workspace.page.locator("#announcer")).to_have_text(text, timeout=LOADS)


@command("Problems in the code", "Ctrl+Shift+M")
def _problems(workspace: Workspace, do: Do) -> None:
    edit(workspace, WRONG)
    do()
    dialog = workspace.page.get_by_role("dialog", name="Problems in the code")
    options = dialog.get_by_role("option")
    expect(options).to_have_count(2, timeout=LOADS)
    expect(options.first).to_contain_text("The name “missing” is not defined.")
    expect(options.first).to_contain_text("main.py, line 2")
    workspace.press("ArrowDown")
    workspace.press("Enter")
    announced(workspace, "The name “absent” is not defined.")
    workspace.page.keyboard.type("x")
    says(workspace, WRONG.replace("absent", "x"))


@command("Next problem", "Alt+F8")
def _next_problem(workspace: Workspace, do: Do) -> None:
    edit(workspace, WRONG)
    do()
    announced(workspace, "The name “missing” is not defined.")
    workspace.page.keyboard.type("x")
    says(workspace, WRONG.replace("missing", "x"))


@command("Last problem", "Alt+Shift+F8")
def _last_problem(workspace: Workspace, do: Do) -> None:
    edit(workspace, WRONG)
    do()
    announced(workspace, "The name “absent” is not defined.")


@command("Fix the problem", "Ctrl+.")
def _fix(workspace: Workspace, do: Do) -> None:
    strict(workspace)
    edit(workspace, "import os\nprint(1)\n")
    do()
    announced(workspace, "Done: Remove the import")
    says(workspace, "print(1)\n")
    workspace.press("Control+z")
    says(workspace, "import os\nprint(1)\n")


@command("Format the code", "Alt+Shift+F")
def _format(workspace: Workspace, do: Do) -> None:
    edit(workspace, "import sys\nimport os\nx=[1,2 ]\nprint( os,sys,x )\n")
    do()
    announced(workspace, "Formatted.")
    says(workspace, "import os\nimport sys\n\nx = [1, 2]\nprint(os, sys, x)\n")
    workspace.press("Control+z")
    says(workspace, "import sys\nimport os\nx=[1,2 ]\nprint( os,sys,x )\n")


@command("Sort the imports", "Alt+Shift+O")
def _sort_imports(workspace: Workspace, do: Do) -> None:
    edit(workspace, "import sys\nimport os\n\nprint( os,sys )\n")
    do()
    announced(workspace, "Formatted.")
    says(workspace, "import os\nimport sys\n\nprint( os,sys )\n")
