"""A program of exactly the largest size runs, whatever it consists of."""

import pytest

from runner.protocol.messages import Outcome
from runner.protocol.paths import MAX_SOURCE_BYTES
from tests.terminal_client import TerminalClient

START, END = "#", "\nprint(len(open(__file__, encoding='utf-8').read().encode()))\n"
FILLED = {
    "letters": "x",
    "quotation marks": '"',  # two bytes each in JSON
    "lines": "\n",
    "letters of two bytes": "é",
    "emoji": "😀",
}


@pytest.mark.parametrize("filling", FILLED.values(), ids=FILLED)
async def test_it_runs(terminal: TerminalClient, filling: str) -> None:
    room = MAX_SOURCE_BYTES - len(START + END)
    count, rest = divmod(room, len(filling.encode()))
    text = START + " " * rest + filling * count + END
    assert len(text.encode()) == MAX_SOURCE_BYTES
    await terminal.start(text)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output).strip() == str(MAX_SOURCE_BYTES).encode()
