"""What the debugger and the view of steps show belongs to their program, and to no other one."""

from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.test_debugger import CALLS, begin, panel, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
STEPS = "total = 0\nfor n in range(3):\n    total += n\nprint(total)\n"
OTHER = "first = 1\nsecond = 2\nthird = 3\nprint('the other', input('? '))\n"


def see_steps(workspace: Workspace, source: str) -> Locator:
    workspace.write(source)
    workspace.page.get_by_test_id("debug").wait_for()
    workspace.press("F1")
    workspace.page.keyboard.type("step by step")
    workspace.press("Enter")
    view = workspace.page.get_by_test_id("trace")
    expect(view).to_be_visible(timeout=30_000)
    expect(workspace.page.get_by_text("Recording the steps.")).to_have_count(0)
    return view


def marked_lines(workspace: Workspace) -> Locator:
    return workspace.editor.locator(".execution-line")


def open_new(workspace: Workspace, source: str) -> None:
    workspace.wait_for_save()
    workspace.page.get_by_role("button", name="New snippet").click()
    workspace.write(source)
    workspace.wait_for_save()
    expect(workspace.list.locator("li")).to_have_count(2)


def open_first(workspace: Workspace) -> None:
    """The snippet that was there before; the list begins with what was changed last."""
    workspace.list.locator("li").last.get_by_role("button").first.click()


def test_steps_are_gone_when_another_program_runs(workspace: Workspace) -> None:
    view = see_steps(workspace, STEPS)
    workspace.page.get_by_test_id("trace-forward").click()
    expect(view.locator(".debug-status")).to_contain_text("Step 2 of")
    workspace.start(OTHER)
    workspace.wait_for("?")
    expect(view).to_be_hidden()
    expect(marked_lines(workspace)).to_have_count(0)
    workspace.type("1\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(view).to_be_hidden()


def test_steps_that_were_closed_do_not_come_back_with_the_next_program(
    workspace: Workspace,
) -> None:
    view = see_steps(workspace, STEPS)
    view.get_by_role("button", name="Close").click()
    workspace.start("print('end')\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(view).to_be_hidden()
    view = see_steps(workspace, "print('again')\n")
    expect(view.locator(".debug-status")).to_contain_text("Step 1 of")


def test_steps_are_shown_beside_their_own_code_alone(workspace: Workspace) -> None:
    view = see_steps(workspace, STEPS)
    workspace.page.get_by_test_id("trace-forward").click()
    expect(view.locator(".debug-status")).to_contain_text("Step 2 of")
    expect(marked_lines(workspace)).not_to_have_count(0)
    open_new(workspace, OTHER)
    expect(view).to_be_hidden()
    expect(marked_lines(workspace)).to_have_count(0)
    open_first(workspace)
    expect(view).to_be_visible()
    expect(view.locator(".debug-status")).to_contain_text("Step 2 of")
    expect(marked_lines(workspace)).not_to_have_count(0)


def test_a_debugged_program_goes_on_beside_another_snippet(workspace: Workspace) -> None:
    """Its breakpoints stay; those of the other snippet are not for it."""
    page = workspace.page
    begin(workspace, f"for turn in range(3):\n    print('turn', turn)\n{CALLS}", 2)
    stopped(workspace, 2)
    expect(marked_lines(workspace)).not_to_have_count(0)
    open_new(workspace, OTHER)
    page.evaluate("() => window.coderunner.setBreakpoint(2)")
    told = "belongs to another snippet"
    expect(panel(workspace)).to_contain_text(told)
    expect(marked_lines(workspace)).to_have_count(0)
    for turn in ("1", "2"):
        page.get_by_test_id("debug-continue").click()
        expect(value(workspace, "turn")).to_have_text(turn)
    assert workspace.text() == OTHER
    workspace.reload()
    stopped(workspace, 2)
    expect(panel(workspace)).to_contain_text(told)
    expect(marked_lines(workspace)).to_have_count(0)
    open_first(workspace)
    expect(panel(workspace)).not_to_contain_text(told)
    expect(marked_lines(workspace)).not_to_have_count(0)
    page.get_by_test_id("debug-continue").click()
    workspace.wait_for_end(Outcome.COMPLETED)
