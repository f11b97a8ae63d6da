# size: one class, of which each test needs the same terminal
"""The pseudo-terminal: bytes as they are, keys as a student expects them."""

import fcntl
import os
import select
import struct
import termios
from collections.abc import Iterator

import pytest

from runner.executor.typed_line import Editing, TypedLine
from tests.terminal_pair import TerminalPair

FLOOD = b"x\n" * 5000  # more than a terminal's queue holds
STOP = b"\x13"  # ^S


@pytest.fixture
def terminal() -> Iterator[TerminalPair]:
    with TerminalPair(rows=10, cols=40) as opened:
        yield opened


def set_local(terminal: TerminalPair, *, on: int = 0, off: int = 0) -> None:
    attributes = termios.tcgetattr(terminal.slave)
    attributes[3] = attributes[3] & ~off | on
    termios.tcsetattr(terminal.slave, termios.TCSANOW, attributes)


def happens(descriptor: int, event: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(seconds * 1000))


def type_line(terminal: TerminalPair, line: bytes) -> None:
    """The kernel hands typed bytes on a moment later."""
    assert terminal.write(line) == len(line)
    assert happens(terminal.slave, select.POLLIN, seconds=5)


def fill(terminal: TerminalPair) -> None:
    """Types until nothing more is taken, however long one waits."""
    while terminal.write(FLOOD) or happens(terminal.master, select.POLLOUT, seconds=0.05):
        terminal.read(1 << 20)


def test_the_program_sees_the_size_that_was_asked_for(terminal: TerminalPair) -> None:
    assert os.get_terminal_size(terminal.slave) == (40, 10)
    terminal.resize(rows=50, cols=132)
    assert os.get_terminal_size(terminal.slave) == (132, 50)


def test_lines_are_edited_and_echoed(terminal: TerminalPair) -> None:
    type_line(terminal, "aé🦉\x7f\x7fb\r".encode())
    assert os.read(terminal.slave, 100) == b"ab\n"
    echo = terminal.read(100) or b""
    assert echo.startswith("aé🦉\b".encode())
    assert echo.endswith(b"b\r\n")


def test_output_is_read_as_it_was_printed_with_line_ends_for_a_terminal(
    terminal: TerminalPair,
) -> None:
    os.write(terminal.slave, b"\xff\xc3\0\n")
    assert terminal.read(100) == b"\xff\xc3\0\r\n"


def test_no_more_is_read_than_asked_for(terminal: TerminalPair) -> None:
    os.write(terminal.slave, b"abcdef")
    assert terminal.read(4) == b"abcd"
    assert terminal.read(4) == b"ef"


def test_there_is_nothing_to_read_from_a_silent_program(terminal: TerminalPair) -> None:
    assert terminal.read(100) == b""


def test_the_end_comes_after_the_last_output(terminal: TerminalPair) -> None:
    os.write(terminal.slave, b"bye")
    terminal.close_slave()
    assert terminal.read(100) == b"bye"
    assert terminal.read(100) is None


def test_typing_to_a_program_that_is_gone_is_taken_and_forgotten(terminal: TerminalPair) -> None:
    terminal.close_slave()
    assert terminal.write(b"abc") == 3


def test_a_full_queue_takes_nothing_until_the_program_reads(terminal: TerminalPair) -> None:
    fill(terminal)
    assert terminal.write(b"x\n") == 0
    os.read(terminal.slave, 1 << 20)
    assert happens(terminal.master, select.POLLOUT, seconds=5)
    assert terminal.write(b"x\n") > 0


def test_an_interrupt_is_let_through_a_full_queue(terminal: TerminalPair) -> None:
    fill(terminal)
    assert terminal.make_way(b"\x03")
    assert terminal.write(b"\x03") == 1


@pytest.mark.parametrize("key", [b"\x03", b"\x1c"])
def test_an_interrupt_empties_the_queue(terminal: TerminalPair, key: bytes) -> None:
    assert terminal.make_way(key)
    type_line(terminal, b"unread\n")
    assert terminal.make_way(key)
    os.set_blocking(terminal.slave, False)
    with pytest.raises(BlockingIOError):
        os.read(terminal.slave, 100)


def test_an_interrupt_passes_what_the_line_discipline_has_not_seen_yet() -> None:
    """The kernel hands input over later than it is written: each key comes at another moment."""
    for _ in range(600):
        with TerminalPair(rows=10, cols=40) as terminal:
            for _ in range(3):
                terminal.write(b"x" * 3989 + b"\x04")
            while not terminal.read(1):
                pass
            assert terminal.make_way(b"\x03")
            assert terminal.write(b"\x03") == 1
            output = b""
            while not output.endswith(b"^C"):
                assert happens(terminal.master, select.POLLIN, seconds=5), output[-20:]
                output += terminal.read(1 << 20) or b""


@pytest.mark.parametrize(
    ("on", "off"), [(0, termios.ISIG), (termios.NOFLSH, 0)], ids=["switched off", "keeps input"]
)
def test_a_program_that_takes_the_key_itself_loses_no_input(
    terminal: TerminalPair, on: int, off: int
) -> None:
    set_local(terminal, on=on, off=off)
    type_line(terminal, b"unread\n")
    assert not terminal.make_way(b"\x03")
    assert os.read(terminal.slave, 100) == b"unread\n"


def test_another_key_makes_no_way(terminal: TerminalPair) -> None:
    type_line(terminal, b"unread\n")
    assert not terminal.make_way(b"\x04")


def stop(terminal: TerminalPair) -> None:
    terminal.tell_flow()
    terminal.write(STOP)
    read_until_held(terminal, held=True)


def read_until_held(terminal: TerminalPair, *, held: bool) -> None:
    while terminal.held is not held:
        assert happens(terminal.master, select.POLLIN, seconds=5)
        terminal.read(100)


def goes_on(terminal: TerminalPair) -> None:
    read_until_held(terminal, held=False)
    os.write(terminal.slave, b"on")
    output = terminal.read(100) or b""
    while b"on" not in output:  # an echo may come after it
        assert happens(terminal.master, select.POLLIN, seconds=5)
        output += terminal.read(100) or b""


def test_output_is_read_as_it_was_while_the_flow_is_told(terminal: TerminalPair) -> None:
    terminal.tell_flow()
    os.write(terminal.slave, b"\0abc\x08d")
    assert terminal.read(3) == b"\0ab"
    assert terminal.read(100) == b"c\x08d"
    terminal.close_slave()
    assert terminal.read(100) is None


@pytest.mark.parametrize("key", [b"x", b"\r", b"\x11", b"\x03", "ü".encode()])
def test_any_key_resumes_what_has_been_stopped(terminal: TerminalPair, key: bytes) -> None:
    stop(terminal)
    terminal.write(key)
    goes_on(terminal)


def test_what_has_been_stopped_is_resumed_without_a_key(terminal: TerminalPair) -> None:
    attributes = termios.tcgetattr(terminal.slave)
    attributes[0] &= ~termios.IXANY  # as `stty sane` does
    termios.tcsetattr(terminal.slave, termios.TCSANOW, attributes)
    before = len(os.listdir("/proc/self/fd"))
    stop(terminal)
    terminal.write(b"x")
    terminal.resume()
    goes_on(terminal)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_program_that_takes_the_key_itself_is_not_held(terminal: TerminalPair) -> None:
    attributes = termios.tcgetattr(terminal.slave)
    attributes[0] &= ~termios.IXON
    termios.tcsetattr(terminal.slave, termios.TCSANOW, attributes)
    terminal.tell_flow()
    type_line(terminal, STOP + b"\n")
    terminal.read(100)
    assert os.read(terminal.slave, 100) == STOP + b"\n"
    assert not terminal.held


def test_a_program_that_stops_itself_all_the_time_keeps_nobody(
    terminal: TerminalPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It causes events faster than they are read."""
    terminal.tell_flow()
    events = iter([termios.TIOCPKT_STOP, termios.TIOCPKT_START] * 2)
    monkeypatch.setattr(os, "read", lambda *_: bytes([next(events)]))
    for held in (True, False):
        assert terminal.read(1 << 16) == b""
        assert terminal.held is held


def test_resuming_the_terminal_of_a_program_that_is_gone_does_nothing(
    terminal: TerminalPair,
) -> None:
    terminal.close_slave()
    terminal.resume()


def test_looking_for_unread_input_leaves_no_descriptor_open(terminal: TerminalPair) -> None:
    before = len(os.listdir("/proc/self/fd"))
    terminal.make_way(b"\x03")
    assert len(os.listdir("/proc/self/fd")) == before


def test_leaving_closes_both_sides() -> None:
    before = len(os.listdir("/proc/self/fd"))
    with TerminalPair(24, 80) as terminal:
        size = fcntl.ioctl(terminal.master, termios.TIOCGWINSZ, b"\0" * 8)
        assert struct.unpack("HHHH", size)[:2] == (24, 80)
    assert len(os.listdir("/proc/self/fd")) == before


# --- Lines ---------------------------------------------------------------------------------------
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def type_edited(terminal: TerminalPair, text: str) -> None:
    line, typed = TypedLine(terminal.editing), text.encode()
    while typed:
        piece = line.next(typed)
        typed = typed[line.wrote(piece, terminal.write(piece.data)) :]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("时间\x7f\x7f\r", "\n"),
        ("ae\u0301\x7f\r", "a\n"),
        (f"a{FAMILY}\x7fb\r", "ab\n"),
        (f"{FAMILY}\U0001f1e9\U0001f1ea\x7f\x7f\x7f\r", "\n"),
        ("word e\u0301\x17x\r", "word x\n"),
        ("word e\u0301\x17\x7f\x7f\x7fx\r", "wox\n"),
        (f"a\t{FAMILY}\x15时\r", "时\n"),
    ],
)
def test_the_kernel_edits_whole_characters(terminal: TerminalPair, text: str, line: str) -> None:
    type_edited(terminal, text)
    assert happens(terminal.slave, select.POLLIN, seconds=5)
    assert os.read(terminal.slave, 100).decode() == line


@pytest.mark.parametrize("length", [4094, 4095, 4096, 5000, 10_000, 50_000])
@pytest.mark.parametrize("at_once", [1, 1000, 8192, 1 << 20])
def test_a_line_longer_than_the_kernels_buffer_is_read_whole(
    terminal: TerminalPair, length: int, at_once: int
) -> None:
    text = ("0123456789" * 5000)[:length] + "\r"
    set_local(terminal, off=termios.ECHO)  # nobody reads it here
    line, typed, got = TypedLine(terminal.editing), text.encode(), b""
    while not got.endswith(b"\n"):
        while typed and happens(terminal.master, select.POLLOUT, seconds=0):
            piece = line.next(typed)
            typed = typed[line.wrote(piece, terminal.write(piece.data)) :]
        assert happens(terminal.slave, select.POLLIN, seconds=5), len(got)
        data = os.read(terminal.slave, at_once)
        assert data, f"the input ended after {len(got)} bytes"
        got += data
    assert got.decode() == text.replace("\r", "\n")


def test_a_terminal_says_which_keys_edit_a_line(terminal: TerminalPair) -> None:
    assert terminal.editing() == Editing(erase=b"\x7f", end=b"\x04")
    set_local(terminal, off=termios.ICANON)
    assert terminal.editing() is None


def test_a_terminal_without_programs_edits_nothing(terminal: TerminalPair) -> None:
    terminal.close_slave()
    terminal.read(1)
    terminal.editing()  # whatever it says, it does not fail
