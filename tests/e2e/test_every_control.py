# size: one table, of which no part is used alone
"""Every button, link and field of the workspace: called what it is, reachable, and true.

The controls are read from the page. A new one needs a scenario here, or
`test_every_control_of_the_page_has_a_scenario` fails. What a command does is tested in
`test_every_command.py`; here its buttons are.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import HAS_DEBUGGER
from tests.e2e import surfaces
from tests.e2e.scenarios import DATA, TESTED
from tests.e2e.test_every_command import saved, tabs
from tests.e2e.workspace import Workspace
from tests.product import WebServer

Use = Callable[[Workspace, Locator], None]
USES: dict[str, Use] = {}

# A name for each control that can be seen: its command, its id, its place or what is in it.
NAMES = """() => {
    const CONTROLS =
        "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=tab]";
    const name = (one) => {
        if (one.closest("[data-testid=editor]")) return "editor";
        if (one.closest("[data-testid=terminal]")) return "terminal";
        if (one.dataset.command) return `[data-command=${one.dataset.command}]`;
        if (one.dataset.testid) return `[data-testid=${one.dataset.testid}]`;
        if (one.id) return `#${one.id}`;
        if (one.getAttribute("href")) return `a[href="${one.getAttribute("href")}"]`;
        if (one.getAttribute("role") === "tab") return "[role=tab]";
        if (one.form) return `form[action="${one.form.getAttribute("action")}"] button`;
        return one.className ? `.${one.className.split(" ").join(".")}` : one.localName;
    };
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    return [...new Set([...document.querySelectorAll(CONTROLS)].filter(shown).map(name))];
}"""
# What a screen reader would say nothing about, or what keys cannot reach.
UNREACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => one.tabIndex < 0 && !one.closest("[role=tablist], [role=toolbar], .editor"))
    .map((one) => one.outerHTML.slice(0, 120))"""


def use(*names: str) -> Callable[[Use], Use]:
    def register(function: Use) -> Use:
        USES.update(dict.fromkeys(names, function))
        return function

    return register


@pytest.fixture
def workspace(one_page: Workspace, site: WebServer) -> Iterator[Workspace]:
    """With one snippet, and the menu of the account open, of which all is to be seen."""
    surfaces.start_anew(one_page, site.url)
    saved(one_page)
    expect(one_page.list.locator("li")).to_have_count(1)
    yield one_page
    assert one_page.complaints == []


def controls(page: Page) -> list[str]:
    page.locator("details.menu summary").click()
    found = page.evaluate(NAMES)
    page.locator("details.menu summary").click()
    return [str(name) for name in found]


def test_every_control_of_the_page_has_a_scenario(workspace: Workspace) -> None:
    found = set(controls(workspace.page))
    buttons = {name for name in found if name.startswith("[data-command=")}
    assert found - buttons == set(USES)
    assert workspace.page.evaluate(UNREACHABLE) == []


def test_every_button_of_a_command_is_called_as_the_list_calls_it(workspace: Workspace) -> None:
    page = workspace.page
    workspace.press("F1")
    names = {
        item.get_attribute("data-id"): item.locator("span").first.inner_text()
        for item in page.locator("#palette-list [role=option]").all()
    }
    workspace.press("Escape")
    buttons = page.locator("[data-command]")
    for button in buttons.all():
        command = button.get_attribute("data-command")
        if name := names.get(command):  # a command that cannot be given now is not in the list
            keys = TESTED[name].keys
            wanted = f"{name} ({keys})" if keys else name
            assert button.get_attribute("title") == wanted
            label = button.get_attribute("aria-label") or button.text_content()
            assert label
            assert label.strip()


COMMAND_BUTTONS = {
    **({"debug": "Debug the program"} if HAS_DEBUGGER else {}),
    "sidebar": "Show or hide the snippets",
    "run": "Run",
    "run-options": "Run options",
    "stop": "Stop",
    "restart": "Restart",
    "my-runs": "Running programs",
    "share": "Share",
    "settings": "Settings",
    "examples": "Examples",
    "new": "New snippet",
    "find": "Find",
    "find-in-terminal": "Find in the terminal",
    "clear": "Clear the terminal",
    "problems": "Problems in the code",
    "format": "Format the code",
    "go-to-error": "Go to the error",
    "present": "Present",
    "end-present": "End presenting",
}


@pytest.mark.parametrize("name", COMMAND_BUTTONS)
def test_the_button_of_a_command_gives_it(workspace: Workspace, site: WebServer, name: str) -> None:
    surfaces.start_anew(workspace, site.url)
    page = workspace.page

    def press() -> None:
        if name in ("present", "my-runs"):
            page.locator("details.menu summary").click()
        page.locator(f"[data-command={name}]:visible").first.click()

    TESTED[COMMAND_BUTTONS[name]].scenario(workspace, press)


def test_those_are_all_buttons_of_commands(workspace: Workspace) -> None:
    named = workspace.page.locator("[data-command]").evaluate_all(
        "buttons => buttons.map((button) => button.dataset.command)"
    )
    # That of the debugger is hidden where there is none.
    assert set(named) == {*COMMAND_BUTTONS, "debug", "palette"}
    workspace.page.locator("[data-command=palette]").click()
    expect(surfaces.dialog(workspace)).to_contain_text("Go to the code")


@pytest.mark.parametrize("name", USES)
def test_a_control_does_what_it_says(workspace: Workspace, name: str) -> None:
    css = {"editor": "[data-testid=editor]", "terminal": "[data-testid=terminal]"}.get(name, name)
    USES[name](workspace, workspace.page.locator(css).first)


# --- The header ----------------------------------------------------------------------------------
@use('a[href="#content"]')
def _skip(workspace: Workspace, link: Locator) -> None:
    link.focus()
    expect(link).to_be_in_viewport()
    workspace.press("Enter")
    expect(workspace.page.locator("#content")).to_be_focused()


@use(
    'a[href="/"]', 'a[href="/snippets/"]', 'a[href="/runs/"]', 'a[href="/accounts/email/"]',
    'a[href="/accounts/data/"]', 'a[href="/accounts/sessions/"]', 'a[href="/accounts/2fa/"]',
    'a[href="/accounts/password/change/"]', 'a[href="/packages/"]', 'a[href="/classes/"]',
)  # fmt: skip
def _link(workspace: Workspace, link: Locator) -> None:
    if link.is_hidden():
        workspace.page.locator("details.menu summary").click()
    target = link.get_attribute("href")
    link.click()
    expect(workspace.page).to_have_url(re.compile(f"{target}$"))
    expect(workspace.page.locator("h1")).to_have_count(1)


@use("[data-testid=snippet-title]")
def _title(workspace: Workspace, field: Locator) -> None:
    field.fill("Wombats")
    expect(workspace.list).to_contain_text("Wombats")


@use("[data-testid=save]")
def _save(workspace: Workspace, button: Locator) -> None:
    workspace.write("print('changed')\n")
    expect(button).to_have_text("Unsaved changes")
    with workspace.page.expect_request("**/snippets/*/"):
        button.click()
    workspace.wait_for_save()


@use("[data-testid=theme]")
def _theme(workspace: Workspace, select: Locator) -> None:
    select.select_option("contrast")
    expect(workspace.page.locator("html")).to_have_attribute("data-theme", "contrast")


@use("summary")
def _account(workspace: Workspace, summary: Locator) -> None:
    summary.press("Enter")
    menu = workspace.page.locator(".menu-items")
    expect(menu).to_contain_text("Signed in as")
    workspace.press("Escape")
    expect(menu).to_be_hidden()


@use('form[action="/i18n/setlang/"] button')
def _language(workspace: Workspace, _: Locator) -> None:
    page = workspace.page
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Deutsch").click()
    expect(workspace.run).to_have_text("Start")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="English").click()
    expect(workspace.run).to_have_text("Run")


@use('form[action="/accounts/logout/"] button')
def _sign_out(workspace: Workspace, button: Locator) -> None:
    page = workspace.page
    page.locator("details.menu summary").click()
    # Not for real: other tests go on with this session. So the sign-in page leads back.
    there = {"Location": "/accounts/login/"}
    page.route("**/accounts/logout/", lambda route: route.fulfill(status=302, headers=there))
    with page.expect_request("**/accounts/logout/") as request, page.expect_event("framenavigated"):
        button.click()
    assert request.value.method == "POST"
    page.unroute("**/accounts/logout/")
    workspace.wait_for_connection()


# --- The list ------------------------------------------------------------------------------------
@use("#snippet-search")
def _search(workspace: Workspace, field: Locator) -> None:
    field.fill("wombat")
    expect(workspace.page.locator("#snippets-empty")).to_contain_text("No match for “wombat”.")


@use(".row-open")
def _row(workspace: Workspace, row: Locator) -> None:
    workspace.press("Alt+n")
    expect(workspace.title).to_have_value("Untitled")
    row.click()
    expect(workspace.title).to_have_value("My first program")


@use(".icon-button")
def _row_menu(workspace: Workspace, _: Locator) -> None:
    button = workspace.page.get_by_label("Actions for My first program")
    button.press("Enter")
    items = workspace.page.get_by_role("menuitem")
    expect(items).to_have_text(["Rename", "Duplicate", "Download", "Delete"])
    expect(items.first).to_be_focused()
    workspace.press("ArrowUp")
    expect(items.last).to_be_focused()
    workspace.press("Escape")
    expect(items).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("item", ["Rename", "Duplicate", "Download", "Delete"])
def test_an_entry_of_a_snippets_menu_does_what_it_says(workspace: Workspace, item: str) -> None:
    page = workspace.page
    rows = workspace.list.locator("li")
    page.get_by_label("Actions for My first program").click()
    entry = page.get_by_role("menuitem", name=item)
    if item == "Download":
        with page.expect_download() as download:
            entry.click()
        assert download.value.suggested_filename == "main.py"
        return
    entry.click()
    if item == "Rename":
        page.keyboard.type("Wombats")
        workspace.press("Enter")
        expect(workspace.title).to_have_value("Wombats")
    elif item == "Duplicate":
        expect(rows).to_have_count(2)
    else:
        expect(rows).to_have_count(0)
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(rows).to_have_count(1)


# --- Files, the editor ---------------------------------------------------------------------------
@use("[role=tab]")
def _tab(workspace: Workspace, tab: Locator) -> None:
    tab.dblclick()
    workspace.page.locator("#tabs .inline-input").fill("start.py")
    workspace.press("Enter")
    expect(tabs(workspace)).to_have_text(["start.py"])


@use("#add-file")
def _add_file(workspace: Workspace, button: Locator) -> None:
    button.click()
    workspace.page.locator("#tabs .inline-input").fill("helper.py")
    workspace.press("Enter")
    expect(tabs(workspace).last).to_have_text("helper.py")


@use("#file-menu")
def _file_menu(workspace: Workspace, button: Locator) -> None:
    button.press("Enter")
    expect(workspace.page.get_by_role("menuitem").first).to_be_focused()
    workspace.press("Escape")
    expect(button).to_be_focused()


FILE_MENU: dict[str, Callable[[Page], None]] = {
    "Rename the file": lambda page: expect(page.locator("#tabs .inline-input")).to_be_focused(),
    "Set as main file": lambda page: expect(
        tab_of(page, "second.py").locator("svg")
    ).to_be_visible(),
    "Files of the program": lambda page: expect(page.get_by_test_id("files-add")).to_be_visible(),
    "Delete the file": lambda page: expect(page.locator("#tabs [role=tab]")).to_have_count(1),
}


def tab_of(page: Page, path: str) -> Locator:
    return page.locator("#tabs [role=tab]").filter(has_text=path)


def two_files(workspace: Workspace) -> None:
    _add_file(workspace, workspace.page.locator("#add-file"))
    surfaces.by_command(workspace, "rename-file")
    workspace.page.locator("#tabs .inline-input").fill("second.py")
    workspace.press("Enter")
    expect(tabs(workspace)).to_have_count(2)


@pytest.mark.parametrize("item", FILE_MENU)
def test_an_entry_of_the_file_menu_does_what_it_says(workspace: Workspace, item: str) -> None:
    two_files(workspace)
    workspace.page.locator("#file-menu").click()
    workspace.page.get_by_role("menuitem", name=item).click()
    FILE_MENU[item](workspace.page)


@pytest.mark.parametrize(
    ("item", "name"),
    [("Download the file", "second.py"), ("Download all as zip", "My first program.zip")],
)
def test_files_are_downloaded_from_their_menu(workspace: Workspace, item: str, name: str) -> None:
    two_files(workspace)
    workspace.page.locator("#file-menu").click()
    with workspace.page.expect_download() as download:
        workspace.page.get_by_role("menuitem", name=item).click()
    assert download.value.suggested_filename == name


def test_files_are_uploaded_from_their_menu(workspace: Workspace) -> None:
    workspace.page.locator("#file-menu").click()
    with workspace.page.expect_file_chooser() as chooser:
        workspace.page.get_by_role("menuitem", name="Upload files…").click()
    chooser.value.set_files(DATA)
    expect(tabs(workspace).last).to_have_text("data.csv")


@use("[data-testid=language]")
def _language_select(workspace: Workspace, select: Locator) -> None:
    offered = select.locator("> option, optgroup option:enabled")
    expect(offered.first).to_have_text(re.compile(r"^Python 3\.\d+"))
    expect(select).to_have_value("python")


@use("editor")
def _editor(workspace: Workspace, editor: Locator) -> None:
    editor.click()
    workspace.press("Control+Home")
    workspace.page.keyboard.type("# by hand")
    workspace.press("Enter")
    assert workspace.text().startswith("# by hand\n")


# --- The terminal --------------------------------------------------------------------------------
@use("#splitter")
def _splitter(workspace: Workspace, splitter: Locator) -> None:
    before = workspace.editor.bounding_box()
    splitter.press("ArrowRight")
    after = workspace.editor.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]
    expect(splitter).to_have_attribute("aria-valuenow", "52")


@use("terminal")
def _terminal(workspace: Workspace, _: Locator) -> None:
    workspace.start("print('Hello', input())\n")
    workspace.wait_for_state("running")
    workspace.type("Ada\n")
    workspace.wait_for("Hello Ada")
    workspace.wait_for_end(Outcome.COMPLETED)
