"""Breakpoints: stored with the snippet; conditions, counts and messages do as they say."""

from playwright.sync_api import Browser, Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.test_debugger import begin, panel, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
LOOP = """total = 0
for number in range(5):
    # adds it
    total += number
print("total", total)
"""


def breakpoints(workspace: Workspace) -> Locator:
    return workspace.page.locator("[data-testid=editor] .breakpoint")


def edit(workspace: Workspace, line: int, **fields: str) -> None:
    """By the command, at the line of the cursor."""
    page = workspace.page
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    for _ in range(line - 1):
        workspace.press("ArrowDown")
    workspace.press("F1")
    page.locator("#palette-list [data-id='edit-breakpoint']").click()
    for name, text in fields.items():
        page.get_by_test_id(f"breakpoint-{name}").fill(text)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()


def debug(workspace: Workspace) -> None:
    workspace.page.get_by_test_id("debug").click()


def test_they_are_there_in_another_browser_and_when_they_are_gone_they_are_gone(
    workspace: Workspace, browser: Browser
) -> None:
    workspace.wait_for_everything()
    workspace.write(LOOP)
    edit(workspace, 4, condition="number == 3")
    expect(workspace.editor.locator(".breakpoint-condition")).to_have_count(1)
    workspace.wait_for_save()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(workspace.page.context.cookies())  # type: ignore[arg-type]
    other = Workspace(context.new_page())
    other.page.goto(workspace.page.url)
    other.wait_for_everything()
    expect(other.editor.locator(".breakpoint-condition")).to_have_count(1)
    debug(other)
    stopped(other, 4)
    expect(value(other, "number")).to_have_text("3")
    other.stop.click()
    other.wait_for_end(Outcome.STOPPED)
    other.page.evaluate("() => window.coderunner.setBreakpoint(4)")
    expect(breakpoints(other)).to_have_count(0)
    other.wait_for_save()
    workspace.page.reload()
    workspace.wait_for_everything()
    expect(breakpoints(workspace)).to_have_count(0)
    context.close()


def test_they_move_with_the_text_are_undone_with_it_and_follow_the_name_of_their_file(
    workspace: Workspace,
) -> None:
    workspace.wait_for_everything()
    workspace.write(LOOP)
    workspace.page.evaluate("() => window.coderunner.setBreakpoint(4)")
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    workspace.page.keyboard.type("# a line\n")
    workspace.wait_for_save()
    workspace.page.reload()
    workspace.wait_for_everything()
    debug(workspace)
    stopped(workspace, 5)


def test_one_with_a_message_prints_it_where_the_program_prints(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.write(LOOP)
    edit(workspace, 4, condition="number > 2", log="now {number} and {total}")
    debug(workspace)
    workspace.wait_for("total 10", seconds=30)
    workspace.wait_for_end(Outcome.COMPLETED)
    assert workspace.shown().split("total 10")[0].strip() == "now 3 and 3\nnow 4 and 6"


def test_one_with_a_count_stops_from_that_time_on(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.write(LOOP)
    edit(workspace, 4, hits=">= 4")
    debug(workspace)
    for number in ("3", "4"):
        stopped(workspace, 4)
        expect(value(workspace, "number")).to_have_text(number)
        workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for_end(Outcome.COMPLETED)


def test_one_whose_condition_is_wrong_stops_and_says_so(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.write(LOOP)
    edit(workspace, 5, condition="totl > 3")
    debug(workspace)
    stopped(workspace, 5)
    said = panel(workspace).locator(".debug-status")
    expect(said).to_contain_text("The condition totl > 3 in line 5")
    expect(said).to_contain_text("NameError: name 'totl' is not defined")


def test_one_in_a_comment_stops_below_it(workspace: Workspace) -> None:
    begin(workspace, LOOP, 3)
    stopped(workspace, 4)
    expect(breakpoints(workspace)).to_have_count(1)
