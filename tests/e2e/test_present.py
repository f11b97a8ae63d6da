"""Present mode: for showing the page to a class."""

from playwright.sync_api import Locator, expect

from tests.e2e import surfaces
from tests.e2e.pages import ASK
from tests.e2e.workspace import Workspace

BUSY = "while True:\n    print('got', repr(input()))\n"


def end_button(workspace: Workspace) -> Locator:
    return workspace.page.locator("#end-presenting")


def test_the_page_is_large_and_shows_no_names(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    name = page.locator(".avatar + .menu-name").inner_text()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Present").click()
    expect(end_button(workspace)).to_be_visible()
    for hidden in ("#sidebar", ".site-nav", ".brand", "#toggle-sidebar"):
        expect(page.locator(hidden)).to_be_hidden()
    assert name not in page.locator("body").inner_text()
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    expect(workspace.editor.locator(".view-line").first).to_have_css("font-size", "22px")
    expect(page.locator(".tab").first).to_have_css("font-size", "18px")
    expect(page.locator("#status")).to_have_css("font-size", "18px")
    assert workspace.terminal.locator(".xterm-rows, canvas").count() > 0
    page.keyboard.press("Alt+p")
    expect(end_button(workspace)).to_be_hidden()


def test_nothing_of_it_is_saved(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    surfaces.by_command(workspace, "present")
    line = workspace.editor.locator(".view-line").first
    workspace.press("Control+Alt++")
    expect(line).to_have_css("font-size", "23px")
    surfaces.by_command(workspace, "theme-light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    with page.expect_response("**/preferences/"):
        surfaces.by_command(workspace, "terminal-page")  # this is not of Present mode, and is saved
    stored = page.evaluate(ASK, ["GET", "/preferences/", None])
    assert (stored["theme"], stored["font_size"], stored["terminal_theme"]) == (
        "system",
        14,
        "page",
    )
    end_button(workspace).click()
    expect(line).to_have_css("font-size", "14px")
    expect(page.locator("html")).to_have_attribute("data-theme", "system")
    surfaces.by_command(workspace, "present")
    workspace.reload()
    expect(end_button(workspace)).to_be_hidden()
    expect(page.locator("#sidebar")).to_be_visible()


def test_escape_reaches_the_program_while_it_runs(workspace: Workspace) -> None:
    workspace.start(BUSY)
    workspace.wait_for_state("running")
    surfaces.by_command(workspace, "present")
    workspace.terminal.click()
    workspace.press("Escape")
    workspace.press("Enter")
    workspace.wait_for(r"got '\x1b'")
    expect(end_button(workspace)).to_be_visible()
    expect(end_button(workspace).locator("kbd")).to_be_hidden()
    workspace.editor.click()
    expect(end_button(workspace).locator("kbd")).to_be_visible()
    workspace.stop.click()
    workspace.wait_for_state("finished")
    workspace.terminal.click()
    workspace.press("Escape")
    expect(end_button(workspace)).to_be_hidden()


def test_escape_closes_what_is_open_and_then_ends_it(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    surfaces.by_command(workspace, "present")
    workspace.press("F1")
    workspace.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(end_button(workspace)).to_be_visible()
    surfaces.by_command(workspace, "find")
    find = workspace.editor.locator(".find-widget.visible")
    expect(find).to_be_visible()
    workspace.press("Escape")
    expect(find).to_have_count(0)
    expect(end_button(workspace)).to_be_visible()
    workspace.press("Escape")
    expect(end_button(workspace)).to_be_hidden()


def test_shortcuts_are_shown_and_text_is_not(workspace: Workspace) -> None:
    page = workspace.page
    shown = page.locator("#pressed-keys kbd")
    workspace.start("import getpass\ngetpass.getpass()\ninput('done')\n")
    workspace.wait_for("Password:")
    workspace.press("Enter")
    assert shown.count() == 0  # not while nobody presents
    workspace.press("Control+Shift+Enter")
    workspace.wait_for("Password:")
    surfaces.by_command(workspace, "present")
    workspace.terminal.click()
    page.keyboard.type("S3cret pass")
    workspace.press("ArrowUp")
    workspace.press("Control+c")
    expect(shown).to_have_text(["↑", "Ctrl+C"])
    expect(shown).to_have_count(0)  # after a moment
