"""What the page can do by keys and by the palette, and what it remembers."""

from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer


def test_restart_stops_and_runs_the_newest_text(workspace: Workspace) -> None:
    workspace.start("print('old'); input()")
    workspace.wait_for("old")
    workspace.write("print('new'); input()")
    workspace.press("Control+Shift+Enter")
    workspace.wait_for("new")
    workspace.wait_for_state("running")
    workspace.press("Control+.")
    workspace.wait_for_end(Outcome.STOPPED)


def test_what_was_printed_is_searched(workspace: Workspace) -> None:
    workspace.start("for i in range(300): print('line', i)")
    workspace.wait_for("line 299")
    workspace.terminal.click()
    workspace.press("Control+Shift+f")
    field = workspace.page.get_by_label("Find in the terminal").last
    field.fill("line 17")
    selected = workspace.page.get_by_role("status").filter(has_text="No results")
    expect(field).to_have_attribute("aria-invalid", "false")  # it was looked for
    expect(selected).to_have_count(0)
    field.fill("nothing of the kind")
    expect(selected).to_be_visible()
    workspace.press("Escape")
    expect(field).to_be_hidden()


def test_an_example_runs_by_keyboard_alone(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.press("F1")
    workspace.page.keyboard.type("exam")
    workspace.press("Enter")
    expect(workspace.page.get_by_role("dialog")).to_contain_text("Snake")
    assert serious_violations(workspace.page) == []
    workspace.page.get_by_role("button", name="Times table").press("Enter")
    expect(workspace.title).to_have_value("Times table")
    workspace.press("Control+Enter")
    workspace.wait_for("100")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_what_is_selected_is_copied_for_who_wants_that(
    workspace: Workspace, context: BrowserContext
) -> None:
    page = workspace.page
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('before')")
    workspace.start("print('wombat\\n' * 100)")
    workspace.wait_for_end(Outcome.COMPLETED)
    clipboard = "async wanted => (await navigator.clipboard.readText()) === wanted"
    for wanted in ("before", "wombat"):
        workspace.terminal.dblclick(position={"x": 30, "y": 200})
        workspace.wait_until(clipboard, wanted)
        workspace.press("Control+,")
        with page.expect_response("**/preferences/"):
            page.get_by_label("Copy on select").set_checked(wanted == "before")
        workspace.press("Escape")
    workspace.reload()  # it is remembered
    workspace.press("Control+,")
    expect(page.get_by_label("Copy on select")).not_to_be_checked()
    expect(page.get_by_label("Screen reader support")).not_to_be_checked()


def test_preferences_are_remembered_and_every_theme_is_legible(
    workspace: Workspace, context: BrowserContext
) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    workspace.start("print('\\033[31mred\\033[0m and \\033[90mgrey\\033[0m')")
    workspace.wait_for_end(Outcome.COMPLETED)
    for theme in ("light", "contrast", "dark"):
        with page.expect_response("**/preferences/"):
            page.get_by_test_id("theme").select_option(theme)
        assert serious_violations(page) == []
    workspace.press("Control+,")
    with page.expect_response("**/preferences/"):
        page.get_by_role("button", name="Font size of the editor: Larger").click()
    with page.expect_response("**/preferences/"):
        page.get_by_label("Screen reader support").check()
    assert serious_violations(page) == []
    workspace.press("Escape")
    workspace.reload()
    workspace.wait_for_everything()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    workspace.press("Control+,")
    expect(page.get_by_role("dialog")).to_contain_text("15 px")
    expect(page.get_by_label("Screen reader support")).to_be_checked()


def test_the_page_speaks_german(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    expect(workspace.run).to_have_text("Start")
    workspace.run.click()
    workspace.wait_for("name?")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    workspace.wait_for("Du hast dein Programm gestoppt")
    expect(workspace.state).to_have_text("Gestoppt")
    assert workspace.complaints == []
