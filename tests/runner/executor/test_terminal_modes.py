"""The state of a terminal, from output that is no longer held."""

import pytest

from runner.executor.output_stream import Gap, OutputStream
from runner.executor.terminal_modes import MOST_COLOURS, MOST_STYLES, TerminalModes

FLOOD = b"a line of a program\r\n" * 1000


def state_after(*output: bytes) -> bytes:
    modes = TerminalModes()
    for piece in output:
        modes.pass_over(piece)
    return modes.sequence()


@pytest.mark.parametrize(
    ("output", "state"),
    [
        (FLOOD, b""),
        (b"\x1b[?1049h\x1b[?25l", b"\x1b[?1049h\x1b[?25l"),
        (b"\x1b[?1;2004h\x1b[?1l", b"\x1b[?1l\x1b[?2004h"),
        (b"\x1b[4h\x1b[20h", b"\x1b[4h\x1b[20h"),
        (b"\x1b[3;9r\x1b[2;8r", b"\x1b[2;8r"),
        (b"\x1b=\x1b>\x1b=", b"\x1b="),
        (b"\x1b(0\x0eline", b"\x1b(0\x0e"),
        (b"\x1b[6 q", b"\x1b[6 q"),
        (b"\x1b]4;1;#123456\x07\x1b]11;#000\x1b\\", b"\x1b]4;1;#123456\x07\x1b]11;#000\x07"),
        (b"\x1b[31mred\x1b[1mbold", b"\x1b[31m\x1b[1m"),
        (b"\x1b[31mred\x1b[0mplain", b"\x1b[0m"),
        (b"\x1b[?1049h\x1b[31mx\x1bcnew", b""),
        (b"\x1bc\x1b[31mred", b"\x1b[31m"),
        (b"\x1b[?1h\x1b[?1049h\x1b[!p", b"\x1b[?1049h"),
        (b"\x1b[?2026h\x1b[?12345h\x1b[?3h", b""),
        (b"\x1b[6n\x1b[c\x1b]11;?\x07\x1b]52;c;eA==\x07\x1b]0;title\x07\x07\x1b[8;10;10t", b""),
    ],
)
def test_what_lasts_is_set_again_and_nothing_else(output: bytes, state: bytes) -> None:
    assert state_after(output) == state
    assert state_after(output, FLOOD) == state


@pytest.mark.parametrize("at", range(1, 8))
def test_a_sequence_may_be_cut_anywhere(at: int) -> None:
    output = b"\x1b[?1049h"
    assert state_after(b"before" + output[:at], output[at:] + b"after") == output


@pytest.mark.parametrize(
    "unit", [b"\x1b", b"\x1b[", b"\x1b[?1", b"\x1b]4;1;", b"\x1b[31m", b"\x1b[?1h", b"\x1b(0"]
)
def test_hostile_output_costs_and_keeps_little(unit: bytes) -> None:
    modes = TerminalModes()
    for _ in range(20):
        modes.pass_over(unit * 20_000)
    assert len(modes.sequence()) < 2000


def test_what_is_kept_is_bounded() -> None:
    colours = (b"\x1b]4;%d;#123456\x07" % number for number in range(999))
    assert state_after(*colours).count(b"\x1b]") == MOST_COLOURS
    assert state_after(b"\x1b[31m" * 999).count(b"m") == MOST_STYLES


def test_a_viewer_that_missed_output_is_told_the_state() -> None:
    stream = OutputStream(ring_bytes=1000, window_bytes=500, frame_bytes=100)
    stream.append(b"\x1b[?1049h" + b"x" * 492)
    stream.attach("owner", 500, control=True, now=0)
    stream.append(b"y" * 400)
    stream.confirm("owner", 900, 900, resend=False, now=0)
    stream.append(b"z" * 400)
    stream.attach("newer", 0, control=False, now=0)
    assert stream.next_piece("newer", now=0) == Gap(0, 300, b"\x1b[?1049h")
