"""What a breakpoint prints, as `static/src/common/debug/log_messages.ts` writes its message."""

import pytest

from tests.debugging.debugged import debugging, requires_debugger

SOURCE = """prices = {"a": 2.5}
for number in range(2):
    total = number
print("end")
"""


@requires_debugger
@pytest.mark.parametrize(
    ("message", "printed"),
    [
        ('{format((prices["a"]), ".2f")} €, 100 %% of {number}', "2.50 €, 100 % of {}"),
        ("{repr(str(number))}", "'{}'"),
        ("50 %", "50 %"),
    ],
)
async def test_a_message_is_printed_as_it_is_meant(
    monkeypatch: pytest.MonkeyPatch, message: str, printed: str
) -> None:
    async with debugging(SOURCE, monkeypatch) as page:
        await page.begin({"line": 3, "logMessage": message})
        await page.terminal.ending()
    lines = [printed.format(number) for number in range(2)]
    assert page.terminal.text.splitlines() == [*lines, "end"]
