# size: one table, of which no part is used alone
"""Every command, run from the list of commands (F1) and by its keys: what it does is seen.

The commands and their keys are read from the page's own list. A new one needs a scenario here, or
`test_every_command_of_the_page_has_a_scenario` fails.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e import (
    code_help_scenarios,
    debug_scenarios,
    editing_scenarios,
    problem_scenarios,
    surfaces,
)
from tests.e2e.scenarios import DATA, TESTED, Do, command
from tests.e2e.workspace import Workspace
from tests.product import WebServer

# As Playwright names them.
KEYS = {"Ctrl": "Control", "↓": "ArrowDown"}


# They register the commands of the editor, of the terminal, and of problems.
assert all((editing_scenarios.CODE, problem_scenarios.WRONG, code_help_scenarios.CURSOR_LINE))


@pytest.fixture
def workspace(one_page: Workspace, site: WebServer) -> Iterator[Workspace]:
    """A new program that is not saved, and nothing of what the test before left."""
    surfaces.start_anew(one_page, site.url)
    yield one_page
    assert one_page.complaints == []


def listed(workspace: Workspace) -> dict[str, str]:
    """The names of the commands in the list, and their keys."""
    workspace.press("F1")
    items = workspace.page.locator("#palette-list [role=option]")
    found = {}
    for item in items.all():
        keys = item.locator("kbd")
        name = item.locator("span").first.inner_text()
        found[name] = keys.inner_text() if keys.count() else ""
    workspace.press("Escape")
    return found


def saved(workspace: Workspace) -> None:
    workspace.press("Control+s")
    workspace.wait_for_save()


def fails(workspace: Workspace) -> None:
    workspace.start("x = 1\n1 / 0\n")
    workspace.wait_for_end(Outcome.FAILED)
    expect(workspace.page.locator("#go-to-error")).to_be_visible()
    expect(workspace.page.get_by_test_id("error-card")).to_be_visible()


def test_every_command_of_the_page_has_a_scenario(workspace: Workspace) -> None:
    found = listed(workspace)
    saved(workspace)
    found |= listed(workspace)
    fails(workspace)
    found |= listed(workspace)
    found |= debug_scenarios.listed_while_debugging(workspace, listed)
    workspace.start("input('something to select')")
    workspace.wait_for("something to select")
    surfaces.by_command(workspace, "select-output")
    found |= listed(workspace)
    surfaces.by_command(workspace, "present")
    found |= listed(workspace)
    surfaces.by_command(workspace, "end-present")
    assert found == {name: entry.keys for name, entry in TESTED.items()}


# --- Programs ------------------------------------------------------------------------------------
@command("Run", "Ctrl+Enter")
def _run(workspace: Workspace, do: Do) -> None:
    do()
    workspace.wait_for("What is your name?")
    expect(workspace.run).to_be_disabled()
    workspace.stop.click()


@command("Stop", "Ctrl+.")
def _stop(workspace: Workspace, do: Do) -> None:
    workspace.run.click()
    workspace.wait_for("What is your name?")
    do()
    workspace.wait_for_end(Outcome.STOPPED)


@command("Restart", "Ctrl+Shift+Enter")
def _restart(workspace: Workspace, do: Do) -> None:
    workspace.start("print('old'); input()")
    workspace.wait_for("old")
    workspace.write("print('new'); input()")
    do()
    workspace.wait_for("new")
    assert "old" not in workspace.shown()
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


@command("Run options")
def _run_options(workspace: Workspace, do: Do) -> None:
    do()
    expect(surfaces.dialog(workspace)).to_contain_text("Program arguments")


@command("Running programs")
def _my_runs(workspace: Workspace, do: Do) -> None:
    workspace.start("input('still here?')")
    workspace.wait_for("still here?")
    do()
    shown = surfaces.dialog(workspace)
    expect(shown.get_by_role("listitem")).to_contain_text("in this window")
    shown.get_by_role("listitem").get_by_role("button").click()
    expect(shown).to_contain_text("None of your programs is running.")
    workspace.wait_for_end(Outcome.STOPPED)


@command("Clear the terminal", "Ctrl+Shift+Backspace")
def _clear(workspace: Workspace, do: Do) -> None:
    workspace.start("print('wombat')")
    workspace.wait_for_end(Outcome.COMPLETED)
    do()
    workspace.wait_until("() => window.coderunner.terminalText() === ''")
    expect(workspace.page.locator("#terminal-empty")).to_be_visible()


@command("Go to the error", "F8")
def _go_to_error(workspace: Workspace, do: Do) -> None:
    fails(workspace)
    do()
    workspace.page.keyboard.type("y = ")
    assert workspace.text() == "x = 1\ny = 1 / 0\n"


@command("Find in the terminal", "Ctrl+Shift+F")
def _find_in_terminal(workspace: Workspace, do: Do) -> None:
    workspace.terminal.click()  # elsewhere the keys find in files
    do()
    expect(workspace.page.locator("#terminal-search-field")).to_be_focused()


# --- Snippets ------------------------------------------------------------------------------------
@command("New snippet", "Alt+N")
def _new(workspace: Workspace, do: Do) -> None:
    do()
    expect(workspace.title).to_be_focused()
    expect(workspace.title).to_have_value("Untitled")
    assert workspace.text() == ""


@command("Examples")
def _examples(workspace: Workspace, do: Do) -> None:
    do()
    expect(surfaces.dialog(workspace)).to_contain_text("Towers of Hanoi")


@command("Save now", "Ctrl+S")
def _save(workspace: Workspace, do: Do) -> None:
    expect(workspace.save).to_have_text("Not saved yet")
    do()
    workspace.wait_for_save()
    expect(workspace.save).to_have_text("Saved")
    expect(workspace.page).to_have_url(re.compile(r"/snippets/\d+/$"))


@command("Search snippets", "Ctrl+Shift+O")
def _find_snippet(workspace: Workspace, do: Do) -> None:
    surfaces.by_command(workspace, "sidebar")
    do()
    expect(workspace.page.locator("#snippet-search")).to_be_focused()


@command("Rename the snippet")
def _rename(workspace: Workspace, do: Do) -> None:
    do()
    expect(workspace.title).to_be_focused()
    workspace.page.keyboard.type("Wombats")
    workspace.press("Enter")
    workspace.wait_for_save()
    expect(workspace.list).to_contain_text("Wombats")


@command("Duplicate the snippet")
def _duplicate(workspace: Workspace, do: Do) -> None:
    saved(workspace)
    do()
    expect(workspace.list.locator("li")).to_have_count(2)


@command("Share")
def _share(workspace: Workspace, do: Do) -> None:
    do()
    expect(surfaces.dialog(workspace).get_by_role("checkbox").first).not_to_be_checked()


@command("Download all files")
def _download(workspace: Workspace, do: Do) -> None:
    with workspace.page.expect_download() as download:
        do()
    assert download.value.suggested_filename == "main.py"


@command("Delete the snippet")
def _delete(workspace: Workspace, do: Do) -> None:
    saved(workspace)
    expect(workspace.list.locator("li")).to_have_count(1)
    do()
    expect(workspace.page.locator(".toast")).to_contain_text("was deleted")
    expect(workspace.list.locator("li")).to_have_count(0)


# --- Files ---------------------------------------------------------------------------------------
def tabs(workspace: Workspace) -> Locator:
    return workspace.page.locator("#tabs [role=tab]")


def with_two_files(workspace: Workspace) -> None:
    surfaces.by_command(workspace, "add-file")
    workspace.page.locator("#tabs .inline-input").fill("second.py")
    workspace.press("Enter")
    expect(tabs(workspace)).to_have_count(2)


@command("New file")
def _add_file(workspace: Workspace, do: Do) -> None:
    do()
    workspace.page.locator("#tabs .inline-input").fill("helper.py")
    workspace.press("Enter")
    expect(tabs(workspace)).to_have_text([re.compile("main.py$"), "helper.py"])


@command("Rename the file")
def _rename_file(workspace: Workspace, do: Do) -> None:
    do()
    workspace.page.locator("#tabs .inline-input").fill("start.py")
    workspace.press("Enter")
    expect(tabs(workspace)).to_have_text(["start.py"])


@command("Upload files…")
def _upload(workspace: Workspace, do: Do) -> None:
    with workspace.page.expect_file_chooser() as chooser:
        do()
    chooser.value.set_files(DATA)
    expect(tabs(workspace).last).to_have_text("data.csv")


@command("Next file", "Alt+PageDown")
def _next_file(workspace: Workspace, do: Do) -> None:
    with_two_files(workspace)
    tabs(workspace).first.click()
    do()
    expect(tabs(workspace).last).to_have_attribute("aria-selected", "true")


@command("Previous file", "Alt+PageUp")
def _last_file(workspace: Workspace, do: Do) -> None:
    with_two_files(workspace)
    do()
    expect(tabs(workspace).first).to_have_attribute("aria-selected", "true")


# --- The page ------------------------------------------------------------------------------------
@command("Show or hide the snippets", "Ctrl+B")
def _sidebar(workspace: Workspace, do: Do) -> None:
    sidebar = workspace.page.locator("#sidebar")
    do()
    expect(sidebar).to_be_hidden()
    do()
    expect(sidebar).to_be_visible()


@command("Go to the code")
def _go_code(workspace: Workspace, do: Do) -> None:
    workspace.terminal.click()
    do()
    expect(workspace.editor.locator(":focus")).to_have_count(1)


@command("Go to the terminal")
def _go_terminal(workspace: Workspace, do: Do) -> None:
    do()
    expect(workspace.terminal.locator(":focus")).to_have_count(1)


def font_sizes(workspace: Workspace, pixels: int) -> None:
    expect(workspace.editor.locator(".view-line").first).to_have_css("font-size", f"{pixels}px")
    surfaces.by_command(workspace, "settings")
    sizes = surfaces.dialog(workspace).locator("output")
    expect(sizes).to_have_text([f"{pixels} px"] * 2)


@command("Larger text", "Ctrl+Alt++")
def _larger(workspace: Workspace, do: Do) -> None:
    do()
    font_sizes(workspace, 15)


@command("Smaller text", "Ctrl+Alt+-")
def _smaller(workspace: Workspace, do: Do) -> None:
    do()
    font_sizes(workspace, 13)


@command("Screen reader support on or off")
def _screen_reader(workspace: Workspace, do: Do) -> None:
    do()
    surfaces.by_command(workspace, "settings")
    expect(workspace.page.get_by_label("Screen reader support")).to_be_checked()


@command("Settings", "Ctrl+,")
def _settings(workspace: Workspace, do: Do) -> None:
    do()
    expect(surfaces.dialog(workspace)).to_contain_text("Font size of the editor")


def theme(name: str, command_name: str) -> None:
    @command(command_name)
    def _theme(workspace: Workspace, do: Do) -> None:
        do()
        expect(workspace.page.locator("html")).to_have_attribute("data-theme", name)
        expect(workspace.page.get_by_test_id("theme")).to_have_value(name)


for _name, _command in {
    "system": "Theme: use system theme",
    "light": "Theme: light",
    "dark": "Theme: dark",
    "contrast": "Theme: high contrast",
}.items():
    theme(_name, _command)


def frame(workspace: Workspace) -> Locator:
    return workspace.page.locator("#terminal-frame")


@command("Terminal: like the page")
def _terminal_page(workspace: Workspace, do: Do) -> None:
    do()
    expect(frame(workspace)).to_have_css("background-color", "rgb(251, 252, 253)")


@command("Terminal: always dark")
def _terminal_dark(workspace: Workspace, do: Do) -> None:
    surfaces.by_command(workspace, "terminal-page")
    do()
    expect(frame(workspace)).to_have_css("background-color", "rgb(11, 14, 18)")


@command("Present", "Alt+P")
def _present(workspace: Workspace, do: Do) -> None:
    do()
    expect(workspace.editor.locator(".view-line").first).to_have_css("font-size", "22px")
    expect(workspace.page.locator("#sidebar")).to_be_hidden()
    surfaces.by_command(workspace, "end-present")


@command("End presenting", "Alt+P")
def _end_present(workspace: Workspace, do: Do) -> None:
    surfaces.by_command(workspace, "present")
    do()
    expect(workspace.page.locator("#end-presenting")).to_be_hidden()
    expect(workspace.editor.locator(".view-line").first).to_have_css("font-size", "14px")


# --- Each in both ways ---------------------------------------------------------------------------
@pytest.mark.parametrize("name", TESTED)
def test_a_command_of_the_list_does_what_it_says(workspace: Workspace, name: str) -> None:
    page = workspace.page

    def do() -> None:
        workspace.press("F1")
        page.locator(".palette-field").fill(name)
        page.locator("#palette-list").get_by_text(name, exact=True).click()
        expect(page.locator("#palette-list [data-id]")).to_have_count(0)

    TESTED[name].scenario(workspace, do)


@pytest.mark.parametrize("name", [name for name, entry in TESTED.items() if entry.keys])
def test_the_keys_of_a_command_do_the_same(workspace: Workspace, name: str) -> None:
    keys = re.split(r"\+(?!$)", TESTED[name].keys)
    TESTED[name].scenario(
        workspace, lambda: workspace.press("+".join(KEYS.get(key, key) for key in keys))
    )
