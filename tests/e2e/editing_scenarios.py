"""The commands of the editor and of the terminal's text, for `test_every_command.py`."""

from playwright.sync_api import expect

from tests.e2e import error_surfaces, surfaces
from tests.e2e.scenarios import Do, command
from tests.e2e.workspace import Workspace

CODE = "def f():\n    return 1\n\n\nprint(f())\n"
FIRST, REST = "def f():", "\n    return 1\n\n\nprint(f())\n"
SAYS = "text => window.coderunner.getText() === text"
COPIED = "async wanted => (await navigator.clipboard.readText()) === wanted"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def edit(workspace: Workspace, text: str = CODE) -> None:
    """With the cursor at the start of the text."""
    workspace.write(text)
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")


def says(workspace: Workspace, text: str) -> None:
    workspace.wait_until(SAYS, text)


def copied(workspace: Workspace, text: str) -> None:
    workspace.wait_until(COPIED, text)


def select_first_line(workspace: Workspace) -> None:
    workspace.page.context.grant_permissions(CLIPBOARD)
    edit(workspace)
    workspace.press("Shift+End")


@command("Undo", "Ctrl+Z")
def _undo(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    workspace.page.keyboard.type("x")
    do()
    says(workspace, CODE)


@command("Redo", "Ctrl+Y")
def _redo(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    workspace.page.keyboard.type("x")
    workspace.press("Control+z")
    says(workspace, CODE)
    do()
    says(workspace, "x" + CODE)


@command("Cut", "Ctrl+X")
def _cut(workspace: Workspace, do: Do) -> None:
    select_first_line(workspace)
    do()
    says(workspace, REST)
    copied(workspace, FIRST)


@command("Copy", "Ctrl+C")
def _copy(workspace: Workspace, do: Do) -> None:
    select_first_line(workspace)
    do()
    copied(workspace, FIRST)
    says(workspace, CODE)


@command("Paste", "Ctrl+V")
def _paste(workspace: Workspace, do: Do) -> None:
    workspace.page.context.grant_permissions(CLIPBOARD)
    workspace.page.evaluate("() => navigator.clipboard.writeText('# pasted')")
    edit(workspace)
    do()
    says(workspace, "# pasted" + CODE)


@command("Select all", "Ctrl+A")
def _select_all(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    workspace.press("Delete")
    says(workspace, "")


@command("Find", "Ctrl+F")
def _find(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    expect(workspace.editor.locator(".find-widget.visible")).to_be_visible()


@command("Replace", "Ctrl+H")
def _replace(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    expect(workspace.editor.locator(".find-widget.visible.replaceToggled")).to_be_visible()


@command("Comment the line", "Ctrl+/")
def _comment(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    says(workspace, "# " + CODE)


@command("Duplicate the line", "Ctrl+Alt+Shift+↓")
def _duplicate_line(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    says(workspace, f"{FIRST}\n{CODE}")


@command("Indent the line", "Ctrl+]")
def _indent(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    says(workspace, "    " + CODE)


@command("Outdent the line", "Ctrl+[")
def _outdent(workspace: Workspace, do: Do) -> None:
    edit(workspace, "    " + CODE)
    do()
    says(workspace, CODE)


@command("Fold all")
def _fold_all(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    expect(workspace.editor.locator(".inline-folded")).to_have_count(1)


@command("Unfold all")
def _unfold_all(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    surfaces.by_command(workspace, "fold_all")
    expect(workspace.editor.locator(".inline-folded")).to_have_count(1)
    do()
    expect(workspace.editor.locator(".inline-folded")).to_have_count(0)


@command("Suggest words", "Ctrl+Space")
def _suggest(workspace: Workspace, do: Do) -> None:
    edit(workspace, "pri")
    workspace.press("End")
    do()
    expect(workspace.page.locator(".suggest-widget.visible")).to_contain_text("print")


@command("Find in all files", "Ctrl+Shift+F")
def _find_in_files(workspace: Workspace, do: Do) -> None:
    select_first_line(workspace)
    do()
    dialog = surfaces.dialog(workspace)
    expect(dialog.get_by_role("combobox")).to_be_focused()
    expect(dialog.get_by_role("option")).to_have_text("main.py:1 " + FIRST)
    workspace.press("Escape")


@command("Go to line", "Ctrl+G")
def _go_to_line(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    do()
    workspace.page.keyboard.type("5")
    workspace.press("Enter")
    expect(workspace.editor.locator(".active-line-number")).to_have_text("5")


@command("Go to definition", "F12")
def _definition(workspace: Workspace, do: Do) -> None:
    edit(workspace)
    workspace.press("Control+End")
    workspace.press("ArrowUp")
    for _ in "print(":
        workspace.press("ArrowRight")
    do()
    expect(workspace.editor.locator(".active-line-number")).to_have_text("1")


@command("Copy from the terminal", "Ctrl+Shift+C")
def _copy_output(workspace: Workspace, do: Do) -> None:
    workspace.page.context.grant_permissions(CLIPBOARD)
    workspace.start("print('wombat')")
    workspace.wait_for_state("finished")
    surfaces.by_command(workspace, "select-output")
    workspace.terminal.locator("textarea").focus()
    do()
    workspace.wait_until("async () => (await navigator.clipboard.readText()).includes('wombat')")


@command("Paste into the terminal", "Ctrl+V")
def _paste_input(workspace: Workspace, do: Do) -> None:
    workspace.page.context.grant_permissions(CLIPBOARD)
    workspace.page.evaluate("() => navigator.clipboard.writeText('wombat')")
    workspace.start("print('Hello', input('Name? '))")
    workspace.wait_for("Name?")
    workspace.terminal.click()
    do()
    workspace.wait_for("Name? wombat")


@command("Copy all output")
def _copy_all_output(workspace: Workspace, do: Do) -> None:
    workspace.page.context.grant_permissions(CLIPBOARD)
    workspace.start("print('first'); print('last'); 1 / 0")
    workspace.wait_for_state("finished")
    do()
    for text in ("first\nlast\n", "ZeroDivisionError"):
        workspace.wait_until(
            "async text => (await navigator.clipboard.readText()).includes(text)", text
        )


@command("Select all in the terminal")
def _select_output(workspace: Workspace, do: Do) -> None:
    workspace.start("print('wombat')")
    workspace.wait_for_state("finished")
    do()
    surfaces.by_command(workspace, "copy-output")  # only with a selection


@command("Explain the error", "Shift+F8")
def _explain_error(workspace: Workspace, do: Do) -> None:
    card = error_surfaces.error_card(workspace)
    card.get_by_label("Close the explanation").click()
    expect(card).to_be_hidden()
    do()
    expect(card).to_be_focused()
    expect(card).to_contain_text("divides by 0")


@command("Files of the program")
def _files(workspace: Workspace, do: Do) -> None:
    do()
    expect(workspace.page.get_by_test_id("files-add")).to_be_visible()


@command("Edit together")
def _edit_together(workspace: Workspace, do: Do) -> None:
    workspace.write(CODE)
    do()
    workspace.page.wait_for_url("**/rooms/*/")
    expect(workspace.page.get_by_test_id("connection")).to_have_attribute("data-state", "connected")
    workspace.wait_until(SAYS, CODE)
