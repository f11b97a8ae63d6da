"""A whole session with the debugger, and one with the view of steps, without a mouse."""

from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.test_debugger import CALLS, LOADS, panel, stopped, value
from tests.e2e.test_keyboard import assert_focus_in, tab_to
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
NAME_OF_FOCUS = "() => document.activeElement.dataset.name ?? ''"


def command(workspace: Workspace, name: str) -> None:
    workspace.press("F1")
    workspace.page.keyboard.type(name)
    workspace.press("Enter")


def focused(workspace: Workspace, name: str) -> None:
    workspace.wait_until(f"name => ({NAME_OF_FOCUS})() === name", name)


def to_the_editor(workspace: Workspace) -> None:
    for _ in range(5):
        if workspace.page.evaluate(
            "() => !!document.activeElement.closest('[data-testid=editor]')"
        ):
            return
        workspace.press("F6")
    raise AssertionError("F6 never reaches the editor")


def set_a_breakpoint(workspace: Workspace) -> None:
    """With a condition, in line 7."""
    to_the_editor(workspace)
    workspace.press("Control+Home")
    for _ in range(6):
        workspace.press("ArrowDown")
    workspace.press("F9")
    expect(workspace.editor.locator(".breakpoint")).to_have_count(1)
    command(workspace, "edit the breakpoint")
    expect(workspace.page.get_by_test_id("breakpoint-condition")).to_be_focused()
    workspace.page.keyboard.type("len(numbers) == 3")
    workspace.press("Enter")
    expect(workspace.editor.locator(".breakpoint-condition")).to_have_count(1)


def test_a_program_is_debugged(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    workspace.write(CALLS)
    set_a_breakpoint(workspace)
    workspace.press("F5")
    stopped(workspace, 7)
    to_the_editor(workspace)
    workspace.press("F6")
    assert_focus_in(page, "terminal")
    workspace.press("F6")
    focused(workspace, "numbers")
    workspace.press("ArrowRight")
    expect(value(workspace, "len()")).to_have_text("3")
    workspace.press("ArrowDown")
    workspace.press("ArrowLeft")
    focused(workspace, "numbers")
    workspace.press("ArrowLeft")
    expect(value(workspace, "len()")).to_have_count(0)
    workspace.press("F11")
    stopped(workspace, 2)
    workspace.press("F10")
    stopped(workspace, 3)
    change_the_result(workspace)
    tab_to(page, "watch-field")
    page.keyboard.type("result + 1\n")
    expect(page.get_by_test_id("watch").locator(".debug-value")).to_have_text("11")
    tab_to(page, "call-stack")
    workspace.press("Tab")
    workspace.press("Enter")
    expect(value(workspace, "numbers")).to_have_text("[1, 2, 3]")
    workspace.press("Shift+F11")
    stopped(workspace, 7)
    workspace.press("F5")
    workspace.wait_for("answer 10")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(panel(workspace)).to_be_hidden()


def change_the_result(workspace: Workspace) -> None:
    """In the tree, whose place the keyboard keeps over steps."""
    if workspace.page.evaluate(NAME_OF_FOCUS) == "":
        tab_to(workspace.page, "variables")
    workspace.press("Home")
    for _ in range(3):
        if workspace.page.evaluate(NAME_OF_FOCUS) == "result":
            break
        workspace.press("ArrowDown")
    focused(workspace, "result")
    workspace.press("F2")
    workspace.page.keyboard.type("10")
    workspace.press("Enter")
    expect(value(workspace, "result")).to_have_text("10")


def test_a_program_is_seen_step_by_step(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    workspace.write("names = ['Ada']\nalias = names\nalias.append('Grace')\nprint(names)\n")
    command(workspace, "step by step")
    view = page.get_by_test_id("trace")
    expect(view).to_be_visible(timeout=LOADS)
    for _ in range(5):
        if page.evaluate("() => !!document.activeElement.closest('[data-testid=trace]')"):
            break
        workspace.press("F6")
    tab_to(page, "trace-slider")
    said = view.locator(".debug-status")
    workspace.press("ArrowRight")
    expect(said).to_contain_text("line 2 of main.py")
    workspace.press("End")
    expect(page.get_by_test_id("trace-objects")).to_contain_text("'Grace'")
    workspace.press("ArrowLeft")
    workspace.press("Home")
    expect(said).to_contain_text("Step 1 of")
    tab_to(page, "trace-output")
    assert_focus_in(page, "trace-output")
