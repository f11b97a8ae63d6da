"""What the editor does by the commands that a beginner looks for: keys, menus, command list."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.appearance import save_picture
from tests.e2e.editor_widgets import click_text
from tests.e2e.workspace import Workspace

SAYS = "text => window.coderunner.getText() === text"
CLIPBOARD = "async wanted => (await navigator.clipboard.readText()) === wanted"
CURSOR_LINE = (
    "number => document.querySelector('.line-numbers.active-line-number').innerText === number"
)


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def choose(workspace: Workspace, item: str) -> None:
    """From the context menu of the editor, by keys."""
    workspace.press("Shift+F10")
    workspace.page.get_by_role("menuitem", name=item, exact=True).click()


def test_the_menu_edits_lines(editor: Workspace) -> None:
    editor.write("a = 1")
    click_text(editor)
    choose(editor, "Duplicate the line")
    editor.wait_until(SAYS, "a = 1\na = 1")
    choose(editor, "Comment the line")
    editor.wait_until(SAYS, "a = 1\n# a = 1")
    choose(editor, "Undo")
    editor.wait_until(SAYS, "a = 1\na = 1")
    choose(editor, "Redo")
    editor.wait_until(SAYS, "a = 1\n# a = 1")


def test_the_menu_runs_the_program(editor: Workspace) -> None:
    editor.write("print('from the menu')")
    click_text(editor)
    choose(editor, "Run")
    editor.wait_for("from the menu")


def test_the_menu_copies_cuts_and_pastes(editor: Workspace, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.write("first\nsecond")
    click_text(editor)
    choose(editor, "Select all")
    choose(editor, "Copy")
    editor.wait_until(CLIPBOARD, "first\nsecond")
    choose(editor, "Cut")
    editor.wait_until(SAYS, "")
    choose(editor, "Paste")
    editor.wait_until(SAYS, "first\nsecond")


def test_a_line_is_gone_to(editor: Workspace) -> None:
    editor.write("\n".join(f"line{number}" for number in range(1, 201)))
    click_text(editor)
    editor.press("Control+g")
    field = editor.page.get_by_label("Go to line").last
    editor.page.keyboard.type("999")
    expect(field).to_have_attribute("aria-invalid", "true")
    editor.press("Enter")
    field.fill("150")
    editor.press("Enter")
    editor.wait_until(CURSOR_LINE, "150")
    editor.page.keyboard.type("x")
    editor.wait_until("() => window.coderunner.getText().includes('xline150')")


def test_the_command_list_has_what_the_editor_can_do(editor: Workspace) -> None:
    editor.write("def f():\n    pass\n\ndef g():\n    pass\n")
    editor.press("F1")
    editor.page.keyboard.type("fold all")
    options = editor.page.get_by_role("dialog").get_by_role("option")
    expect(options).to_have_text(["Fold all", "Unfold all"])
    editor.press("Enter")
    expect(editor.editor.locator(".inline-folded")).to_have_count(2)
    editor.press("F1")
    editor.page.keyboard.type("replace")
    editor.press("Enter")
    expect(editor.page.locator(".find-widget.replaceToggled")).to_be_visible()


def test_the_terminal_has_a_menu(editor: Workspace, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.page.evaluate("() => navigator.clipboard.writeText('wombat')")
    editor.start("print('Hello', input('Name? '))")
    editor.wait_for("Name?")
    menu = editor.page.get_by_role("menu")
    editor.terminal.click()
    editor.press("Shift+F10")
    menu.get_by_role("menuitem", name="Paste").click()
    editor.wait_for("Name? wombat")
    editor.press("Enter")
    editor.wait_for("Hello wombat")
    editor.wait_for_end(Outcome.COMPLETED)
    editor.press("Shift+F10")
    menu.get_by_role("menuitem", name="Select all").click()
    editor.terminal.click(button="right")
    expect(menu.get_by_role("menuitem", name="Paste")).to_be_disabled()
    menu.get_by_role("menuitem", name="Copy", exact=True).click()
    editor.wait_until("async () => (await navigator.clipboard.readText()).includes('Hello wombat')")
    editor.terminal.click(button="right")
    menu.get_by_role("menuitem", name="Clear the terminal").click()
    editor.wait_until("() => window.coderunner.terminalText() === ''")


def test_icons_have_their_font(editor: Workspace) -> None:
    click_text(editor)
    editor.press("Control+f")
    loaded = "() => [...document.fonts].some(f => f.family === 'codicon' && f.status === 'loaded')"
    editor.wait_until(loaded)


@pytest.fixture
def german(context: BrowserContext, open_workspace: Callable[[], Workspace]) -> Workspace:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = open_workspace()
    workspace.page.emulate_media(reduced_motion="reduce")
    workspace.wait_for_everything()
    return workspace


def test_the_editor_speaks_german(german: Workspace) -> None:
    page = german.page
    german.write("def f():\n    'Sagt Hallo.'\n\nf()\n")
    click_text(german)
    german.press("Control+h")
    widget = page.locator(".find-widget.visible")
    expect(widget.get_by_label("Suchen", exact=True).first).to_be_visible()
    expect(widget.get_by_label("Ersetzen", exact=True).first).to_be_visible()
    save_picture(page, "editor-german-replace")
    german.press("Escape")
    german.press("Shift+F10")
    expect(page.get_by_role("menuitem", name="Rückgängig")).to_be_visible()
    save_picture(page, "editor-german-context-menu")
    german.press("Escape")
    german.terminal.click(button="right")
    expect(page.get_by_role("menuitem", name="Terminal leeren")).to_be_visible()
    save_picture(page, "editor-german-terminal-menu")
    german.press("Escape")
    click_text(german)
    german.press("Control+g")
    expect(page.get_by_text("Zeilen 1 bis 5")).to_be_visible()
    save_picture(page, "editor-german-go-to-line")
