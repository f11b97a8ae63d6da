"""What users of other debuggers in browsers report, tried with ours. Each test names the report."""

from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.test_debugger import CALLS, begin, panel, step, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
LONG = """numbers = list(range(60))
for one in range(3):
    numbers[50] = one + 100
print("end")
"""
HELPER = """def double(value):
    result = value * 2
    return result
"""
USES_HELPER = """from helper import double
answer = double(21)
print("answer", answer)
"""
FOCUSED = "() => document.activeElement.closest('[data-name]')?.dataset.name ?? ''"


def row(workspace: Workspace, name: str) -> Locator:
    return workspace.page.locator(f'[data-testid=variables] [data-name="{name}"]')


def test_what_is_open_stays_open_where_it_is_after_each_step(workspace: Workspace) -> None:
    """firefox-devtools/debugger#6897, microsoft/vscode#16031: trees closed at each step."""
    page = workspace.page
    begin(workspace, LONG, 3)
    stopped(workspace, 3)
    row(workspace, "numbers").click()
    deep = row(workspace, "50")
    deep.scroll_into_view_if_needed()
    scroll = "() => document.querySelector('.debug-parts').scrollTop"
    before = page.evaluate(scroll)
    assert before > 0
    for expected in ("100", "101"):
        step(workspace, "over")
        stopped(workspace, 2)
        expect(value(workspace, "50")).to_have_text(expected)
        expect(deep).to_have_attribute("data-changed", "true")
        step(workspace, "over")
        stopped(workspace, 3)
        expect(deep).to_have_attribute("data-changed", "false")
    assert page.evaluate(scroll) == before


def test_a_step_leaves_the_keyboard_where_it_is(workspace: Workspace) -> None:
    """spyder-ide/spyder#19042, jupyterlab/jupyterlab#10139: each step took the focus away."""
    workspace.wait_for_everything()
    begin(workspace, LONG, 3)
    stopped(workspace, 3)
    row(workspace, "numbers").click()
    expect(row(workspace, "03")).to_be_visible()
    for _ in range(8):
        if workspace.page.evaluate(FOCUSED) == "03":
            break
        workspace.press("ArrowDown")
    workspace.press("F10")
    stopped(workspace, 2)
    workspace.wait_until(f"() => ({FOCUSED})() === '03'")
    workspace.terminal.click()
    workspace.press("F10")
    stopped(workspace, 3)
    assert workspace.page.evaluate("() => !!document.activeElement.closest('.xterm')")
    workspace.press("F5")
    stopped(workspace, 3)
    assert workspace.page.evaluate("() => !!document.activeElement.closest('.xterm')")


def test_another_file_may_be_looked_at_meanwhile(workspace: Workspace) -> None:
    """jupyterlab/jupyterlab#17829, #9822: values and breakpoints were gone."""
    page = workspace.page
    workspace.wait_for_everything()
    upload = {"name": "helper.py", "mimeType": "text/plain", "buffer": HELPER.encode()}
    page.locator("#upload").set_input_files(upload)  # type: ignore[arg-type]
    helper, main = page.get_by_role("tab", name="helper.py"), page.get_by_role("tab", name="main")
    expect(helper).to_be_visible()
    main.click()
    begin(workspace, USES_HELPER, 3)
    stopped(workspace, 3)
    expect(value(workspace, "answer")).to_have_text("42")
    line = workspace.editor.locator(".execution-line")
    helper.click()
    expect(line).to_have_count(0)
    expect(value(workspace, "answer")).to_have_text("42")
    breakpoints = panel(workspace).locator(".debug-breakpoints")
    expect(breakpoints).to_contain_text("main.py:3")
    page.evaluate("() => window.coderunner.setBreakpoint(2)")
    expect(breakpoints).to_contain_text("helper.py:2")
    main.click()
    expect(line.first).to_be_visible()
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    page.get_by_test_id("debug").click()
    said = panel(workspace).locator(".debug-status")
    expect(said).to_contain_text("line 2 of helper.py", timeout=20_000)
    expect(helper).to_have_attribute("aria-selected", "true")
    expect(line.first).to_be_visible()
    expect(value(workspace, "value")).to_have_text("21")


def test_a_breakpoint_in_a_text_that_explains_stops_below_it(workspace: Workspace) -> None:
    """microsoft/debugpy#2013: it was never reached, and nothing said so."""
    explained = CALLS.replace("(value):", '(value):\n    """Doubles.\n\n    Any value.\n    """')
    begin(workspace, explained, 4)
    stopped(workspace, 6)
    expect(value(workspace, "value")).to_have_text("21")


def test_a_value_under_the_pointer_and_at_the_cursor_is_shown(workspace: Workspace) -> None:
    """spyder-ide/spyder#12538: only what its type is was shown."""
    workspace.wait_for_everything()
    begin(workspace, CALLS, 8)
    stopped(workspace, 8)
    workspace.editor.locator(".view-line").nth(6).click()
    workspace.press("Home")
    workspace.press("Control+k")
    workspace.press("Control+i")
    expect(workspace.page.locator(".monaco-hover").first).to_contain_text("answer = 42")


def test_a_value_under_the_pointer_is_shown_in_the_other_editor(workspace: Workspace) -> None:
    page = workspace.page
    workspace.wait_for_everything()
    workspace.press("Control+,")
    page.get_by_label("Input").select_option("touch")
    workspace.press("Escape")
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    begin(workspace, CALLS, 8)
    stopped(workspace, 8)
    workspace.editor.locator(".cm-line", has_text="answer = double").hover(
        position={"x": 20, "y": 8}
    )
    expect(page.locator(".value-tooltip")).to_have_text("answer = 42")


def test_a_click_selects_a_value_and_the_next_one_edits_it(workspace: Workspace) -> None:
    """A click that begins to edit takes away what was to be read, and opens a phone's keyboard."""
    begin(workspace, CALLS, 8)
    stopped(workspace, 8)
    answer, field = value(workspace, "answer"), workspace.page.locator(".debug-edit")
    answer.click()
    expect(row(workspace, "answer")).to_be_focused()
    expect(field).to_have_count(0)
    answer.click()
    field.fill("7")
    workspace.press("Enter")
    expect(value(workspace, "answer")).to_have_text("7")


def test_the_last_step_shows_the_error_that_has_ended_the_program(workspace: Workspace) -> None:
    """mikeizbicki/cmc-csci040#164: Python Tutor left it out."""
    workspace.write("numbers = []\nprint(1 / len(numbers))\n")
    workspace.page.get_by_test_id("debug").wait_for()
    workspace.press("F1")
    workspace.page.keyboard.type("step by step")
    workspace.press("Enter")
    view = workspace.page.get_by_test_id("trace")
    expect(view).to_be_visible(timeout=30_000)
    workspace.page.get_by_test_id("trace-last").click()
    expect(view.locator(".debug-status")).to_contain_text("ZeroDivisionError")
    expect(view.locator(".debug-status")).to_contain_text("line 2 of main.py")


def test_an_error_that_is_handled_stops_the_program_if_that_is_chosen(
    workspace: Workspace,
) -> None:
    """microsoft/debugpy#842: it stopped without being asked, and nobody saw why."""
    handles = """for one in ["1", "x"]:
    try:
        print(int(one))
    except ValueError:
        print("no number")
"""
    page = workspace.page
    begin(workspace, handles, 1)
    stopped(workspace, 1)
    caught = page.get_by_test_id("debug-caught")
    expect(caught).not_to_be_checked()
    caught.check()
    panel(workspace).get_by_role("button", name="Edit").last.click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    page.get_by_test_id("debug-continue").click()
    stopped(workspace, 3)
    expect(panel(workspace).locator(".debug-status")).to_contain_text("ValueError")
    page.get_by_test_id("debug-continue").click()
    workspace.wait_for("no number")
    workspace.wait_for_end(Outcome.COMPLETED)
