"""A value that takes long to compute is shown as such, with those beside it, in a bounded time."""

import time
from collections.abc import Mapping

import pytest

from runner.run_state import Outcome
from tests.debugging.dap import Message
from tests.debugging.debugged import Debugged, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks]
SLOW = """import time
class Slow:
    def __repr__(self):
        {body}
    @property
    def size(self):
        {body}
before, one, zebra = [1, 2], Slow(), {{"z": 1}}
print("end")
"""
SLEEPS = "time.sleep(25); return 'shown'"
MANY = """import time
class Slow:
    def __repr__(self):
        time.sleep(25)
first, *rest = [Slow() for _ in range(60)]
a1, a2, a3, a4, a5, a6, a7, a8 = rest[:8]
zero = 0
print("end")
"""
THREAD = """import threading
class Slow:
    def __repr__(self):
        while True: pass
def work():
    one, other = Slow(), [3]
    print("there")
threading.Thread(target=work).start()
"""
VALUE_SECONDS, ALL_SECONDS = 2.0, 6.0  # for one value, and for those of a request
MORE_SECONDS = 4.0  # a busy machine


def is_late(value: Message) -> bool:
    return "coderunner_late" in (value.get("presentationHint") or {}).get("attributes", [])


async def shown(page: Debugged, frame: int) -> Mapping[str, Message]:
    scopes = (await page.request("scopes", frameId=frame))["scopes"]
    asked = await page.request("variables", variablesReference=scopes[0]["variablesReference"])
    return {each["name"]: each for each in asked["variables"]}


async def stopped(page: Debugged, source: str, line: int) -> tuple[int, int]:
    """The thread and the frame that stand there."""
    await page.begin({"line": line})
    thread = (await page.event("stopped"))["threadId"]
    top = (await page.frames(thread))[0]
    assert top["line"] == line, source
    return int(thread), int(top["id"])


async def ended(page: Debugged, thread: int) -> None:
    page.ask("continue", threadId=thread)
    ending = await page.terminal.ending()
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPLETED, 0)


@pytest.mark.parametrize("body", [SLEEPS, "while True: pass"], ids=["sleeps", "computes"])
async def test_its_neighbours_are_shown(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    source = SLOW.format(body=body)
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stopped(page, source, 9)
        began = time.monotonic()
        values = await shown(page, frame)
        assert time.monotonic() - began < VALUE_SECONDS + MORE_SECONDS
        assert is_late(values["one"])
        assert values["one"]["type"] == "Slow"
        assert values["before"]["value"] == "[1, 2]"
        assert values["zebra"]["value"] == "{'z': 1}"
        assert not is_late(values["zebra"])
        await ended(page, thread)
        assert page.terminal.text == "end\n"


async def test_what_is_in_a_value_is_computed_for_a_bounded_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = SLOW.format(body="while True: pass").replace("def __repr__", "def other")
    source = slow.replace("@property\n    def size(self)", "\n    def __dir__(self)")
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stopped(page, source, 9)
        one = (await shown(page, frame))["one"]
        inside = await page.request("variables", variablesReference=one["variablesReference"])
        assert [is_late(each) for each in inside["variables"]] == [True]
        await ended(page, thread)


async def test_all_values_together_take_a_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging(MANY, monkeypatch) as page:
        thread, frame = await stopped(page, MANY, 8)
        began = time.monotonic()
        values = await shown(page, frame)
        assert time.monotonic() - began < ALL_SECONDS + MORE_SECONDS
        assert values["zero"]["value"] == "0"
        assert all(is_late(values[f"a{number}"]) for number in range(1, 9))
        await ended(page, thread)


async def test_a_value_of_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging(THREAD, monkeypatch) as page:
        thread, frame = await stopped(page, THREAD, 7)
        values = await shown(page, frame)
        assert is_late(values["one"])
        assert values["other"]["value"] == "[3]"
        await ended(page, thread)
        assert page.terminal.text == "there\n"


async def test_an_expression_and_a_new_value_take_a_bounded_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = SLOW.format(body=SLEEPS)
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stopped(page, source, 9)
        scope = (await page.request("scopes", frameId=frame))["scopes"][0]["variablesReference"]
        wrong = await page.refused(
            "evaluate", expression="one.size", frameId=frame, context="watch"
        )
        assert "too long" in wrong
        await page.refused(
            "setVariable", variablesReference=scope, name="zebra", value="time.sleep(30)"
        )
        right = await page.request("evaluate", expression="1 + 1", frameId=frame, context="watch")
        assert right["result"] == "2"
        await ended(page, thread)
