# size: one list of reports, each with its program
"""What users of other debuggers report of places where a program stops. Each test names one."""

import pytest

from runner.run_state import Outcome
from tests.debugging.dap import MAIN, Message
from tests.debugging.debugged import Debugged, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks, pytest.mark.timeout(200)]


async def place(page: Debugged, stop: Message) -> tuple[str, int]:
    """The function and the line where it stands, in the main file."""
    top = (await page.frames(stop["threadId"]))[0]
    assert top["source"]["path"] == MAIN, top
    return top["name"], top["line"]


async def ended(page: Debugged, stop: Message) -> str:
    """What it has printed then."""
    page.ask("continue", threadId=stop["threadId"])
    assert (await page.terminal.ending()).outcome is Outcome.COMPLETED
    return page.terminal.text


# Modules that pydevd imports. A program has 20 files at most.
OWN_NAMES = (
    "bisect", "code", "collections", "copy", "dis", "inspect", "json", "pickle", "platform",
    "queue", "random", "select", "signal", "socket", "string", "struct", "threading", "traceback",
    "xmlrpc",
)  # fmt: skip


async def test_files_of_the_program_may_have_the_names_of_modules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#886, #1190, microsoft/PTVS#2961: the debugger used them, and failed."""
    others = {f"{name}.py": f"print('mine: {name}')\nkind = 'mine'\n" for name in OWN_NAMES}
    source = "import sys\nown = sys.path[0]\nprint(own)\n"
    async with debugging(source, monkeypatch, observed="", others=others) as usual:
        await usual.terminal.ending()
    async with debugging(source, monkeypatch, others=others) as page:
        await page.begin({"line": 3})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert (await page.values(top["id"]))["own"] == "'/home/student'"
        asked = {"expression": "own[:1]", "frameId": top["id"], "context": "watch"}
        assert (await page.request("evaluate", **asked))["result"] == "'/'"
        assert await ended(page, stop) == usual.terminal.text


async def test_a_file_called_as_a_module_is_found_by_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#1190: the program is to use its own, as it does without a debugger."""
    others = {"queue.py": "kind = 'mine'\n", "select.py": "kind = 'mine'\n"}
    source = (
        "import queue, select\nprint(getattr(queue, 'kind', 'no'), getattr(select, 'kind', 'no'))\n"
    )
    async with debugging(source, monkeypatch, observed="", others=others) as usual:
        await usual.terminal.ending()
    async with debugging(source, monkeypatch, others=others) as page:
        await page.begin({"line": 2})
        shown = await ended(page, await page.event("stopped"))
    assert shown == usual.terminal.text


async def test_the_view_of_steps_uses_no_file_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As above: its steps are sent, and the program gets its own file."""
    others = {f"{name}.py": "print('mine')\n" for name in ("json", "socket", "traceback", "enum")}
    source = "import json\nprint('end')\n"
    async with debugging(source, monkeypatch, observed="trace", others=others) as page:
        await page.until(lambda message: message.get("type") == "trace_end")
        assert (await page.terminal.ending()).outcome is Outcome.COMPLETED
    assert page.terminal.text == "mine\nend\n"
    steps = [each["line"] for each in page.heard if each.get("type") == "trace"]
    assert steps[:2] == [1, 1]
    assert 2 in steps


async def test_a_breakpoint_within_a_statement_of_several_lines_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/PTVS#207, microsoft/ptvsd#206: it was never reached."""
    source = """numbers = [
    1,
    2,
]
print(
    "sum",
    sum(numbers),
)
text = "a" \\
    "b"
print(text)
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 3}, {"line": 8}, {"line": 10})
        stop = await page.event("stopped")
        for statement in (range(1, 5), range(5, 9), range(9, 11)):
            if statement[0] > 1:
                stop = await page.go("continue", stop["threadId"])
            assert (await place(page, stop))[1] in statement
        assert await ended(page, stop) == "sum 3\nab\n"


async def test_a_step_leads_into_a_decorated_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """thonny/thonny#388, #492: it failed at the decorator, or passed the function over."""
    source = """import functools
def twice(function):
    @functools.wraps(function)
    def wrapper(*values):
        return function(*values) * 2
    return wrapper
@twice
@functools.cache
def add(a, b):
    return a + b
print(add(1, 2))
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 11})
        stop = await page.event("stopped")
        found: list[tuple[str, int]] = []
        for _ in range(2):
            stop = await page.go("stepIn", stop["threadId"])
            found.append(await place(page, stop))
        assert found == [("wrapper", 5), ("add", 10)]
        assert await ended(page, stop) == "6\n"


async def test_breakpoints_work_behind_what_traces_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """HypothesisWorks/hypothesis#985, cool-RR/PySnooper#232: a warning, and no stop any more."""
    source = '''import doctest, sys
def double(n):
    """
    >>> double(2)
    4
    """
    return n * 2
print(doctest.testmod().failed)
sys.settrace(None)
answer = double(21)
print(answer)
'''
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 10})
        stop = await page.event("stopped")
        assert await place(page, stop) == ("<module>", 10)
        assert await ended(page, stop) == "0\n42\n"


async def test_breakpoints_are_found_in_another_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """python/cpython#77320, inducer/pudb#558: files were looked for where the program went."""
    source = """import os
os.mkdir("data"); os.chdir("data")
import helper
print(helper.double(2))
"""
    others = {"helper.py": "def double(n):\n    return n * 2\n"}
    async with debugging(source, monkeypatch, others=others) as page:
        file = MAIN.replace("main.py", "helper.py")
        await page.begin({"line": 4}, files={file: []})
        stop = await page.event("stopped")
        await page.request("setBreakpoints", source={"path": file}, breakpoints=[{"line": 2}])
        stop = await page.go("continue", stop["threadId"])
        top = (await page.frames(stop["threadId"]))[0]
        assert (top["source"]["path"], top["line"]) == (file, 2)
        assert await ended(page, stop) == "4\n"


async def test_control_c_ends_a_program_that_stands_once_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#984: the debugger did not answer any more."""
    source = "print('up')\nprint('on')\n" + "for _ in range(10 ** 9):\n    pass\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 2})
        stop = await page.event("stopped")
        page.terminal.type("\x03")
        top = (await page.frames(stop["threadId"]))[0]
        assert top["line"] == 2
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert (ending.exit_code, ending.signal) in ((130, None), (None, "SIGINT"), (1, None))
    assert "KeyboardInterrupt" in page.terminal.text
    assert "pydevd" not in page.terminal.text


async def test_calls_may_be_as_deep_as_without_a_debugger(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/debugpy#735: only in the debugger, the program had too many calls."""
    source = """import sys
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
print(deep(sys.getrecursionlimit() - 20))
"""
    async with debugging(source, monkeypatch, observed="") as usual:
        await usual.terminal.ending()
    assert usual.terminal.text == "980\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 4})
        stop = await page.event("stopped")
        assert await ended(page, stop) == "980\n"


async def test_a_program_may_put_its_output_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/ptvsd#1769: what a breakpoint says was not printed."""
    source = """import contextlib, io
kept = io.StringIO()
with contextlib.redirect_stdout(kept):
    for number in range(2):
        print("kept", number)
print(repr(kept.getvalue()))
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 5, "logMessage": "number is {number}"})
        assert (await page.terminal.ending()).outcome is Outcome.COMPLETED
    assert page.terminal.text == "number is 0\nnumber is 1\n'kept 0\\nkept 1\\n'\n"


async def test_a_step_over_yield_leads_to_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """thonny/thonny#3195: the program went on to its end."""
    source = """def numbers():
    yield 1
    yield 2
for one in numbers():
    print(one)
print("end")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 2})
        stop = await page.event("stopped")
        found: list[tuple[str, int]] = []
        while not found or found[-1] != ("<module>", 6):
            stop = await page.go("next", stop["threadId"])
            found.append(await place(page, stop))
        assert ("<module>", 5) in found
        assert await ended(page, stop) == "1\n2\nend\n"


async def test_a_breakpoint_at_a_line_that_does_nothing_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/vscode-python#9008: those who wait for a condition write such a line."""
    source = "for one in range(3):\n    if one == 1:\n        pass\nprint(one)\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 3})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert (await page.values(top["id"]))["one"] == "1"
        assert await ended(page, stop) == "2\n"
