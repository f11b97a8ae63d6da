"""A program's terminal is read in time: at once after a key, in gulps when it prints fast."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from runner.executor import terminal_pump
from runner.executor.terminal_pump import TerminalPump
from runner.limits import Limits
from tests.terminal_pair import TerminalPair

FOR_EVER = 3600.0  # seconds
STOP = b"\x13"  # ^S


class Reader:
    """A pump whose output can be waited for."""

    def __init__(self, terminal: TerminalPair) -> None:
        self._came = asyncio.Event()
        self.held = asyncio.Queue[bool]()
        self.pump = TerminalPump(
            Limits(), (24, 80), self._came.set, lambda: None, lambda: None, self.held.put_nowait
        )
        self.pump.begin(terminal)

    async def has_read(self, offset: int) -> None:
        async with asyncio.timeout(10):
            while self.pump.stream.end < offset:
                self._came.clear()
                await self._came.wait()


@pytest.fixture
def terminal() -> Iterator[TerminalPair]:
    with TerminalPair(rows=24, cols=80) as opened:
        yield opened


async def test_an_echo_does_not_wait_until_small_pieces_have_gathered(
    terminal: TerminalPair, monkeypatch: pytest.MonkeyPatch
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
    terminal: TerminalPair, monkeypatch: pytest.MonkeyPatch
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


async def test_output_that_is_stopped_for_a_moment_is_told_once(
    terminal: TerminalPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_pump, "HELD_SECONDS", 0.01)
    reader = Reader(terminal)
    async with asyncio.timeout(10):
        reader.pump.type(1, STOP)
        assert await reader.held.get()
        reader.pump.type(2, b"x")
        assert not await reader.held.get()
        reader.pump.type(3, STOP)
        assert await reader.held.get()
        reader.pump.end()
        assert not await reader.held.get()


async def test_output_that_goes_on_at_once_is_not_told(
    terminal: TerminalPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_pump, "HELD_SECONDS", FOR_EVER)
    reader = Reader(terminal)
    async with asyncio.timeout(10):
        for seq in (1, 3, 5):
            reader.pump.type(seq, STOP)
            reader.pump.type(seq + 1, b"x")
            await reader.has_read((seq + 1) // 2)  # its echo
    reader.pump.end()
    told = [reader.held.get_nowait() for _ in range(reader.held.qsize())]
    assert True not in told


async def test_before_the_first_ctrl_s_the_flow_is_not_watched(terminal: TerminalPair) -> None:
    """It costs a byte for each read."""
    watched = []
    terminal.tell_flow = lambda: watched.append(True)  # type: ignore[method-assign]
    reader = Reader(terminal)
    reader.pump.type(1, b"abc\r\x1b[A")
    assert watched == []
    reader.pump.type(2, b"abc" + STOP)
    assert watched == [True]
    reader.pump.end()
