"""What would be too much for a page: deep calls, large values, endless ones, forged events."""

import pytest
from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e import longest_task
from tests.e2e.test_debugger import begin, panel, step, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = [requires_debugger, pytest.mark.alone]
LONGEST_MS = 1000  # without an answer to keys, on a busy machine
DEEP = """import sys
sys.setrecursionlimit(5000)
def deep(n):
    if n == 0:
        return 0
    return deep(n - 1)
deep(1000)
print("end")
"""
LARGE = """numbers = list(range(10 ** 6))
names = {str(number): number for number in range(10 ** 4)}
some = set(range(10 ** 4))
text = "x" * 10 ** 6
print("end")
"""
WILL = """class Raises:
    def __repr__(self):
        raise ValueError("no")
class Prints:
    def __repr__(self):
        print("printed")
        return "shown"
class Endless:
    def __repr__(self):
        while True:
            pass
raises, prints, endless, plain = Raises(), Prints(), Endless(), 5
print("end")
"""
CHANNEL = """import socket
for number in range(3, 60):
    try:
        channel = socket.socket(fileno=number)
        if channel.family == socket.AF_UNIX and channel.getpeername().endswith("debug"):
            break
    except OSError:
        pass
"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
FLOODS = {
    "stops": f'{{"type": "event", "event": "stopped", "body": {{"reason": "exception", '
    f'"threadId": 1, "text": "{HOSTILE}", "description": "{HOSTILE}"}}}}',
    "threads": '{"type": "event", "event": "thread", "body": {"reason": "started", "threadId": 7}}',
    "nonsense": '{"type": "event", "event": "constructor", "body": [[[[]]]]}',
}
NAMED = f"""import threading, types
NAME = {HOSTILE!r}
go = threading.Event()
threading.Thread(target=go.wait, name=NAME, daemon=True).start()
def inner():
    raise type(NAME, (Exception,), {{}})(NAME)
types.FunctionType(inner.__code__.replace(co_name=NAME), globals())()
"""
LONG_LINE = f"""{CHANNEL}
channel.sendall(b"x" * 10 * 2**20 + bytes([10]))
after = 1
print("end")
"""


def row(workspace: Workspace, name: str) -> Locator:
    return workspace.page.locator(f'[data-testid=variables] [data-name="{name}"]')


def assert_answers(workspace: Workspace) -> None:
    """A key reaches the editor at once."""
    assert longest_task.longest(workspace.page) < LONGEST_MS


def test_a_thousand_calls(workspace: Workspace) -> None:
    begin(workspace, DEEP, 5)
    stopped(workspace, 5)
    longest_task.watch(workspace.page)
    stack = workspace.page.get_by_test_id("call-stack")
    calls = stack.get_by_role("button")
    expect(calls).to_have_count(200)
    expect(stack).to_contain_text("Only the last 200 calls are shown.")
    calls.nth(100).click()
    expect(value(workspace, "n")).to_have_text("100")
    step(workspace, "out")
    stopped(workspace, 6)
    assert_answers(workspace)
    workspace.press("F5")
    workspace.wait_for("end", seconds=30)
    workspace.wait_for_end(Outcome.COMPLETED)


def test_a_million_numbers(workspace: Workspace) -> None:
    begin(workspace, LARGE, 5)
    stopped(workspace, 5)
    longest_task.watch(workspace.page)
    expect(value(workspace, "numbers")).to_contain_text("[0, 1, 2")
    expect(value(workspace, "text")).to_contain_text("xxx")
    row(workspace, "numbers").click()
    expect(value(workspace, "000050")).to_have_text("50")
    row(workspace, "numbers").click()
    row(workspace, "some").click()
    more = workspace.page.get_by_text("There are more, which are not shown here.")
    expect(more).to_be_visible()
    assert "PYDEVD" not in panel(workspace).inner_text()
    row(workspace, "some").click()
    expect(more).to_have_count(0)
    workspace.page.get_by_test_id("watch-field").fill("numbers[999999]")
    workspace.press("Enter")
    expect(workspace.page.get_by_test_id("watch").locator(".debug-value")).to_have_text("999999")
    assert_answers(workspace)
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for_end(Outcome.COMPLETED)


def test_representations_that_raise_print_and_never_end(workspace: Workspace) -> None:
    begin(workspace, WILL, 13)
    stopped(workspace, 13)
    longest_task.watch(workspace.page)
    expect(value(workspace, "endless")).to_have_text("takes too long to compute")
    expect(value(workspace, "raises")).to_contain_text("Raises object at")
    expect(value(workspace, "prints")).to_have_text("shown")
    expect(value(workspace, "plain")).to_have_text("5")
    assert_answers(workspace)
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for("end")
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_of_forged_events(workspace: Workspace, kind: str) -> None:
    """As many as the executor lets through: the page does what its user does, and runs nothing."""
    workspace.wait_for_everything()
    event = FLOODS[kind]
    begin(workspace, f"{CHANNEL}data = {event.encode()!r} + bytes([10])\nprint('up', flush=True)\n"
          "while True:\n    channel.sendall(data * 1000)\n")  # fmt: skip
    workspace.wait_for("up", seconds=30)
    longest_task.watch(workspace.page)
    before = workspace.text()
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+Home")
    workspace.page.keyboard.type("# typed\n")
    workspace.wait_until(
        "text => window.coderunner.getText() === text", "# typed\n" + before, seconds=10
    )
    assert_answers(workspace)
    assert workspace.page.locator("#debug-panel :is(script, img)").count() == 0
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    expect(panel(workspace)).to_be_hidden()


def test_names_of_threads_functions_and_errors_are_text(workspace: Workspace) -> None:
    begin(workspace, NAMED)
    said = panel(workspace).locator(".debug-status")
    expect(said).to_contain_text(HOSTILE, timeout=30_000)
    stack = workspace.page.get_by_test_id("call-stack")
    expect(stack.get_by_role("button").first).to_contain_text(HOSTILE)
    threads = workspace.page.get_by_test_id("debug-threads")
    expect(threads).to_contain_text(HOSTILE)
    assert workspace.page.locator("#debug-panel :is(script, img)").count() == 0
    workspace.press("F5")
    workspace.wait_for_end(Outcome.FAILED)


def test_a_line_of_ten_megabytes(workspace: Workspace) -> None:
    """It is passed over, and what comes after it is heard."""
    begin(workspace, LONG_LINE, len(LONG_LINE.splitlines()))
    longest_task.watch(workspace.page)
    expect(panel(workspace)).to_have_attribute("data-state", "stopped", timeout=60_000)
    expect(value(workspace, "after")).to_have_text("1")
    assert_answers(workspace)
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for_end(Outcome.COMPLETED)
