"""A text is found in all files of the snippet, and the place is shown."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.e2e import surfaces
from tests.e2e.appearance import problems, save_picture
from tests.e2e.pages import SET_THEME, THEMES, serious_violations
from tests.e2e.test_appearance_of_the_workspace import SCREENS
from tests.e2e.workspace import Workspace
from tests.product import WebServer

MAIN = "from helper import greet\n\nfor name in ['Ada', 'Alan']:\n    greet(name)\n"
HELPER = "def greet(name):\r\n    # greets\r\n    print('Hello', name)  # Greet\r\n"


def add_files(workspace: Workspace) -> None:
    """main.py, which is shown, and helper.py."""
    workspace.write(MAIN)
    page = workspace.page
    with page.expect_file_chooser() as chooser:
        surfaces.by_command(workspace, "upload")
    helper: FilePayload = {
        "name": "helper.py", "mimeType": "text/x-python", "buffer": HELPER.encode(),
    }  # fmt: skip
    chooser.value.set_files(helper)
    tabs = page.locator("#tabs [role=tab]")
    expect(tabs).to_have_count(2)
    tabs.first.click()
    expect(tabs.first).to_have_attribute("aria-selected", "true")


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    add_files(workspace)
    return workspace


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Find in all files")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Find in all files").get_by_role("option")


def status(page: Page) -> Locator:
    return page.locator("dialog").get_by_role("status")


def shows(workspace: Workspace, path: str) -> None:
    tab = workspace.page.get_by_role("tab", name=path)
    expect(tab).to_have_attribute("aria-selected", "true")


def test_a_place_in_another_file_is_found_and_shown_by_keys(editor: Workspace) -> None:
    page = editor.page
    editor.editor.click()
    editor.press("Control+Shift+f")
    expect(field(page)).to_be_focused()
    page.keyboard.type("greet")
    expect(status(page)).to_have_text("5 matches in 2 files")
    lines = options(page).locator(".match-line")
    expect(options(page).locator(".match-place")).to_have_text(
        ["main.py:1", "main.py:4", "helper.py:1", "helper.py:2", "helper.py:3"]
    )
    expect(lines.nth(3)).to_have_text("# greets")
    expect(options(page).locator("mark")).to_have_text(["greet"] * 4 + ["Greet"])
    assert serious_violations(page) == []
    page.get_by_label("Match case").check()
    expect(status(page)).to_have_text("4 matches in 2 files")
    page.get_by_label("Match case").uncheck()
    field(page).focus()
    editor.press("ArrowUp")  # the last one
    marked = field(page).get_attribute("aria-activedescendant")
    expect(page.locator(f"#{marked}")).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"#{marked}")).to_contain_text("helper.py:3")
    editor.press("Enter")
    shows(editor, "helper.py")
    page.keyboard.type("GREET")  # into the editor, in place of what was found
    editor.wait_until("() => window.coderunner.getText().endsWith('# GREET\\n')")


def test_the_selected_word_is_looked_for_and_a_click_shows_a_place(editor: Workspace) -> None:
    page = editor.page
    page.get_by_role("tab", name="helper.py").click()
    editor.editor.locator(".view-line").first.locator("span > span").nth(2).dblclick()
    editor.press("Shift+F10")
    page.get_by_role("menuitem", name="Find in all files").click()
    expect(field(page)).to_have_value("greet")
    options(page).filter(has_text="main.py:4").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    shows(editor, "main.py")
    page.keyboard.type("wave")
    editor.wait_until("() => window.coderunner.getText().endsWith('    wave(name)\\n')")


def test_escape_returns_to_the_place_before(editor: Workspace) -> None:
    page = editor.page
    editor.editor.click()
    editor.press("Control+Home")
    editor.press("Control+Shift+f")
    expect(status(page)).to_have_text("Searches all files of this snippet")
    expect(options(page)).to_have_count(0)
    field(page).fill("wombat")
    expect(status(page)).to_have_text("No results")
    assert serious_violations(page) == []
    editor.press("Enter")  # there is nothing to show
    expect(field(page)).to_be_focused()
    editor.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.type("#")
    editor.wait_until("() => window.coderunner.getText().startsWith('#from')")


def test_in_the_terminal_the_keys_find_what_was_printed(editor: Workspace) -> None:
    editor.terminal.click()
    editor.press("Control+Shift+f")
    expect(editor.page.locator("#terminal-search-field")).to_be_focused()
    expect(editor.page.get_by_role("dialog")).to_have_count(0)


def test_many_matches_are_limited_and_names_are_only_text(editor: Workspace) -> None:
    page = editor.page
    editor.write("<img src=x onerror=alert(1)>\n" * 300)
    editor.editor.click()
    editor.press("Control+Shift+f")
    field(page).fill("<IMG")
    expect(status(page)).to_have_text("More than 200 matches. The first 200 are shown.")
    expect(options(page)).to_have_count(200)
    expect(page.locator("dialog img")).to_have_count(0)
    editor.press("ArrowUp")
    expect(options(page).last).to_be_in_viewport()


@pytest.fixture(params=["en", "de"])
def phone(
    browser: Browser, site: WebServer, new_student_name: str, request: pytest.FixtureRequest
) -> Iterator[Workspace]:
    context = browser.new_context(
        **SCREENS["phone"], extra_http_headers={"Accept-Language": request.param}
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def test_a_phone_shows_the_code_again(phone: Workspace) -> None:
    page = phone.page
    add_files(phone)
    page.locator("#show-terminal").tap()
    expect(phone.editor).to_be_hidden()
    surfaces.by_command(phone, "find_in_files")
    page.locator(".palette-field").fill("hello")
    item = page.locator("#palette-list [role=option]")
    expect(item).to_have_count(1)
    item.tap()
    expect(phone.editor).to_be_visible()
    shows(phone, "helper.py")
    page.keyboard.type("Bye")
    phone.wait_until("() => window.coderunner.getText().includes(\"print('Bye', name)\")")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_legible_in_every_theme_and_language(
    browser: Browser, site: WebServer, new_student_name: str, screen: str, language: str
) -> None:
    context = browser.new_context(
        **SCREENS[screen], extra_http_headers={"Accept-Language": language}
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    page = workspace.page
    expect(workspace.editor.locator(".view-line, .cm-line").first).to_be_visible(timeout=20_000)
    add_files(workspace)
    surfaces.by_command(workspace, "find_in_files")
    dialog = surfaces.dialog(workspace)
    for text in ("greet", "e", "wombat", ""):
        page.locator(".palette-field").fill(text)
        for theme in THEMES:
            page.evaluate(SET_THEME, theme)
            name = f"find-in-files-{text or 'empty'}-{screen}-{language}-{theme}"
            save_picture(page, name)
            assert problems(dialog, floating=True) == [], name
    assert workspace.complaints == []
    context.close()
