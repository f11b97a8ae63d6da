"""The commands of the debugger, for `test_every_command.py`.

Where debugpy is not installed, the page has only the view of steps.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import HAS_DEBUGGER
from tests.e2e.scenarios import Do, Scenario, command
from tests.e2e.test_debugger import CALLS, begin, panel, stopped
from tests.e2e.workspace import Workspace


def debugger(name: str, keys: str = "") -> Callable[[Scenario], Scenario]:
    return command(name, keys) if HAS_DEBUGGER else lambda scenario: scenario


def listed_while_debugging(
    workspace: Workspace, listed: Callable[[Workspace], dict[str, str]]
) -> dict[str, str]:
    if not HAS_DEBUGGER:
        return {}
    begin(workspace, "print('up', flush=True)\nwhile True:\n    x = input()\n")
    workspace.wait_for("up", seconds=30)
    found = listed(workspace)
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    found |= listed(workspace)
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    return found


def in_line(workspace: Workspace, line: int) -> None:
    workspace.write(CALLS)
    workspace.editor.click()
    workspace.press("Control+Home")
    for _ in range(line - 1):
        workspace.press("ArrowDown")


@debugger("Debug the program", "F5")
def _debug(workspace: Workspace, do: Do) -> None:
    in_line(workspace, 6)
    workspace.page.evaluate("() => window.coderunner.setBreakpoint(7)")
    do()
    stopped(workspace, 7)


@command("See it step by step", "")
def _trace(workspace: Workspace, do: Do) -> None:
    workspace.write(CALLS)
    do()
    workspace.wait_for_end(Outcome.COMPLETED, seconds=30)
    expect(workspace.page.get_by_test_id("trace-names")).to_be_visible()


@debugger("Continue", "F5")
def _continue(workspace: Workspace, do: Do) -> None:
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    do()
    workspace.wait_for("answer 42")


@debugger("Step over", "F10")
def _step_over(workspace: Workspace, do: Do) -> None:
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    do()
    stopped(workspace, 8)


@debugger("Step into", "F11")
def _step_in(workspace: Workspace, do: Do) -> None:
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    do()
    stopped(workspace, 2)


@debugger("Step out", "Shift+F11")
def _step_out(workspace: Workspace, do: Do) -> None:
    begin(workspace, CALLS, 2)
    stopped(workspace, 2)
    do()
    stopped(workspace, 7)


@debugger("Pause the program", "")
def _pause(workspace: Workspace, do: Do) -> None:
    begin(workspace, "print('up', flush=True)\nwhile True:\n    x = 1\n")
    workspace.wait_for("up", seconds=20)
    do()
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")


@debugger("Stop debugging", "Shift+F5")
def _stop(workspace: Workspace, do: Do) -> None:
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    do()
    workspace.wait_for_end(Outcome.STOPPED)


@debugger("Run to the cursor", "")
def _run_to(workspace: Workspace, do: Do) -> None:
    in_line(workspace, 8)
    workspace.page.evaluate("() => window.coderunner.setBreakpoint(6)")
    workspace.page.get_by_test_id("debug").click()
    stopped(workspace, 6)
    in_place = workspace.page.locator(".execution-line")
    expect(in_place.first).to_be_visible()
    workspace.editor.click()
    workspace.press("Control+Home")
    for _ in range(7):
        workspace.press("ArrowDown")
    do()
    stopped(workspace, 8)


@debugger("Set or remove a breakpoint", "F9")
def _breakpoint(workspace: Workspace, do: Do) -> None:
    in_line(workspace, 3)
    do()
    expect(workspace.editor.locator(".breakpoint")).to_have_count(1)


@debugger("Edit the breakpoint: condition, count, message", "")
def _edit_breakpoint(workspace: Workspace, do: Do) -> None:
    in_line(workspace, 3)
    do()
    workspace.page.get_by_test_id("breakpoint-log").fill("the result is {result}")
    workspace.press("Enter")
    expect(workspace.editor.locator(".breakpoint-log")).to_have_count(1)
    begin(workspace, CALLS)
    workspace.wait_for_end(Outcome.COMPLETED, seconds=30)
