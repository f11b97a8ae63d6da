"""What the editor knows of a program: suggestions, and where a name is defined."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.e2e.editor_widgets import at_the_end
from tests.e2e.workspace import Workspace

SAYS = "text => window.coderunner.getText() === text"
CURSOR_LINE = (
    "number => document.querySelector('.line-numbers.active-line-number').innerText === number"
)
HELPER = FilePayload(
    name="helper.py", mimeType="text/plain", buffer=b'\n\ndef greet(name):\n    "Hi."\n'
)
MAC = """Object.defineProperties(Navigator.prototype, {
    platform: { get: () => "MacIntel" }, userAgent: { get: () => "Macintosh; Chrome" },
})"""


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def suggestion(page: Page, name: str) -> Locator:
    return page.locator(".suggest-widget.visible").get_by_role("option", name=name)


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_suggestion_is_accepted(editor: Workspace, key: str) -> None:
    at_the_end(editor, "pri")
    editor.press("Control+Space")
    expect(suggestion(editor.page, "print")).to_be_visible()
    editor.press(key)
    editor.wait_until(SAYS, "print")


def test_arrows_choose_a_suggestion_and_escape_closes_the_list(editor: Workspace) -> None:
    at_the_end(editor, "alpha = 1\nalphabet = 2\nalp")
    editor.press("Control+Space")
    expect(suggestion(editor.page, "alphabet")).to_be_visible()
    editor.press("ArrowDown")
    editor.press("Enter")
    editor.wait_until(SAYS, "alpha = 1\nalphabet = 2\nalphabet")
    editor.press("Control+Space")
    expect(editor.page.locator(".suggest-widget.visible")).to_be_visible()
    editor.press("Escape")
    expect(editor.page.locator(".suggest-widget.visible")).to_have_count(0)
    assert editor.text() == "alpha = 1\nalphabet = 2\nalphabet"


def test_words_of_other_files_are_suggested(editor: Workspace) -> None:
    editor.page.locator("#upload").set_input_files(HELPER)
    expect(editor.page.get_by_role("tab", name="helper.py")).to_be_visible()
    editor.page.get_by_role("tab", name="main.py").click()
    at_the_end(editor, "gre")
    editor.press("Control+Space")
    expect(suggestion(editor.page, "greet")).to_be_visible()


def test_typing_opens_no_list_and_tab_indents(editor: Workspace) -> None:
    at_the_end(editor, "")
    editor.page.keyboard.type("if True:\npri")
    expect(editor.page.locator(".suggest-widget.visible")).to_have_count(0)
    editor.press("Enter")
    editor.press("Tab")
    editor.page.keyboard.type("x")
    editor.wait_until(SAYS, "if True:\n    pri\n        x")


def test_a_definition_is_shown_in_its_file(editor: Workspace) -> None:
    editor.page.locator("#upload").set_input_files(HELPER)
    tab = editor.page.get_by_role("tab", name="helper.py")
    expect(tab).to_have_attribute("aria-selected", "true")
    editor.page.get_by_role("tab", name="main.py").click()
    at_the_end(editor, "from helper import greet\ngreet")
    editor.press("F12")
    expect(tab).to_have_attribute("aria-selected", "true")
    editor.wait_until(CURSOR_LINE, "3")
    editor.page.get_by_role("tab", name="main.py").click()
    word = editor.editor.locator(".view-line").nth(1).locator("span > span").first
    word.click(modifiers=["Control"])
    expect(tab).to_have_attribute("aria-selected", "true")


def test_a_name_of_python_has_no_definition(editor: Workspace) -> None:
    at_the_end(editor, "print")
    editor.press("F12")
    expect(editor.page.get_by_text("None of your files defines this name.")).to_be_visible()


def test_a_mac_has_its_own_keys(
    context: BrowserContext, open_workspace: Callable[[], Workspace]
) -> None:
    context.add_init_script(MAC)
    workspace = open_workspace()
    workspace.wait_for_everything()
    at_the_end(workspace, "")
    workspace.page.keyboard.type("pri")
    for keys in ("Control+Space", "Alt+Escape", "Meta+i"):
        workspace.press(keys)
        expect(suggestion(workspace.page, "print")).to_be_visible()
        workspace.press("Escape")
        expect(workspace.page.locator(".suggest-widget.visible")).to_have_count(0)
    workspace.press("Shift+F10")
    menu = workspace.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="Copy")).to_have_text("Copy⌘C")
    expect(menu.get_by_role("menuitem", name="Go to line")).to_have_text("Go to line⌃G")
