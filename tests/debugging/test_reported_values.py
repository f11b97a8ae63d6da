"""What users of other debuggers report of values, tried with ours. Each test names the report."""

import json
from collections.abc import Mapping

import pytest

from runner.run_state import Outcome
from tests.debugging.dap import Message
from tests.debugging.debugged import Debugged, debugging, requires_debugger

pytestmark = [requires_debugger, pytest.mark.attacks, pytest.mark.timeout(200)]


async def stands(page: Debugged, line: int) -> tuple[int, int]:
    """The thread, and the frame that stands in that line."""
    await page.begin({"line": line})
    thread = int((await page.event("stopped"))["threadId"])
    top = (await page.frames(thread))[0]
    assert top["line"] == line
    return thread, int(top["id"])


async def inside(page: Debugged, reference: int) -> dict[str, Message]:
    answer = await page.request("variables", variablesReference=reference)
    return {each["name"]: each for each in answer["variables"]}


async def local(page: Debugged, frame: int) -> tuple[int, dict[str, Message]]:
    scopes = (await page.request("scopes", frameId=frame))["scopes"]
    reference = int(scopes[0]["variablesReference"])
    return reference, await inside(page, reference)


async def goes_on(page: Debugged, thread: int) -> str:
    """What it prints until it ends."""
    page.ask("continue", threadId=thread)
    assert (await page.terminal.ending()).outcome is Outcome.COMPLETED
    return page.terminal.text


async def test_what_is_looked_at_is_not_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/vscode-python#202: the debugger moved an iterator on."""
    source = """class Count:
    def __init__(self):
        self.at = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.at += 1
        return self.at
count, squares, file = Count(), (n * n for n in range(3)), open("main.py")
pairs, lines = zip([1, 2], "ab"), map(str, [1, 2])
print(next(count), list(squares), file.readline(), list(pairs), list(lines))
"""
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 11)
        for _ in range(2):
            _, values = await local(page, frame)
            for name in ("count", "squares", "file", "pairs", "lines"):
                if reference := values[name]["variablesReference"]:
                    await inside(page, reference)
        shown = await goes_on(page, thread)
    assert shown == "1 [0, 1, 4] class Count:\n [(1, 'a'), (2, 'b')] ['1', '2']\n"


async def test_methods_are_not_called_by_who_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/PTVS#6542: a class method was called at each step."""
    source = """class Settings:
    text = "first"
    @classmethod
    def change(cls):
        cls.text += "!"
    def __call__(self):
        type(self).text += "?"
one = Settings()
print(Settings.text)
"""
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 9)
        _, values = await local(page, frame)
        await inside(page, values["one"]["variablesReference"])
        assert await goes_on(page, thread) == "first\n"


async def test_an_object_that_is_not_ready_yet_harms_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """thonny/thonny#1629: its attributes were asked for before there were any."""
    source = """class Domain:
    def __init__(self, name):
        self.name = name
        self.sets = {}
    def __repr__(self):
        return f"Domain({self.name})"
    def __getattr__(self, name):
        if name in self.sets:
            return self.sets[name]
        raise AttributeError(name)
print(Domain("heat"))
"""
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 3)
        _, values = await local(page, frame)
        assert values["name"]["value"] == "'heat'"
        await inside(page, values["self"]["variablesReference"])
        assert await goes_on(page, thread) == "Domain(heat)\n"


ODD: Mapping[str, object] = {
    "quotes": """it's a "test" \\ `""", "nothing": "\0", "escapes": "\x1b[31m\x07\r\n\t",
    "half": "\ud83d", "whole": "😀 世界 ü", "right": "שלום \u202e", "bytes": b"\xff'\0",
}  # fmt: skip


async def test_values_of_any_characters_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """jupyterlab-contrib/jupyterlab-variableInspector#77, #85: they were not, or nothing was."""
    lines = [f"{name} = {value!a}" for name, value in ODD.items()]
    source = "\n".join([*lines, "found = ''", "print('end')"])
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, len(lines) + 2)
        _, values = await local(page, frame)
        for name, value in ODD.items():
            assert values[name]["value"] == repr(value), name
        assert await goes_on(page, thread) == "end\n"


async def test_numbers_that_are_too_long_to_write_are_shown_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """spyder-ide/spyder#21751, python/cpython#135498: an error of the debugger was shown."""
    source = "big = 10 ** 5000\nmany = [big]\nsmall, odd = 1, float('nan')\nprint('end')\n"
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 4)
        _, values = await local(page, frame)
        assert (values["small"]["value"], values["odd"]["value"]) == ("1", "nan")
        assert values["big"]["type"] == "int"
        assert values["big"]["value"]
        assert "many" in values
        assert await goes_on(page, thread) == "end\n"


async def test_keys_that_look_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/debugpy#148, microsoft/ptvsd#1385: some were left out, or could not be set."""
    source = """keys = {1: "a", "1": "b", 1.5: "c", "it's": "d", ("x", 1): "e", None: "f", "": "g"}
print(*keys.values())
"""
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 2)
        _, values = await local(page, frame)
        reference = values["keys"]["variablesReference"]
        found = {
            name: each["value"]
            for name, each in (await inside(page, reference)).items()
            if name not in ("special variables", "function variables", "len()")
        }
        assert list(found.values()) == [f"'{letter}'" for letter in "abcdefg"]
        for name, value in found.items():
            new = {"name": name, "value": json.dumps(value.strip("'").upper())}
            await page.request("setVariable", variablesReference=reference, **new)
        assert await goes_on(page, thread) == "A B C D E F G\n"


async def test_expressions_know_the_names_where_the_program_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """microsoft/debugpy#1236, microsoft/vscode-python#2110: not within a comprehension."""
    source = """limit = 2
def above(numbers):
    least = limit
    print(least)
    return [n for n in numbers if n > least]
print(above([1, 2, 3]))
"""
    asked = {
        "[n for n in numbers if n > least]": "[3]",
        "sum(n > least for n in numbers)": "1",
        "(lambda x: x + least + limit)(1)": "5",
        "{n: [least for _ in numbers] for n in numbers}[1]": "[2, 2, 2]",
        "(total := least * 2) + 1": "5",
        "f'{least!r:>3} {max(numbers, key=lambda n: -abs(n - least))}'": "'  2 2'",
    }
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 4)
        for expression, value in asked.items():
            answer = {"expression": expression, "frameId": frame, "context": "watch"}
            assert (await page.request("evaluate", **answer))["result"] == value, expression
        assert await goes_on(page, thread) == "2\n[3]\n"


async def test_a_new_value_is_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """microsoft/vscode-python#2859, inducer/pudb#332: variables of functions kept theirs."""
    source = """def outer():
    shared = 1
    def inner(argument):
        own = 2
        nonlocal shared
        print(shared, argument, own)
    inner(3)
    print(shared)
outer()
"""
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 6)
        reference, _ = await local(page, frame)
        for name, value in (("own", "'o'"), ("argument", "'a'"), ("shared", "'s'")):
            new = {"name": name, "value": value}
            await page.request("setVariable", variablesReference=reference, **new)
        assert await goes_on(page, thread) == "s a o\ns\n"


LIES = {
    "length": "def __len__(self): raise ValueError('no')",
    "truth": "def __bool__(self): raise ValueError('no')",
    "equality": "def __eq__(self, other): raise ValueError('no')",
    "attributes": "def __getattribute__(self, name): raise ValueError('no')",
    "list of attributes": "def __dir__(self): return 5",
    "class": "__class__ = property(lambda self: 1 / 0)",
    "slots": "__slots__ = ('never',)",
    "text": "def __repr__(self): return '\\ud800' * 3",
}


@pytest.mark.parametrize("name", LIES)
async def test_an_object_may_lie_about_its(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """microsoft/ptvsd#1999, microsoft/vscode-python#10001: the debugger failed at it."""
    source = f"class Odd:\n    {LIES[name]}\nodd, plain = Odd(), [1]\nprint('end')\n"
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 4)
        _, values = await local(page, frame)
        assert values["plain"]["value"] == "[1]"
        if reference := values["odd"]["variablesReference"]:
            await inside(page, reference)
        assert await goes_on(page, thread) == "end\n"
