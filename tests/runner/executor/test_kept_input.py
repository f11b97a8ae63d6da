"""What is typed while a compiler has the terminal is for the program that comes after it."""

import asyncio
import os
import termios
from collections.abc import Iterator

import pytest

from runner.executor.terminal_pump import TerminalPump
from runner.limits import Limits
from tests.terminal_pair import TerminalPair


class Kept:
    def __init__(self, terminal: TerminalPair) -> None:
        self.interrupts = self.acks = 0
        self.pump = TerminalPump(
            Limits(), (24, 80), lambda: None, self._ack, lambda: None, lambda _: None,
            self._interrupt,
        )  # fmt: skip
        self.pump.begin(terminal, keeps_input=True)

    def _ack(self) -> None:
        self.acks += 1

    def _interrupt(self) -> None:
        self.interrupts += 1


@pytest.fixture
def terminal() -> Iterator[TerminalPair]:
    with TerminalPair(rows=24, cols=80) as opened:
        attributes = termios.tcgetattr(opened.slave)
        attributes[3] &= ~(termios.ICANON | termios.ISIG)
        termios.tcsetattr(opened.slave, termios.TCSANOW, attributes)
        os.set_blocking(opened.slave, False)
        yield opened


def read(terminal: TerminalPair) -> bytes:
    try:
        return os.read(terminal.slave, 10_000)
    except BlockingIOError:
        return b""


async def test_it_is_typed_once_in_order_when_the_program_comes(terminal: TerminalPair) -> None:
    kept = Kept(terminal)
    for seq, data in ((2, b"two\n"), (1, b"one\n"), (2, b"two\n"), (1, b"one\n")):
        kept.pump.type(seq, data)
    assert (read(terminal), kept.pump.input.acked, kept.acks) == (b"", 0, 0)
    kept.pump.hand_over()  # which makes it canonical again
    await asyncio.sleep(0)
    assert read(terminal) == b"one\n"
    assert read(terminal) == b"two\n"
    assert (kept.pump.input.acked, kept.interrupts) == (2, 0)
    kept.pump.type(3, b"three\n")
    assert read(terminal) == b"three\n"
    kept.pump.end()


@pytest.mark.parametrize("key", [b"\x03", b"\x1c"])
async def test_of_all_keys_only_one_that_interrupts_passes(
    terminal: TerminalPair, key: bytes
) -> None:
    kept = Kept(terminal)
    kept.pump.type(1, b"before\x04\x1a\x15")
    kept.pump.type(2, b"x" + key + b"y" + key + b"after")
    assert read(terminal) == key
    assert (kept.interrupts, kept.pump.input.acked) == (1, 1)
    assert kept.pump.input.head() == b"after"
    kept.pump.type(2, b"x" + key + b"y" + key + b"after")  # again, as it was not acknowledged
    assert (read(terminal), kept.interrupts) == (b"", 1)
    kept.pump.end()


async def test_one_that_interrupts_does_not_wait_for_keys_that_are_late(
    terminal: TerminalPair,
) -> None:
    kept = Kept(terminal)
    kept.pump.type(5, b"\x03")
    assert (read(terminal), kept.interrupts, kept.pump.input.acked) == (b"\x03", 1, 0)
    kept.pump.end()


async def test_it_is_bounded(terminal: TerminalPair) -> None:
    kept = Kept(terminal)
    limits = Limits()
    for seq in range(1, 20):
        kept.pump.type(seq, b"x" * (limits.input_bytes // 8))
    held = kept.pump.input._waiting_bytes
    assert held <= limits.input_bytes
    assert kept.acks == 0
    kept.pump.end()
