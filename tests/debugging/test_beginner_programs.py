"""Programs of a first course, from their first line to their last.

At each of them each variable has the value that Python itself finds there, in the debugger and in
the view of steps.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from runner.run_state import Outcome
from tests.debugging.dap import MAIN, Message
from tests.debugging.debugged import Debugged, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks]
HERE = Path(__file__).parent
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
GROUPS = ("special variables", "function variables", "class variables")
UNKNOWN = re.compile(r"<.* object at|…")  # what is shown of an object that cannot be shown yet
BEING_WRITTEN = "[...]"  # Python itself writes so of a list, within its own representation
MOST_STOPS = 400

Values = dict[str, str]
# The kind of a stop, its line, its function, and what the names there refer to.
Stop = tuple[str, int, str, Values]


def programs() -> Iterator[Any]:
    for part in (HERE / "beginner_programs.txt").read_text().split("=== ")[1:]:
        title, _, source = part.partition("\n")
        name, _, typed = title.partition(" >>> ")
        yield pytest.param(source, typed.replace("|", "\n"), id=name.strip())


PROGRAMS = list(programs())


def own(source: str, typed: str, folder: Path) -> list[Stop]:
    """What Python itself finds."""
    program = folder / "main.py"
    program.write_text(source)
    command = [sys.executable, str(HERE / "python_own.py"), str(program)]
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, check=True, cwd=folder
    )
    found = [json.loads(line) for line in done.stderr.splitlines()]
    return [(kind, line, name, values) for kind, line, name, values in found]


def assert_same(stops: list[tuple[int, str, Values]], expected: list[Stop]) -> None:
    """Each stop is the next line of Python, or a caller after a return; and no line is left out."""
    left = iter(expected)
    for line, name, values in stops:
        for kind, wanted_line, wanted_name, wanted in left:
            if (line, name) == (wanted_line, wanted_name):
                assert_values(values, wanted, line)
                break
            assert may_be_passed(kind, wanted_name), (
                f"{wanted_line} in {wanted_name} was passed over: next is {line} in {name}"
            )
        else:
            raise AssertionError(f"line {line} in {name}, where Python does not come")
    rest = [stop for stop in left if not may_be_passed(stop[0], stop[2])]
    assert not rest, rest


def may_be_passed(kind: str, name: str) -> bool:
    """A debugger need not stop again in a caller, nor within a comprehension."""
    return kind == "back" or (name.startswith("<") and name != "<module>")


def assert_values(values: Mapping[str, str], wanted: Mapping[str, str], line: int) -> None:
    assert values.keys() == wanted.keys(), f"line {line}: {values} instead of {wanted}"
    for name, value in values.items():
        mine, theirs = ADDRESS.sub("", value), ADDRESS.sub("", wanted[name])
        known = BEING_WRITTEN not in (mine, theirs) and not UNKNOWN.search(theirs)
        assert mine == theirs or not known, f"line {line}: {name} = {value}, not {theirs}"


@pytest.mark.parametrize(("source", "typed"), PROGRAMS)
async def test_stepped_through(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, typed: str
) -> None:
    expected = own(source, typed, tmp_path)
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": expected[0][1]})
        page.terminal.type(typed.replace("\n", "\r"))
        stops = [stop async for stop in _stops(page)]
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert_same(stops, expected)


async def _stops(page: Debugged) -> Any:
    """Each place where it stands, by the key for stepping in, until it has ended."""
    since, known = 0, None
    for _ in range(MOST_STOPS):
        event = await page.until(
            lambda message: message.get("event") in ("stopped", "terminated"), since
        )
        if event["event"] == "terminated":
            return
        since, thread = len(page.heard), event["body"]["threadId"]
        top = (await page.frames(thread))[0]
        if top["source"]["path"] == MAIN:
            known = top["line"], top["name"], await _values(page, top["id"])
            yield known
        page.ask("stepIn", threadId=thread)
    raise AssertionError(f"no end after {MOST_STOPS} stops, at {known}")


async def _values(page: Debugged, frame: int) -> Values:
    values = await page.values(frame)
    return {name: value for name, value in values.items() if _is_data(name, value)}


def _is_data(name: str, value: str) -> bool:
    return name not in GROUPS and not name.startswith(".") and not value.startswith("<module ")


# --- The view of steps -----------------------------------------------------------------------
@pytest.mark.parametrize(("source", "typed"), PROGRAMS)
async def test_seen_step_by_step(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, typed: str
) -> None:
    expected = own(source, typed, tmp_path)
    async with debugging(source, monkeypatch, observed="trace") as page:
        await page.terminal.started()
        page.terminal.type(typed.replace("\n", "\r"))
        end = await page.until(lambda message: message.get("type") == "trace_end")
        ending = await page.terminal.ending()
    assert (ending.outcome, end["cut"]) == (Outcome.COMPLETED, False)
    steps = [each for each in page.heard if each.get("type") == "trace"]
    lines = [each for each in steps if each["event"] == "line"]
    wanted = [stop for stop in expected if stop[0] == "line"]
    assert [(each["line"], each["frames"][-1]["name"]) for each in lines] == [
        (line, name) for _, line, name, _ in wanted
    ]
    for step, (_, line, _, values) in zip(lines, wanted, strict=True):
        assert_step(step, values, line)


def assert_step(step: Message, wanted: Values, line: int) -> None:
    objects = {number: (kind, text, inside) for number, kind, text, inside in step["objects"]}
    shown = dict(step["frames"][-1]["names"])
    for name, theirs in wanted.items():
        mine = Shown(objects).text(shown[name])
        if mine is not None:
            assert mine == theirs, f"line {line}: {name} = {mine}"


class Shown:
    """A value of the view of steps as Python writes it; None: of a class of the program's own."""

    BRACKETS: Mapping[str, str] = {"list": "[]", "tuple": "()", "set": "{}", "dict": "{}"}

    def __init__(self, objects: Mapping[int, tuple[str, str, list[Any]]]) -> None:
        self.objects = objects

    def text(self, value: tuple[str, Any]) -> str | None:
        what, known = value
        if what == "text":
            return str(known)
        kind, _, inside = self.objects[known]
        if kind not in self.BRACKETS:
            return None
        texts = [self.text(pair[1]) for pair in inside]
        if None in texts:
            return None
        if kind == "dict":
            labels = [pair[0] for pair in inside]
            texts = [f"{label}: {text}" for label, text in zip(labels, texts, strict=True)]
        elif not texts and kind == "set":
            return "set()"
        elif len(texts) == 1 and kind == "tuple":
            texts.append("")
        brackets = self.BRACKETS[kind]
        return f"{brackets[0]}{', '.join(map(str, texts)).rstrip()}{brackets[1]}"
