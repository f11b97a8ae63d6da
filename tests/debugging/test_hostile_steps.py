"""Programs whose objects lie or fight, in the view of steps: they run as without it."""

from collections.abc import Mapping
from typing import Any

import pytest

from runner.run_state import Outcome
from tests.debugging.debugged import Debugged, debugging

# Each part would run code of the program, or fail, if somebody asked its objects.
LIARS = """
class Meta(type):
    def __eq__(cls, other):
        raise ValueError("asked whether it is equal")
    __hash__ = type.__hash__
    __name__ = property(lambda cls: 1 / 0)
    __mro__ = property(lambda cls: 1 / 0)
    __dict__ = property(lambda cls: 1 / 0)

class Liar(metaclass=Meta):
    def __init__(self):
        self.inside = 1
    __class__ = property(lambda self: 1 / 0)
    def __getattribute__(self, name):
        raise ValueError("asked for " + name)
    def __eq__(self, other):
        raise ValueError("compared")
    def __hash__(self):
        raise ValueError("hashed")
    def __repr__(self):
        raise ValueError("written")
    def __len__(self):
        raise ValueError("counted")

class Hidden:
    __dict__ = property(lambda self: 1 / 0)

class Rude(list):
    def __iter__(self):
        raise ValueError("looked through")
    __len__ = __iter__

class Text(str):
    def __str__(self):
        return self
    def __getitem__(self, index):
        raise ValueError("cut")

class Wrong(Exception, metaclass=Meta):
    pass

class Namespace(dict):
    def items(self):
        raise ValueError("listed")

class Prepared(type):
    @classmethod
    def __prepare__(meta, *_):
        return Namespace()

liar, hidden, rude = Liar(), Hidden(), Rude([1, 2])
class Made(metaclass=Prepared):
    one = 1
    two = 2
globals()[5] = "no name"
globals()["n" * 100_000] = 1
setattr(hidden_from_names := type("Long" * 100, (), {})(), "a" * 100_000, 1)
try:
    raise Wrong("it")
except Wrong:
    print("caught")
print(Text("text"))
circle = [1]
circle.append(circle)
print("end")
"""

OWN_KINDS = """
from collections import Counter, defaultdict, deque, namedtuple
from dataclasses import dataclass
Point = namedtuple("Point", "x y")
@dataclass(slots=True)
class Slim:
    weight: int
class Stack(list):
    pass
point, count, groups = Point(1, 2), Counter("aab"), defaultdict(list, {1: [2]})
queue, numbers, slim, stack = deque([1, 2]), range(2, 8), Slim(3), Stack([4])
error, raw = ValueError("bad"), bytearray(b"ab")
stack.name = "S"
print("end")
"""

FORKS = """import os
child = os.fork()
here = 1
if child == 0:
    inside = 2
    print("child", flush=True)
else:
    os.waitpid(child, 0)
    print("parent")
"""

NO_INPUT = """
def ask():
    return input("> ")
try:
    1 / 0
except ZeroDivisionError:
    ask()
"""


async def followed(page: Debugged) -> list[Mapping[str, Any]]:
    end = await page.until(lambda message: message.get("type") == "trace_end")
    assert end["cut"] is False
    return [each for each in page.heard if each.get("type") == "trace"]


async def test_no_code_of_the_program_runs_to_show_its_objects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging(LIARS, monkeypatch, observed="trace") as page:
        steps = await followed(page)
        ending = await page.terminal.ending()
    assert page.terminal.text == "caught\ntext\nend\n"
    assert ending.outcome is Outcome.COMPLETED
    shown = objects_of(steps[-1])
    assert shown["liar"][1:] == ("Liar", "", [["inside", ["text", "1"]]])
    assert shown["hidden"][1:] == ("Hidden", "", [])
    assert [value for _, value in shown["rude"][3]] == [["text", "1"], ["text", "2"]]
    assert max(len(str(step)) for step in steps) < 20_000


async def test_what_a_class_holds_as_pythons_own_types_do_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging(OWN_KINDS, monkeypatch, observed="trace") as page:
        shown = objects_of((await followed(page))[-1])
        await page.terminal.ending()
    inside = {
        name: [label + "=" + value[1] for label, value in found[3] if value[0] == "text"]
        for name, found in shown.items()
    }
    assert inside["point"] == ["0=1", "1=2"]
    assert inside["count"] == ["'a'=2", "'b'=1"]
    assert inside["queue"] == ["0=1", "1=2"]
    assert inside["numbers"] == ["start=2", "stop=8", "step=1"]
    assert inside["slim"] == ["weight=3"]
    assert inside["stack"] == ["0=4", "name='S'"]
    assert [label for label, _ in shown["groups"][3]] == ["1", "default_factory"]
    assert shown["error"][1:3] == ("ValueError", "'bad'")
    assert shown["raw"][1:3] == ("bytearray", "b'ab'")


def objects_of(step: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The objects that the names of the program refer to."""
    found = {number: (number, *rest) for number, *rest in step["objects"]}
    names = step["frames"][0]["names"]
    return {name: found[value[1]] for name, value in names if value[0] == "object"}


async def test_a_child_takes_no_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would stand between those of its parent, and its end would be the parent's."""
    async with debugging(FORKS, monkeypatch, observed="trace") as page:
        steps = await followed(page)
        await page.terminal.ending()
    assert page.terminal.text == "child\nparent\n"
    assert [step["line"] for step in steps if step["event"] == "line"] == [1, 2, 3, 4, 8, 9]
    assert [each["type"] for each in page.heard].count("trace_end") == 1


@pytest.mark.parametrize("observed", ["trace", "debug"])
@pytest.mark.parametrize("source", [NO_INPUT, "exec('1 / 0')\n", "eval('1 +')\n"])
async def test_an_error_has_the_lines_that_it_has_without(
    monkeypatch: pytest.MonkeyPatch, source: str, observed: str
) -> None:
    """In what `input()` or `exec()` does, too."""
    shown = []
    for how in ("", observed):
        async with debugging(source, monkeypatch, observed=how) as page:
            if how == "debug":
                await page.begin()
            if "input" in source:
                await page.terminal.wait_for("> ")
                page.terminal.type("\x04")
            await page.terminal.ending()
        shown.append(page.terminal.text)
    assert shown[0] == shown[1]
