# size: one list of reports, each with its program
"""What users of other debuggers report, tried with ours. Each test names the report."""

import pytest

from runner.run_state import Outcome
from tests.debugging.dap import MAIN, Message
from tests.debugging.debugged import Debugged, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks, pytest.mark.timeout(200)]
BOTH = ("uncaught", "raised")


def stops(page: Debugged) -> list[Message]:
    return [each for each in page.heard if each.get("event") == "stopped"]


async def place(page: Debugged, stop: Message) -> tuple[str, int]:
    """The function and the line where it stands, in the main file."""
    top = (await page.frames(stop["threadId"]))[0]
    assert top["source"]["path"] == MAIN, top
    return top["name"], top["line"]


async def ended(page: Debugged, stop: Message) -> Outcome:
    page.ask("continue", threadId=stop["threadId"])
    return (await page.terminal.ending()).outcome


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("sys.exit()", 0),
        ("sys.exit(0)", 0),
        ("sys.exit(3)", 3),
        ("sys.exit('bye')", 1),
        ("exit()", 0),
        ("raise SystemExit('bye')", 1),
    ],
)
async def test_a_program_that_ends_itself_has_no_error(
    monkeypatch: pytest.MonkeyPatch, end: str, code: int
) -> None:
    """microsoft/vscode-python#3530, microsoft/debugpy#489, #1306."""
    async with debugging(f"import sys\nprint('before')\n{end}\n", monkeypatch) as page:
        await page.begin(filters=BOTH)
        ending = await page.terminal.ending()
    assert stops(page) == []
    assert ending.exit_code == code
    assert page.terminal.text.startswith("before\n")


async def test_a_call_of_breakpoint_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """thonny/thonny#1388: pdb was opened."""
    source = "one = 1\nbreakpoint()\ntwo = 2\nprint(one + two)\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        stop = await page.event("stopped")
        assert (await place(page, stop))[1] in (2, 3)
        assert "(Pdb)" not in page.terminal.text
        assert await ended(page, stop) is Outcome.COMPLETED
    assert page.terminal.text == "3\n"


async def test_pdb_in_a_debugged_program_is_used_on_its_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """mfussenegger/nvim-dap#205: the session ended."""
    source = "import pdb\none = 1\npdb.set_trace()\ntwo = 2\nprint(one + two)\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        await page.terminal.wait_for("(Pdb) ")
        page.terminal.type("p one\rc\r")
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert page.terminal.text.endswith("3\n")
    assert "pydev" not in page.terminal.text.lower()


async def test_an_error_is_still_handled_after_a_pause_and_new_breakpoints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#1913: the error was lost."""
    source = """import signal
def late(*_):
    raise TimeoutError("late")
signal.signal(signal.SIGALRM, late)
print("up", flush=True)
number = 0
try:
    while True:
        number += 1
        if number == 1:
            input()
            signal.setitimer(signal.ITIMER_REAL, 0.5)
except TimeoutError:
    print("handled")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        await page.terminal.wait_for("up")
        await page.request(
            "setBreakpoints", source={"path": MAIN}, breakpoints=[{"line": 12}, {"line": 14}]
        )
        page.ask("pause", threadId=1)
        page.terminal.type("\r")
        stop = await page.event("stopped")
        since = len(page.heard)
        page.ask("continue", threadId=stop["threadId"])
        while (await place(page, stop := await page.event("stopped", since)))[1] != 14:
            since = len(page.heard)
            page.ask("continue", threadId=stop["threadId"])
        assert await ended(page, stop) is Outcome.COMPLETED
    assert page.terminal.text.endswith("handled\n")


async def test_going_on_twice_in_a_row_leaves_no_thread_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#2048: the debugger did not answer any more."""
    source = """import threading
def work():
    for number in range(5):
        done.append(number)
done = []
threads = [threading.Thread(target=work) for _ in range(4)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(len(done))
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 4})
        since = 0
        while True:
            event = await page.until(
                lambda message: message.get("event") in ("stopped", "terminated"), since
            )
            if event["event"] == "terminated":
                break
            since = page.heard.index(event) + 1
            for _ in range(2):
                page.ask("continue", threadId=event["body"]["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert page.terminal.text == "20\n"


async def test_a_breakpoint_stops_in_a_thread_and_in_another_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#1963: threads that began later were left out."""
    source = "import threading\nimport helper\nthreading.Thread(target=helper.work).start()\n"
    others = {"helper.py": "def work():\n    own = 7\n    print(own)\n"}
    file = MAIN.replace("main.py", "helper.py")
    async with debugging(source, monkeypatch, others=others) as page:
        await page.begin(files={file: [{"line": 3}]})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert (top["source"]["path"], top["line"]) == (file, 3)
        assert (await page.values(top["id"]))["own"] == "7"
        assert await ended(page, stop) is Outcome.COMPLETED


async def test_loops_over_generators_are_no_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/ptvsd#1959, microsoft/debugpy#605, thonny/thonny#977."""
    source = """import asyncio
def numbers():
    yield 1
    yield 2
for one in numbers():
    pass
print(any(one in [1, 2, 3] for one in [2, 7]), next(numbers()), 1 in numbers())
async def later():
    yield 1
    await asyncio.sleep(0)
async def main():
    async for one in later():
        pass
asyncio.run(main())
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin(filters=BOTH)
        ending = await page.terminal.ending()
    assert stops(page) == []
    assert ending.outcome is Outcome.COMPLETED


@pytest.mark.parametrize("command", ["next", "stepIn", "stepOut"])
async def test_a_step_behind_the_last_line_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """microsoft/vscode-python#767: the step led into what had started the program."""
    async with debugging("one = 1\nprint(one)\n", monkeypatch) as page:
        await page.begin({"line": 2})
        stop = await page.event("stopped")
        page.ask(command, threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert len(stops(page)) == 1
    assert ending.outcome is Outcome.COMPLETED


async def test_a_step_over_await_leads_to_the_next_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/ptvsd#1627: it led into the event loop, or nowhere."""
    source = """import asyncio
async def main():
    one = 1
    await asyncio.sleep(0.05)
    await inner()
    print("end")
async def inner():
    await asyncio.sleep(0.05)
asyncio.run(main())
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 3})
        stop = await page.event("stopped")
        found = [await place(page, stop)]
        for _ in range(3):
            stop = await page.go("next", stop["threadId"])
            found.append(await place(page, stop))
        assert found == [("main", 3), ("main", 4), ("main", 5), ("main", 6)]
        assert await ended(page, stop) is Outcome.COMPLETED


async def test_a_watched_input_takes_nothing_from_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#196: the program could not go on."""
    async with debugging("one = 1\nprint('got', input('? '))\n", monkeypatch) as page:
        await page.begin({"line": 2})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        asked = {"expression": "input('watched')", "frameId": top["id"], "context": "watch"}
        assert "too long" in await page.refused("evaluate", **asked)
        page.ask("continue", threadId=stop["threadId"])
        await page.terminal.wait_for("? ")
        page.terminal.type("own\r")
        assert (await page.terminal.ending()).outcome is Outcome.COMPLETED
    assert page.terminal.text.endswith("got own\n")


async def test_each_line_is_stepped_over_whatever_it_computes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """thonny/thonny#159, #195, #328, #737, #1185, #1631: the debugger failed in such lines."""
    source = """a = [1, 2, 3]
b = f"{sum(x for x in a)!r:>4} {'yes' if a else 'no'}"
c = {k: v for k, v in zip(a, a[::-1]) if k > 1 or ...}
d, *e = (lambda *args, **more: args)(*a, **{})
f = [[row[i] for row in [[1, 2], [3, 4]]] for i in range(2)]
if (g := len(a)) > 2: h = not g
with open("x", "w") as file: file.write(b)
assert all(map(str, a)), "never"
print(d, e)
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 1})
        stop = await page.event("stopped")
        found = [await place(page, stop)]
        while found[-1][1] < 9:
            stop = await page.go("next", stop["threadId"])
            found.append(await place(page, stop))
        assert {line for _, line in found} == set(range(1, 10))
        assert [line for _, line in found] == sorted(line for _, line in found)
        assert await ended(page, stop) is Outcome.COMPLETED
    assert page.terminal.text == "1 [2, 3]\n"


async def test_an_error_that_is_handled_stops_in_the_program_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#842, #1278: the debugger stopped in libraries, which handle their own."""
    source = """import json
try:
    json.loads("nothing")
except ValueError as error:
    print("handled")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin(filters=("raised",))
        stop = await page.event("stopped")
        assert stop["reason"] == "exception"
        assert await place(page, stop) == ("<module>", 3)
        assert await ended(page, stop) is Outcome.COMPLETED
    assert len(stops(page)) == 1
