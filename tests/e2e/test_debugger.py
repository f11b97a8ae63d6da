"""Debugging in a browser: stops, steps, values, and what outlives a reload."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
LOADS = 20_000  # ms: the debugger of the page, and pydevd in the sandbox
LOOP = """total = 0
for number in range(5):
    answer = input(f"{number}? ")
    total += int(answer)
print("total", total)
"""
CALLS = """def double(value):
    result = value * 2
    return result


numbers = [1, 2, 3]
answer = double(21)
print("answer", answer)
"""


def begin(workspace: Workspace, source: str, *lines: int) -> None:
    workspace.write(source)
    expect(workspace.page.get_by_test_id("debug")).to_be_visible()
    for line in lines:
        workspace.page.evaluate("line => window.coderunner.setBreakpoint(line)", line)
    workspace.page.get_by_test_id("debug").click()


def panel(workspace: Workspace) -> Locator:
    return workspace.page.locator("#debug-panel")


def stopped(workspace: Workspace, line: int) -> None:
    said = panel(workspace).locator(".debug-status")
    expect(said).to_contain_text(f"ine {line} of main.py", timeout=LOADS)
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")


def value(workspace: Workspace, name: str) -> Locator:
    return workspace.page.locator(f'[data-testid=variables] [data-name="{name}"] > .debug-value')


def step(workspace: Workspace, which: str) -> None:
    workspace.page.get_by_test_id(f"debug-step-{which}").click()


def set_condition(page: Page, condition: str) -> None:
    panel = page.locator("#debug-panel .debug-breakpoints")
    panel.get_by_role("button", name=re.compile("^Edit")).first.click()
    page.get_by_test_id("breakpoint-condition").fill(condition)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()


def test_a_program_stops_in_a_loop_that_asks_and_goes_on(workspace: Workspace) -> None:
    begin(workspace, LOOP, 4)
    workspace.wait_for("0?", seconds=20)
    workspace.type("7\n")
    stopped(workspace, 4)
    expect(value(workspace, "answer")).to_have_text("'7'")
    expect(value(workspace, "total")).to_have_text("0")
    set_condition(workspace.page, "number == 3")
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for("1?")
    workspace.type("1\n1\n1\n")
    stopped(workspace, 4)
    expect(value(workspace, "number")).to_have_text("3")
    expect(value(workspace, "total")).to_have_text("9")
    expect(workspace.page.locator('[data-name="total"][data-changed="true"]')).to_be_visible()
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.type("1\n")
    workspace.wait_for("total 11")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(panel(workspace)).to_be_hidden()


def test_the_keys_of_vs_code_step_through_a_program(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    begin(workspace, CALLS, 7)
    stopped(workspace, 7)
    workspace.press("F11")
    stopped(workspace, 2)
    expect(workspace.page.get_by_test_id("call-stack").get_by_role("button")).to_have_count(2)
    workspace.press("F10")
    stopped(workspace, 3)
    expect(value(workspace, "result")).to_have_text("42")
    workspace.press("Shift+F11")
    expect(panel(workspace)).to_have_attribute("data-state", "stopped")
    expect(workspace.page.get_by_test_id("call-stack").get_by_role("button")).to_have_count(1)
    workspace.press("F5")
    workspace.wait_for("answer 42")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_variables_open_are_watched_and_get_other_values(workspace: Workspace) -> None:
    begin(workspace, CALLS, 8)
    stopped(workspace, 8)
    page = workspace.page
    page.locator('[data-name="numbers"]').click()
    expect(value(workspace, "len()")).to_have_text("3")
    page.get_by_test_id("watch-field").fill("answer + 1")
    workspace.press("Enter")
    expect(page.get_by_test_id("watch").locator(".debug-value")).to_have_text("43")
    page.locator('[data-name="answer"]').focus()
    workspace.press("Enter")
    page.keyboard.type("100")
    workspace.press("Enter")
    expect(value(workspace, "answer")).to_have_text("100")
    expect(page.get_by_test_id("watch").locator(".debug-value")).to_have_text("101")
    workspace.press("F5")
    workspace.wait_for("answer 100")


def test_a_page_that_is_loaded_again_shows_the_same_line_and_values(workspace: Workspace) -> None:
    begin(workspace, CALLS, 3)
    stopped(workspace, 3)
    expect(value(workspace, "result")).to_have_text("42")
    for _ in range(2):
        workspace.reload()
        stopped(workspace, 3)
        expect(value(workspace, "result")).to_have_text("42")
    step(workspace, "out")
    stopped(workspace, 7)
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for("answer 42")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_breakpoints_move_with_the_text_and_the_page_says_that_it_differs(
    workspace: Workspace,
) -> None:
    workspace.wait_for_everything()
    begin(workspace, CALLS, 3)
    stopped(workspace, 3)
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    workspace.page.keyboard.type("\n")
    assert_moved(workspace)
    workspace.reload()
    assert_moved(workspace)


def assert_moved(workspace: Workspace) -> None:
    """The line where it stands is one farther down than it was."""
    stopped(workspace, 4)
    expect(value(workspace, "result")).to_have_text("42")
    expect(panel(workspace)).to_contain_text("The code has changed")
    places = panel(workspace).locator(".debug-breakpoints button:first-child").first
    expect(places).to_have_text("main.py:4")
    expect(workspace.page.get_by_test_id("call-stack").locator("small")).to_have_text(
        ["main.py:4", "main.py:8"]
    )


def test_breakpoints_that_are_set_while_the_text_differs_are_where_the_program_has_them(
    workspace: Workspace,
) -> None:
    workspace.wait_for_everything()
    begin(workspace, CALLS, 3)
    stopped(workspace, 3)
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    workspace.page.keyboard.type("new = 1\n\n")
    stopped(workspace, 5)
    workspace.page.evaluate("() => [1, 10].forEach(window.coderunner.setBreakpoint)")
    rows = panel(workspace).locator(".debug-breakpoints li")
    expect(rows.first).to_contain_text("not in the program that runs")
    expect(rows.last.locator("button").first).to_have_text("main.py:10")
    workspace.page.get_by_test_id("debug-continue").click()
    stopped(workspace, 10)
    expect(value(workspace, "answer")).to_have_text("42")
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for_end(Outcome.COMPLETED)


def test_an_error_that_ends_the_program_stops_it_first(workspace: Workspace) -> None:
    begin(workspace, "def divide(by):\n    return 1 / by\n\n\ndivide(0)\n")
    stopped(workspace, 2)
    expect(panel(workspace).locator(".debug-status")).to_contain_text("ZeroDivisionError")
    expect(value(workspace, "by")).to_have_text("0")
    workspace.press("F5")
    workspace.wait_for_end(Outcome.FAILED)
    assert "pydevd" not in workspace.shown()


def test_the_panel_keeps_nobody_from_using_it(workspace: Workspace) -> None:
    begin(workspace, CALLS, 3)
    stopped(workspace, 3)
    expect(value(workspace, "result")).to_have_text("42")
    # No colour is between two others.
    workspace.page.emulate_media(reduced_motion="reduce")
    for theme in ("light", "dark", "contrast"):
        workspace.page.evaluate("one => { document.documentElement.dataset.theme = one }", theme)
        assert serious_violations(workspace.page) == []


def test_a_program_is_seen_step_by_step(workspace: Workspace) -> None:
    workspace.write("names = ['Ada']\nalias = names\nalias.append(input('Who? '))\nprint(names)\n")
    workspace.page.get_by_test_id("debug").wait_for()
    workspace.press("F1")
    workspace.page.keyboard.type("step by step")
    workspace.press("Enter")
    workspace.wait_for("Who?", seconds=20)
    workspace.type("Grace\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    view = workspace.page.get_by_test_id("trace")
    expect(view).to_be_visible()
    expect(view.locator(".debug-status")).to_contain_text("line 1 of main.py")
    slider = workspace.page.get_by_test_id("trace-slider")
    slider.focus()
    workspace.press("End")
    expect(workspace.page.get_by_test_id("trace-names")).to_contain_text("alias")
    expect(workspace.page.get_by_test_id("trace-objects")).to_contain_text("'Grace'")
    expect(workspace.page.get_by_test_id("trace-objects").locator(".trace-object")).to_have_count(1)
    assert view.locator("svg path.trace-head").count() == 2
    expect(workspace.page.get_by_test_id("trace-output")).to_have_text(
        "Who? Grace\n['Ada', 'Grace']\n"
    )
    workspace.press("Home")
    expect(workspace.page.get_by_test_id("trace-names")).not_to_contain_text("alias")
    assert serious_violations(workspace.page) == []


def test_nothing_is_loaded_by_who_does_not_debug(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.start("print('done')")
    workspace.wait_for_end(Outcome.COMPLETED)
    loaded = workspace.page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => name)"
    )
    assert not [name for name in loaded if "debugging" in name]


@pytest.mark.parametrize("name", ["<script>", "<img src=x onerror=alert(1)>"])
def test_what_a_program_calls_things_is_text(workspace: Workspace, name: str) -> None:
    source = f"globals()[{name!r}] = {name!r}\nother = {{ {name!r}: 1 }}\nprint(other)\n"
    begin(workspace, source, 3)
    stopped(workspace, 3)
    expect(workspace.page.locator("[data-testid=variables]")).to_contain_text(name)
    assert workspace.page.locator("#debug-panel script, #debug-panel img").count() == 0
