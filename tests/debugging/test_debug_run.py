"""A program with a debugger: its terminal stays real, and its errors look as without."""

import asyncio

import pytest

from runner.limits import MIB, Limits
from runner.run_state import Outcome
from tests.debugging.debugged import MAIN, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks]
LOOP = """total = 0
for number in range(5):
    answer = input(f"{number}? ")
    total += int(answer)
print("total", total)
"""
FAILS = """def inner(divisor):
    return 10 / divisor


def outer():
    return inner(0)


outer()
"""
WAITS = """import time
print("up", flush=True)
while True:
    time.sleep(0.05)
"""


async def test_a_conditional_breakpoint_in_a_loop_with_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging(LOOP, monkeypatch) as page:
        await page.begin({"line": 4, "condition": "number == 3"})
        page.terminal.type("1\r2\r3\r4\r5\r")
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert (top["line"], top["source"]["path"]) == (4, MAIN)
        values = await page.values(top["id"])
        assert (values["number"], values["total"], values["answer"]) == ("3", "6", "'4'")
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert page.terminal.text.endswith("total 15\n")


async def test_a_debugger_has_memory_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging(WAITS, monkeypatch) as page:
        await page.begin()
        await page.terminal.wait_for("up")
        assert page.terminal.task._limits.memory_bytes == Limits().memory_bytes + 64 * MIB


async def test_control_c_ends_it_and_shows_the_programs_frames_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging(WAITS, monkeypatch) as page:
        await page.begin()
        await page.terminal.wait_for("up")
        page.terminal.type("\x03")
        ending = await page.terminal.ending()
    assert (ending.exit_code, ending.signal) in ((130, None), (None, "SIGINT"), (1, None))
    shown = page.terminal.text
    assert "KeyboardInterrupt" in shown
    assert "pydevd" not in shown
    assert "<string>" not in shown
    assert shown.count("File ") == 1


@pytest.mark.parametrize(
    "source", [FAILS, "print('a'\n", "if True:\nx = 1\n", "raise KeyError from None"]
)
async def test_an_error_looks_as_without_a_debugger(
    monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        debugged = await page.terminal.ending()
    async with debugging(source, monkeypatch, observed="") as other:
        usual = await other.terminal.ending()
    assert page.terminal.text == other.terminal.text
    assert (debugged.exit_code, debugged.outcome) == (usual.exit_code, usual.outcome)


async def test_an_uncaught_error_stops_where_it_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging(FAILS, monkeypatch) as page:
        await page.begin(filters=("uncaught",))
        stop = await page.event("stopped")
        assert stop["reason"] == "exception"
        top = (await page.frames(stop["threadId"]))[0]
        assert (top["name"], top["line"]) == ("inner", 2)


async def test_a_program_has_the_arguments_and_names_that_it_has_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "import sys\nprint(sys.argv, __file__, __name__, sys.path, sorted(globals()))"
    shown = []
    for observed in ("debug", ""):
        async with debugging(source, monkeypatch, observed=observed, args=["a", "-b"]) as page:
            if observed:
                await page.begin()
            await page.terminal.ending()
        shown.append(page.terminal.text)
    assert shown[0] == shown[1]


async def test_a_program_without_a_debugger_has_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = """import sys, threading
print([name for name in sys.modules if "pydev" in name or "debugpy" in name])
print(sys.gettrace(), threading.active_count(), sys.excepthook is sys.__excepthook__)
"""
    async with debugging(source, monkeypatch, observed="") as page:
        await page.terminal.ending()
    assert page.terminal.text == "[]\nNone 1 True\n"


async def test_what_a_debugger_is_asked_counts_as_use(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging("input()", monkeypatch) as page:
        await page.begin({"line": 1})
        await page.event("stopped")
        before = page.terminal.task._pump.active_at
        await asyncio.sleep(0)
        await page.request("threads")
        assert page.terminal.task._pump.active_at > before
