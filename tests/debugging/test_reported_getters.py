"""What is reported of attributes that are computed. Each test names a report."""

import pytest

from tests.debugging.dap import Message
from tests.debugging.debugged import debugging, requires_debugger
from tests.debugging.test_reported_values import goes_on, inside, local, stands

pytestmark = [requires_debugger, pytest.mark.attacks, pytest.mark.timeout(200)]

SOURCE = """class Account:
    def __init__(self):
        self.asked = 0
    @property
    def balance(self):
        self.asked += 1
        return 5
account = Account()
print(account.asked)
"""
CHILD = """class Parent:
    size = kept = property(lambda self: 1)
class Child(Parent):
    size = property(lambda self: print("called"))
    kept = 2
child = Child()
"""


def is_computed(value: Message) -> bool:
    return "coderunner_computed" in (value.get("presentationHint") or {}).get("attributes", [])


async def test_who_looks_at_an_object_changes_nothing_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Dart-Code/Dart-Code#3541: attributes that are computed were, by the debugger itself."""
    async with debugging(SOURCE, monkeypatch) as page:
        thread, frame = await stands(page, 9)
        for _ in range(2):
            _, values = await local(page, frame)
            shown = await inside(page, values["account"]["variablesReference"])
            assert shown["asked"]["value"] == "0"
            assert not is_computed(shown["asked"])
            assert is_computed(shown["balance"])
            assert shown["balance"]["evaluateName"] == "account.balance"
        assert await goes_on(page, thread) == "0\n"


async def test_it_is_computed_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async with debugging(SOURCE, monkeypatch) as page:
        thread, frame = await stands(page, 9)
        asked = {"expression": "account.balance", "frameId": frame, "context": "watch"}
        assert (await page.request("evaluate", **asked))["result"] == "5"
        assert await goes_on(page, thread) == "1\n"


async def test_properties_of_the_library_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"from pathlib import Path\npath = Path('a/b.txt')\n{CHILD}print('end')\n"
    async with debugging(source, monkeypatch) as page:
        thread, frame = await stands(page, 9)
        _, values = await local(page, frame)
        shown = await inside(page, values["path"]["variablesReference"])
        assert shown["suffix"]["value"] == "'.txt'"
        # One that a class of the program has in place of another's.
        child = await inside(page, values["child"]["variablesReference"])
        assert is_computed(child["size"])
        assert child["kept"]["value"] == "2"
        assert await goes_on(page, thread) == "end\n"
