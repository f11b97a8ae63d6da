"""The commands that ask about the program, for `test_every_command.py`."""

from playwright.sync_api import expect

from tests.e2e import surfaces
from tests.e2e.editing_scenarios import edit, says
from tests.e2e.scenarios import Do, command
from tests.e2e.workspace import Workspace

CURSOR_LINE = (
    "number => document.querySelector('.line-numbers.active-line-number').innerText === number"
)


@command("Explain the name at the cursor", "Alt+I")
def _describe(workspace: Workspace, do: Do) -> None:
    edit(workspace, '"""Reads."""\n\n\ndef f():\n    "Says f."\n\n\nf')
    workspace.press("Control+End")
    do()
    expect(workspace.page.locator(".monaco-hover").first).to_contain_text("Says f.")


@command("Show parameters", "Ctrl+Shift+Space")
def _signature(workspace: Workspace, do: Do) -> None:
    edit(workspace, "def greet(name, loud=False): ...\n\n\ngreet(")
    workspace.press("Control+End")
    do()
    expect(workspace.page.locator(".parameter-hints-widget.visible")).to_contain_text("loud")


@command("Find uses of the name", "Shift+F12")
def _references(workspace: Workspace, do: Do) -> None:
    edit(workspace, "count = 1\nprint(count)\n")
    do()
    dialog = surfaces.dialog(workspace)
    expect(dialog.get_by_role("option")).to_have_count(2)
    workspace.press("Enter")
    expect(dialog).to_have_count(0)


@command("Rename everywhere", "F2")
def _rename_symbol(workspace: Workspace, do: Do) -> None:
    edit(workspace, "count = 1\nprint(count)\n")
    do()
    field = surfaces.dialog(workspace).get_by_role("textbox")
    field.fill("for")
    workspace.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("number")
    workspace.press("Enter")
    says(workspace, "number = 1\nprint(number)\n")


@command("Outline of the file", "Alt+O")
def _outline(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    dialog = surfaces.dialog(workspace)
    expect(dialog.get_by_role("option", name="f")).to_be_visible()
    workspace.press("Enter")
    expect(dialog).to_have_count(0)


@command("Go back", "Alt+B")
def _go_back(workspace: Workspace, do: Do) -> None:
    edit(workspace, "def f(): ...\n\n\nf()")
    workspace.press("Control+End")
    workspace.press("ArrowLeft")
    workspace.press("ArrowLeft")
    workspace.press("F12")
    workspace.wait_until(CURSOR_LINE, "1")
    do()
    workspace.wait_until(CURSOR_LINE, "4")


@command("Check types")
def _check_types(workspace: Workspace, do: Do) -> None:
    edit(workspace, "'text'.no_such_method()\n")
    do()
    expect(workspace.editor.locator(".squiggly-error")).to_be_visible(timeout=60_000)
