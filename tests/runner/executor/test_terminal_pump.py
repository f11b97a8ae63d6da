"""A program's terminal is read in time: at once after a key, in gulps when it prints fast."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from runner.executor import terminal_pump
from runner.executor.pty import PseudoTerminal
from runner.executor.terminal_pump import TerminalPump
from runner.limits import Limits

FOR_EVER = 3600.0  # seconds


class Reader:
    """A pump whose output can be waited for."""

    def __init__(self, terminal: PseudoTerminal) -> None:
        self._came = asyncio.Event()
        self.pump = TerminalPump(Limits(), (24, 80), self._came.set, lambda: None, lambda: None)
        self.pump.begin(terminal)

    async def has_read(self, offset: int) -> None:
        async with asyncio.timeout(10):
            while self.pump.stream.end < offset:
                self._came.clear()
                await self._came.wait()


@pytest.fixture
def terminal() -> Iterator[PseudoTerminal]:
    with PseudoTerminal(rows=24, cols=80) as opened:
        yield opened


async def test_an_echo_does_not_wait_until_small_pieces_have_gathered(
    terminal: PseudoTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_pump, "GATHER_SECONDS", FOR_EVER)
    reader = Reader(terminal)
    for number in (1, 2):  # from the second on, pieces are gathered
        os.write(terminal.slave, b"x")
        await reader.has_read(number)
    for seq in (1, 2, 3):
        reader.pump.type(seq, b"y")
        await reader.has_read(2 + seq)
    reader.pump.end()


async def test_small_pieces_that_come_fast_are_gathered(
    terminal: PseudoTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_pump, "GATHER_SECONDS", FOR_EVER)
    reader = Reader(terminal)
    for number in (1, 2):
        os.write(terminal.slave, b"x")
        await reader.has_read(number)
    os.write(terminal.slave, b"x")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await reader.has_read(3)
    async with asyncio.timeout(10):
        terminal.close_slave()
        await reader.pump.drain()  # the end of the program ends the waiting
    assert reader.pump.stream.end == 3
    reader.pump.end()
