"""What is typed reaches the program once, in order, and whole."""

import asyncio
import hashlib

import pytest

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.terminal_client import TerminalClient

PASTE_BYTES = 16 * 1024
NEVER_READS = "print('busy', flush=True)\nwhile True: pass"
SLEEPS = "import time\nprint('busy', flush=True)\ntime.sleep(600)"
READS_ALL = """
import hashlib, sys, tty, termios
flags = termios.tcgetattr(0)
flags[3] &= ~termios.ECHO
termios.tcsetattr(0, termios.TCSANOW, flags)
print("ready", flush=True)
text = sys.stdin.read()
print(len(text), hashlib.sha256(text.encode()).hexdigest())
"""

# What READS_ALL prints, of `name`.
SAYS = "print(len(name), hashlib.sha256(name.encode()).hexdigest())\n"


def what_was_read(text: str) -> bytes:
    """What READS_ALL prints about its input."""
    return f"{len(text)} {hashlib.sha256(text.encode()).hexdigest()}\r\n".encode()


def lines(count: int) -> str:
    return "".join(f"line {number} é\n" for number in range(count))


async def paste(terminal: TerminalClient, text: str) -> int:
    seq = 0
    for start in range(0, len(text), PASTE_BYTES):
        seq = await terminal.type(text[start : start + PASTE_BYTES])
    return seq


async def test_input_is_acknowledged_once_it_reached_the_terminal(terminal: TerminalClient) -> None:
    await terminal.start("print(input())")
    assert await terminal.type("abc") == 1
    assert (await terminal.wait_for("input_ack"))["seq"] == 1
    assert await terminal.type("\r") == 2
    assert (await terminal.wait_for("input_ack"))["seq"] == 2
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_input_that_is_sent_twice_is_typed_once(terminal: TerminalClient) -> None:
    await terminal.start("print(input())")
    for seq, data in ((1, "a"), (1, "a"), (2, "b"), (1, "a"), (2, "b"), (3, "\r")):
        await terminal.send("send_input", seq=seq, data=data)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"\r\nab\r\n")


async def test_input_that_was_typed_is_acknowledged_again(terminal: TerminalClient) -> None:
    await terminal.start("input()")
    await terminal.type("a")
    await terminal.wait_for("input_ack", seq=1)
    await terminal.send("send_input", seq=1, data="a")
    await terminal.wait_for("input_ack", seq=1)


async def test_input_waits_for_its_predecessor(terminal: TerminalClient) -> None:
    await terminal.start("print(input())")
    await terminal.send("send_input", seq=3, data="\r")
    await terminal.send("send_input", seq=2, data="b")
    await terminal.settled()
    assert "input_ack" not in terminal.history
    await terminal.send("send_input", seq=1, data="a")
    await terminal.wait_for("input_ack", seq=3)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"\r\nab\r\n")


async def test_more_input_than_is_held_is_refused_and_the_rest_is_typed(
    terminal: TerminalClient,
) -> None:
    await terminal.start(READS_ALL)
    await terminal.wait_for_output("ready")
    data = "a line of 20 bytes.\n" * 2500
    held = Limits().input_bytes // len(data)
    for seq in range(2, 2 + held):
        await terminal.send("send_input", seq=seq, data=data)
    await terminal.settled()
    assert "error" not in terminal.history
    await terminal.send("send_input", seq=2 + held, data="refused\n" * 5000)
    await terminal.wait_for_error("rate_limited")
    await terminal.send("send_input", seq=1, data="first\n")
    # One ack may stand for several; the last of what is held has its own.
    await terminal.wait_for("input_ack", seq=1 + held)
    await terminal.send("send_input", seq=2 + held, data="\x04")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(what_was_read("first\n" + data * held))


async def test_what_is_typed_before_the_program_has_started_is_not_lost(
    terminal: TerminalClient,
) -> None:
    await terminal.request_start("print(input().upper())")
    await terminal.type("early\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"EARLY\r\n")


async def test_a_large_paste_arrives_whole(terminal: TerminalClient) -> None:
    text = lines(9000)
    assert len(text.encode()) > 100_000
    await terminal.start(READS_ALL)
    await terminal.wait_for_output("ready")
    last = await paste(terminal, text + "\x04")
    await terminal.wait_for("input_ack", seq=last)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(what_was_read(text))


@pytest.mark.parametrize(
    "text",
    ["0123456789" * 1000, "1" * 4096, "\u65f6" * 3000, "\U0001f600\u0301" * 2000],
    ids=["digits", "one more than the kernel holds", "wide characters", "emoji with marks"],
)
async def test_a_line_longer_than_the_kernels_buffer_arrives_whole(
    terminal: TerminalClient, text: str
) -> None:
    await terminal.start("import hashlib\nname = input('? ')\n" + SAYS)
    await terminal.wait_for_output("? ")
    await paste(terminal, text + "\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(what_was_read(text))


@pytest.mark.parametrize(
    "reads",
    [
        "sys.stdin.readline().rstrip()",
        "getpass.getpass('ready')",
        "subprocess.run(['head', '-n', '1'], capture_output=True, text=True).stdout.rstrip()",
        "open('/dev/tty').readline().rstrip()",
        "subprocess.run(['sh', '-c', 'read -r line; echo \"$line\"'], capture_output=True, "
        "text=True).stdout.rstrip()",
    ],
)
async def test_a_long_line_arrives_however_it_is_read(terminal: TerminalClient, reads: str) -> None:
    modules = "import getpass, hashlib, subprocess, sys\n"
    # The echo is off when the question is shown; what was typed before is thrown away.
    asks = "" if "getpass" in reads else "print('ready', flush=True)\n"
    await terminal.start(f"{modules}{asks}name = {reads}\n{SAYS}")
    await terminal.wait_for_output("ready")
    await paste(terminal, "short of nothing " * 500 + "end\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(what_was_read("short of nothing " * 500 + "end"))


async def test_a_long_line_that_was_typed_ahead_arrives_whole(terminal: TerminalClient) -> None:
    await terminal.start("import hashlib, sys\nsys.stdin.readline()\nname = input()\n" + SAYS)
    await paste(terminal, "1" * 9000 + "\r" + "2" * 9000 + "\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(what_was_read("2" * 9000))


async def test_backspace_takes_back_what_people_see_as_one_character(
    terminal: TerminalClient,
) -> None:
    await terminal.start("print('got', repr(input('> ')))")
    await terminal.wait_for_output("> ")
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    for key in ("a", family, "\x7f", "e\u0301", "\x7f", "\U0001f1e9\U0001f1ea", "\x7f", "b\r"):
        await terminal.type(key)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"got 'ab'\r\n")


async def test_every_line_of_a_large_paste_is_answered(
    terminal: TerminalClient,
) -> None:
    await terminal.start("import sys\nfor line in sys.stdin: print(line.upper(), end='')")
    text = lines(2000)
    await paste(terminal, text + "\x04")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.count(b"LINE ") == 2000


@pytest.mark.parametrize("source", [NEVER_READS, SLEEPS], ids=["computes", "sleeps"])
@pytest.mark.parametrize(
    "pasted", ["", "x" * 10_000, "a line\n" * 1500, "a line\n" * 20_000],
    ids=["nothing", "10 KB in one line", "10 KB of lines", "140 KB of lines"],
)  # fmt: skip
async def test_an_interrupt_works_whatever_was_typed_before(
    terminal: TerminalClient, source: str, pasted: str
) -> None:
    await terminal.start(source)
    await terminal.wait_for_output("busy")
    await paste(terminal, pasted)
    if pasted:
        await terminal.wait_for_output(pasted[0])
    async with asyncio.timeout(5):
        await terminal.type("\x03")
        end = await terminal.wait_for_exit(Outcome.FAILED)
    assert end["signal"] == "SIGINT"
    assert b"KeyboardInterrupt" in terminal.output


@pytest.mark.parametrize("pasted", ["x" * 10_000, "a line\n" * 1500], ids=["a line", "lines"])
async def test_an_interrupt_works_at_the_end_of_a_paste(
    terminal: TerminalClient, pasted: str
) -> None:
    await terminal.start(SLEEPS)
    await terminal.wait_for_output("busy")
    await terminal.type(pasted + "\x03")
    assert (await terminal.wait_for_exit(Outcome.FAILED))["signal"] == "SIGINT"


async def test_an_interrupt_ends_a_flood(terminal: TerminalClient) -> None:
    await terminal.start("while True: print('x' * 100)")
    await terminal.wait_for_bytes(1_000_000)
    await terminal.type("\x03")
    assert (await terminal.wait_for_exit(Outcome.FAILED))["signal"] == "SIGINT"
    assert b"KeyboardInterrupt" in terminal.output


async def test_an_interrupt_can_be_caught_and_takes_the_half_typed_line_away(
    terminal: TerminalClient,
) -> None:
    await terminal.start(
        "import time\ntry:\n print('busy', flush=True)\n time.sleep(600)\n"
        "except KeyboardInterrupt: print('caught', input())"
    )
    await terminal.wait_for_output("busy")
    await terminal.type("half a line\x03")
    await terminal.type("whole\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"caught whole\r\n")
