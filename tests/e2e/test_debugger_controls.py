"""Every control and every state of the debugger and of the view of steps."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.pages import serious_violations
from tests.e2e.test_debugger import CALLS, LOADS, begin, panel, step, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
Use = Callable[[Workspace], None]
CONTROLS = "button, input, select, [tabindex='0']"
NAMES = f"""panel => [...panel.querySelectorAll("{CONTROLS}")]
    .filter((one) => one.checkVisibility({{ visibilityProperty: true }}))
    .map((one) => one.dataset.testid || one.id
        || (one.closest("[role=tree]") ? "variables" : "")
        || (one.closest("[data-testid]")?.dataset.testid !== "trace"
            && one.closest("[data-testid]")?.dataset.testid)
        || one.closest("[class]").className)"""
THREADS = """import threading
go = threading.Event()


def work():
    own = 1
    go.wait()


other = threading.Thread(target=work, name="worker", daemon=True)
other.start()
print("up", flush=True)
"""
SLOW = """import time
class Slow:
    def __repr__(self):
        time.sleep(25)
        return "shown"
before, one, other = 1, Slow(), [2]
print("end")
"""
# Nobody can interrupt what is computed in C.
NEVER = """class Never:
    def __repr__(self):
        return str(sum(iter(int, 1)))
before, one = 1, Never()
print("end")
"""


def names_of(view: Locator) -> set[str]:
    return set(view.evaluate(NAMES))


def test_each_control_of_the_panel_does_what_it_says(workspace: Workspace) -> None:
    page = workspace.page
    begin(workspace, f"{CALLS}print(1)\nprint(2)\nprint(3)\n", 3)  # a step behind the last ends it
    stopped(workspace, 3)
    page.get_by_test_id("watch-field").fill("result * 2")
    workspace.press("Enter")
    expect(page.get_by_test_id("watch").locator(".debug-value")).to_have_text("84")
    used: set[str] = {"watch-field"}

    def use(name: str) -> Locator:
        used.add(name)
        found = panel(workspace).locator(f"[data-testid={name}], #{name}")
        return found.first

    use("watch").get_by_role("button", name="Remove result * 2").click()
    expect(page.get_by_test_id("watch").locator("li")).to_have_count(0)
    use("call-stack").get_by_role("button").nth(1).click()
    expect(value(workspace, "numbers")).to_have_text("[1, 2, 3]")
    use("call-stack").get_by_role("button").first.click()
    expect(value(workspace, "result")).to_have_text("42")
    use("debug-uncaught").uncheck()
    use("debug-caught").check()
    use("debug-caught").uncheck()
    use("debug-uncaught").check()
    use("variables").locator("[data-name=Globals]").click()
    expect(value(workspace, "numbers")).to_have_text("[1, 2, 3]")
    use_breakpoints(workspace)
    left = names_of(panel(workspace)) - used
    use("debug-step-over").click()
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")
    use("debug-step-in").click()
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")
    use("debug-step-out").click()
    use("debug-continue")
    workspace.wait_for_state("finished")
    assert left <= used, left - used


def use_breakpoints(workspace: Workspace) -> None:
    rows = panel(workspace).locator(".debug-breakpoints li").first.get_by_role("button")
    rows.first.click()
    workspace.wait_until("() => document.activeElement.closest('[data-testid=editor]') !== null")
    rows.last.click()
    dialog = workspace.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Breakpoint in line 3")
    assert names_of(dialog) >= {"breakpoint-condition", "breakpoint-hits", "breakpoint-log"}
    expect(dialog).to_contain_text("total is {total}")
    dialog.get_by_role("button", name="Remove").click()
    expect(panel(workspace).locator(".debug-breakpoints")).to_contain_text("There are none")


def test_threads_are_chosen_from_a_list(workspace: Workspace) -> None:
    begin(workspace, THREADS, 12)
    stopped(workspace, 12)
    threads = workspace.page.get_by_test_id("debug-threads")
    expect(threads.locator("option")).to_have_count(2)
    threads.select_option(label="worker")
    stack = workspace.page.get_by_test_id("call-stack")
    expect(stack.get_by_role("button", name=re.compile("^work "))).to_be_visible()


def test_a_value_that_takes_long_says_so_and_others_are_shown(workspace: Workspace) -> None:
    begin(workspace, SLOW, 7)
    stopped(workspace, 7)
    expect(value(workspace, "one")).to_have_text("takes too long to compute")
    expect(value(workspace, "before")).to_have_text("1")
    expect(value(workspace, "other")).to_have_text("[2]")
    workspace.page.get_by_test_id("watch-field").fill("one.__repr__()")
    workspace.press("Enter")
    watched = workspace.page.get_by_test_id("watch").locator(".debug-value")
    expect(watched).to_contain_text("it takes too long to compute")
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for("end")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_a_program_that_never_answers_says_so_and_is_stopped(workspace: Workspace) -> None:
    begin(workspace, NEVER, 5)
    stopped(workspace, 5)
    expect(panel(workspace)).to_contain_text("does not answer the debugger", timeout=20_000)
    expect(workspace.page.locator("[data-testid=variables]")).to_contain_text("does not answer")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_a_running_program_is_paused_and_stopped(workspace: Workspace) -> None:
    begin(workspace, "print('up', flush=True)\nnumber = 0\nwhile True:\n    number += 1\n")
    workspace.wait_for("up", seconds=30)
    expect(panel(workspace)).to_have_attribute("data-state", "running")
    expect(panel(workspace).locator(".debug-status")).to_have_text("The program is running.")
    workspace.page.get_by_test_id("debug-continue").click()
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")
    expect(panel(workspace).locator(".debug-status")).to_contain_text("Paused in line")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    expect(panel(workspace)).to_be_hidden()


def test_each_control_of_the_view_of_steps(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("total = 0\nfor n in range(3):\n    total += n\nprint(total)\n")
    page.get_by_test_id("debug").wait_for()
    page.evaluate("() => window.coderunner.setBreakpoint(3)")
    workspace.press("F1")
    page.keyboard.type("step by step")
    workspace.press("Enter")
    view = page.get_by_test_id("trace")
    expect(view).to_be_visible(timeout=30_000)
    said = view.locator(".debug-status")
    steps = {
        "trace-stop-on": "Step 3 of",
        "trace-last": "line 4 of main.py",
        "trace-stop-back": "line 3 of main.py",
        "trace-back": "line 2 of main.py",
        "trace-forward": "line 3 of main.py",
        "trace-first": "Step 1 of",
    }
    shown = names_of(view)
    for name, words in steps.items():
        page.get_by_test_id(name).click()
        expect(said).to_contain_text(words)
    page.get_by_test_id("trace-slider").fill("5")
    expect(said).to_contain_text("Step 5 of")
    page.evaluate("() => window.coderunner.setBreakpoint(3)")
    expect(page.get_by_test_id("trace-stop-on")).to_be_hidden()
    assert len([name for name in shown if name not in steps]) == 3, shown  # slider, output, close
    view.get_by_role("button", name="Close").click()
    expect(view).to_be_hidden()


def test_in_german_and_in_both_themes(workspace: Workspace) -> None:
    page = workspace.page
    page.context.add_cookies(
        [{"name": "django_language", "value": "de", "url": workspace.page.url}]
    )
    workspace.reload()
    begin(workspace, CALLS, 3)
    said = "Angehalten am Haltepunkt in Zeile 3 von main.py"
    expect(panel(workspace).locator(".debug-status")).to_have_text(said, timeout=LOADS)
    expect(page.get_by_test_id("debug-step-over")).to_have_text("Einzelschritt")
    expect(value(workspace, "result")).to_have_text("42")
    page.emulate_media(reduced_motion="reduce")
    for theme in ("light", "dark"):
        page.evaluate("one => { document.documentElement.dataset.theme = one }", theme)
        assert serious_violations(page) == []


def test_what_is_left_of_the_last_stop_is_readable(workspace: Workspace) -> None:
    begin(workspace, "number = 1\nnumber = 2\ninput('?')\n", 2)
    stopped(workspace, 2)
    step(workspace, "over")
    stopped(workspace, 3)
    workspace.page.get_by_test_id("debug-continue").click()
    expect(panel(workspace)).to_have_attribute("data-state", "running")
    expect(value(workspace, "number")).to_have_text("2")
    workspace.page.emulate_media(reduced_motion="reduce")
    for theme in ("light", "dark", "contrast"):
        workspace.page.evaluate("one => { document.documentElement.dataset.theme = one }", theme)
        assert serious_violations(workspace.page) == []
