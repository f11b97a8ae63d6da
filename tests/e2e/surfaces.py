# size: one list of everything that opens
"""Everything that opens on the workspace page: dialogs, menus, bars and fields.

Each function opens one of them in any language and at any size, and returns it.
"""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import FilePayload, Locator, TimeoutError, expect

from runner.protocol.preferences import Preferences
from tests.e2e.page_scripts import DRAG, FORGET, PREFER_POLLS, SAVE_ELSEWHERE
from tests.e2e.shown_programs import CALLS, CURSES
from tests.e2e.workspace import Workspace

PREFERENCES = Preferences(theme="light").model_dump(mode="json")
Opener = Callable[[Workspace], Locator]
OPENERS: dict[str, Opener] = {}

FILES = ["main.py", "a_module_with_a_long_name.py"]


def start_anew(workspace: Workspace, url: str, **preferences: object) -> None:
    """Loads the page as a new student sees it: a program that is not saved, and no other."""
    page = workspace.page
    if page.locator("dialog[open]").count():
        workspace.press("Escape")
    if workspace.stop.count() and workspace.stop.is_enabled():
        with suppress(TimeoutError):  # the program has ended by itself meanwhile
            workspace.stop.click(timeout=2_000)
        workspace.wait_for_state("finished")
    page.goto(url + "/runs/")
    page.evaluate(FORGET, PREFERENCES | preferences)
    page.context.clear_cookies(name="django_language")
    page.goto(url)
    workspace.wait_for_connection()
    expect(workspace.editor.locator(".view-line, .cm-line").first).to_be_visible(timeout=20_000)


def opener(function: Opener) -> Opener:
    OPENERS[function.__name__] = function
    return function


def dialog(workspace: Workspace) -> Locator:
    opened = workspace.page.locator("dialog[open]")
    expect(opened).to_be_visible()
    return opened


def by_command(workspace: Workspace, command: str) -> None:
    """As a user of the list of commands does."""
    workspace.press("F1")
    workspace.page.locator(f"#palette-list [data-id='{command}']").click()


def show_list(workspace: Workspace) -> Locator:
    """The list of snippets, with one that is saved."""
    page = workspace.page
    by_command(workspace, "save")
    workspace.wait_for_save()
    if page.locator("#sidebar").is_hidden():
        by_command(workspace, "sidebar")
    expect(workspace.list.locator("li").first).to_be_visible()
    return page.locator("#sidebar")


# --- Dialogs -------------------------------------------------------------------------------------
@opener
def commands(workspace: Workspace) -> Locator:
    workspace.press("F1")
    return dialog(workspace)


@opener
def commands_none_found(workspace: Workspace) -> Locator:
    workspace.press("F1")
    workspace.page.locator(".palette-field").fill("wombat")
    return dialog(workspace)


def find_in_files(workspace: Workspace, text: str) -> Locator:
    workspace.write(CALLS)
    by_command(workspace, "find_in_files")
    workspace.page.locator(".palette-field").fill(text)
    return dialog(workspace)


@opener
def find_in_files_hint(workspace: Workspace) -> Locator:
    return find_in_files(workspace, "")


@opener
def find_in_files_found(workspace: Workspace) -> Locator:
    shown = find_in_files(workspace, "name")
    expect(shown.locator("mark")).to_have_count(6)
    return shown


@opener
def find_in_files_none_found(workspace: Workspace) -> Locator:
    shown = find_in_files(workspace, "wombat")
    expect(shown.locator("mark")).to_have_count(0)
    return shown


@opener
def find_in_files_many_found(workspace: Workspace) -> Locator:
    shown = find_in_files(workspace, "o")
    expect(shown.locator("mark")).to_have_count(200)
    return shown


@opener
def settings(workspace: Workspace) -> Locator:
    by_command(workspace, "settings")
    return dialog(workspace)


@opener
def run_options(workspace: Workspace) -> Locator:
    by_command(workspace, "run-options")
    workspace.page.locator("#arguments").fill("--name 'Ada Lovelace' --year 1843 \"\" notes.txt")
    workspace.page.locator(".run-options input[type=checkbox]").check()
    return dialog(workspace)


@opener
def run_options_unclosed(workspace: Workspace) -> Locator:
    by_command(workspace, "run-options")
    workspace.page.locator("#arguments").fill("--name 'Ada Lovelace")
    return dialog(workspace)


@opener
def examples(workspace: Workspace) -> Locator:
    by_command(workspace, "examples")
    return dialog(workspace)


@opener
def share_off(workspace: Workspace) -> Locator:
    by_command(workspace, "share")
    return dialog(workspace)


@opener
def share_on(workspace: Workspace) -> Locator:
    shown = share_off(workspace)
    boxes = shown.get_by_role("checkbox")
    boxes.first.check()
    expect(shown.locator("input[readonly]").first).to_be_visible()
    if boxes.count() > 1:
        boxes.last.check()
        expect(shown.locator("input[readonly]").last).to_be_visible()
    return shown


@opener
def share_changed(workspace: Workspace) -> Locator:
    share_on(workspace)
    workspace.press("Escape")
    workspace.write("print('changed since')\n")
    by_command(workspace, "share")
    shown = dialog(workspace)
    expect(shown.locator(".shared-version button")).to_be_visible()
    return shown


@opener
def my_runs(workspace: Workspace) -> Locator:
    workspace.run.click()
    workspace.wait_for("name?")
    by_command(workspace, "my-runs")
    shown = dialog(workspace)
    expect(shown.locator("li")).to_have_count(1)
    return shown


@opener
def my_runs_none(workspace: Workspace) -> Locator:
    by_command(workspace, "my-runs")
    shown = dialog(workspace)
    expect(shown.locator("[role=status]")).not_to_be_empty()
    return shown


# --- Menus ---------------------------------------------------------------------------------------
@opener
def file_menu(workspace: Workspace) -> Locator:
    workspace.page.locator("#file-menu").click()
    return workspace.page.locator(".popup-menu")


@opener
def tab_menu(workspace: Workspace) -> Locator:
    workspace.page.locator("#tabs [role=tab]").first.click(button="right")
    return workspace.page.locator(".popup-menu")


@opener
def snippet_menu(workspace: Workspace) -> Locator:
    show_list(workspace).locator(".row .icon-button").first.click()
    return workspace.page.locator(".popup-menu")


@opener
def account_menu(workspace: Workspace) -> Locator:
    workspace.page.locator("details.menu summary").click()
    return workspace.page.locator(".menu-items")


# --- The list ------------------------------------------------------------------------------------
@opener
def snippet_list(workspace: Workspace) -> Locator:
    return show_list(workspace)


@opener
def snippet_list_none_found(workspace: Workspace) -> Locator:
    shown = show_list(workspace)
    workspace.page.locator("#snippet-search").fill("wombat")
    expect(workspace.page.locator("#snippets-empty")).to_be_visible()
    return shown


@opener
def snippet_list_empty(workspace: Workspace) -> Locator:
    if workspace.page.locator("#sidebar").is_hidden():
        by_command(workspace, "sidebar")
    expect(workspace.page.locator("#snippets-empty")).to_be_visible()
    return workspace.page.locator("#sidebar")


@opener
def snippet_rename(workspace: Workspace) -> Locator:
    snippet_menu(workspace).get_by_role("menuitem").first.click()
    return workspace.page.locator("#sidebar")


# --- Fields and bars -----------------------------------------------------------------------------
@opener
def file_name(workspace: Workspace) -> Locator:
    by_command(workspace, "add-file")
    expect(workspace.page.locator("#tabs .inline-input")).to_be_visible()
    return workspace.page.locator("#editor-pane .pane-head")


@opener
def file_name_refused(workspace: Workspace) -> Locator:
    shown = file_name(workspace)
    workspace.page.locator("#tabs .inline-input").fill("../secret.py")
    expect(workspace.page.locator(".inline-problem")).to_be_visible()
    return shown


@opener
def title_refused(workspace: Workspace) -> Locator:
    workspace.title.fill("")
    expect(workspace.page.locator("#title-problem")).to_be_visible()
    return workspace.page.locator("#title-problem")


@opener
def terminal_search(workspace: Workspace) -> Locator:
    by_command(workspace, "find-in-terminal")
    workspace.page.locator("#terminal-search-field").fill("wombat")
    expect(workspace.page.locator("#terminal-search-result")).not_to_be_empty()
    return workspace.page.locator("#terminal-search")


@opener
def undo_toast(workspace: Workspace) -> Locator:
    show_list(workspace)
    by_command(workspace, "delete")
    expect(workspace.page.locator(".toast .button")).to_be_visible()
    return workspace.page.locator(".toast")


@opener
def upload_problems(workspace: Workspace) -> Locator:
    workspace.page.locator("#upload").set_input_files(
        [
            FilePayload(name=f"{name}\u200b.py", mimeType="text/x-python", buffer=b"print(1)")
            for name in ("cat", "a_program_with_a_long_name_about_the_last_holidays", "dog")
        ]
    )
    shown = workspace.page.locator(".toast.lasting")
    expect(shown.locator("li")).to_have_count(3)
    return shown


@opener
def converted_file(workspace: Workspace) -> Locator:
    workspace.page.locator("#upload").set_input_files(
        {"name": "noten.csv", "mimeType": "text/csv", "buffer": "Müller;2".encode("cp1252")}
    )
    expect(workspace.page.locator(".tab-note")).to_be_visible()
    return workspace.page.locator("#editor-pane .pane-head")


@opener
def drop_target(workspace: Workspace) -> Locator:
    workspace.page.evaluate(DRAG, "dragenter")
    workspace.page.evaluate(DRAG, "dragover")
    return workspace.page.locator("#drop-target")


@opener
def conflict(workspace: Workspace) -> Locator:
    page = workspace.page
    workspace.write("print('mine, saved first')\n")
    workspace.wait_for_save()
    number = int(page.url.rstrip("/").rpartition("/")[2])
    saved = page.request.get(page.url, headers={"Accept": "application/json"}).json()
    theirs = "print('theirs')\nprint('A line that is not mine')\n"
    assert page.evaluate(SAVE_ELSEWHERE, [number, saved["version"], theirs]) == 200
    workspace.write("print('mine, changed')\n")
    workspace.wait_for_save("conflict")
    return page.locator("#conflict")


@opener
def compare(workspace: Workspace) -> Locator:
    conflict(workspace).locator("#conflict-compare").click()
    return dialog(workspace)


# --- The whole page ------------------------------------------------------------------------------
@opener
def first_page(workspace: Workspace) -> Locator:
    return workspace.page.locator("body")


@opener
def running(workspace: Workspace) -> Locator:
    workspace.run.click()
    workspace.wait_for_state("running")
    workspace.wait_for("name?")
    return workspace.page.locator("body")


@opener
def failed(workspace: Workspace) -> Locator:
    workspace.start("numbers = []\nprint('The mean is', sum(numbers) / len(numbers))\n")
    workspace.wait_for_state("finished")
    return workspace.page.locator("body")


@opener
def full_screen_program(workspace: Workspace) -> Locator:
    workspace.start(CURSES)
    workspace.wait_for("Length 4")
    return workspace.page.locator("body")


@opener
def output_held(workspace: Workspace) -> Locator:
    workspace.start(
        "import time\nfor number in range(1000): print('tick', number); time.sleep(0.1)\n"
    )
    workspace.wait_for("tick 1")
    workspace.terminal.locator("textarea").focus()
    workspace.press("Control+s")
    shown = workspace.page.locator("#terminal-notice")
    expect(shown).to_be_visible()
    return shown


@opener
def presenting(workspace: Workspace) -> Locator:
    workspace.start("print('Hello')\nname = input('What is your name? ')\n")
    workspace.wait_for("name?")
    by_command(workspace, "present")
    workspace.page.locator("#end-presenting").wait_for()
    by_command(workspace, "go-code")
    workspace.press("Control+Home")
    workspace.press("ArrowDown")
    workspace.press("Control+Shift+End")
    return workspace.page.locator("body")


@opener
def blocked_websockets(workspace: Workspace) -> Locator:
    """The bar that says so; the tab remembers that requests do the work."""
    page = workspace.page
    page.evaluate(PREFER_POLLS)
    workspace.reload()
    bar = page.get_by_test_id("way-problem")
    expect(bar).to_be_visible()
    bar.locator("summary").click()
    return bar
