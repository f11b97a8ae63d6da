"""Through its terminal a program reaches the eyes of its user, and nothing else."""

import asyncio
from typing import Any

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, attacked, attacking, attempted, matches

ATTEMPTS: dict[str, tuple[str, object]] = {
    "a key is typed into the terminal": (
        "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSTI, b'x')", "EPERM"),
    "the request is hidden in upper bits": (
        "checked(libc.ioctl(0, ctypes.c_ulong(0x100005412), b'x'))", "EPERM"),
    "the console is read": ("import fcntl; fcntl.ioctl(0, 0x541C, b'\\x02' + bytes(9))", "EPERM"),
    "another discipline is put on the line": (
        "import fcntl; fcntl.ioctl(0, 0x5423, struct.pack('i', 3))", "EPERM"),
    "the console is redirected": ("import fcntl; fcntl.ioctl(0, 0x541D)", "EPERM"),
    "everybody else is hung up": ("call('vhangup')", "EPERM"),
    "the terminals that all programs share are used up": (
        "ends = []\n"
        "try:\n"
        "    while True: ends.append(os.openpty())\n"
        "except OSError: seen = len(ends), os.ttyname(ends[0][1])", [2, "/dev/pts/1"]),
    "another terminal is opened": ("os.open('/dev/pts/1', os.O_RDWR)", "ENOENT"),
    "the other end of its own terminal is opened": (
        "import fcntl\nmaster = os.open('/dev/ptmx', os.O_RDWR)\n"
        "seen = struct.unpack('i', fcntl.ioctl(master, 0x80045430, bytes(4)))[0] != 0", True),
    "its terminal is given to others": ("os.chown('/dev/pts/0', 0, 0)", "EPERM"),
    "its terminal is removed": ("os.remove('/dev/pts/0')", ("EPERM", "EACCES")),
    "terminals more are allowed": (
        "import subprocess; seen = subprocess.run(['mount', '-o', 'remount,max=100', '/dev/pts'],"
        " capture_output=True).returncode != 0", True),
    "a console of the machine is opened": ("os.open('/dev/tty1', os.O_RDWR)", "ENOENT"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_nothing_is_typed_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"


async def test_questions_to_the_terminal_get_no_answer_from_the_server(
    backend: LimitBackend,
) -> None:
    source = r"""if True:
        import os, select, tty
        tty.setraw(0)
        os.write(1, b"\x1b[c\x1b[6n\x1b[>q\x1b]10;?\x07\x1b]52;c;?\x07\x1b[21t\x05\x1bP$qm\x1b\\")
        print("answered" if select.select([0], [], [], 0.3)[0] else "silence", end="")"""
    ended = await attacked(backend, source)
    assert ended.output.endswith(b"silence")
    assert ended.outcome is Outcome.COMPLETED


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x80\xc3\x28\x00\x1b", b"\xc3" * 5000, bytes(range(256)) * 8, b"\x1b" * 3000],
    ids=["no UTF-8", "halves of characters", "every byte", "beginnings of sequences"],
)
async def test_bytes_that_are_no_text_pass_unchanged(backend: LimitBackend, data: bytes) -> None:
    source = f"""if True:
        import sys, tty
        tty.setraw(1)
        sys.stdout.buffer.write({data!r})"""
    ended = await attacked(backend, source)
    assert ended.output == data
    assert ended.outcome is Outcome.COMPLETED


async def test_a_line_without_end_is_cut_at_the_limit_of_output(backend: LimitBackend) -> None:
    source = "import os\nwhile True: os.write(1, b'x' * 65536)"
    ended = await attacked(backend, source)
    assert ended.output == b"x" * LIMITS.output_bytes
    assert ended.outcome is Outcome.OUTPUT_LIMIT
    assert ended.reason == ("output_limit", {"output_bytes": LIMITS.output_bytes})


async def test_a_line_of_300_kb_comes_whole(backend: LimitBackend) -> None:
    ended = await attacked(backend, "print(end='y' * 300_000)")
    assert ended.output == b"y" * 300_000
    assert ended.outcome is Outcome.COMPLETED


@pytest.mark.parametrize(
    "trick",
    [
        "termios.tcflow(0, termios.TCOOFF)",
        "fcntl.ioctl(0, termios.TIOCEXCL)",
        "tty.setraw(0)",
        "os.system('stty -echo -icanon -isig -opost ixany 2>/dev/null')",
        "fcntl.ioctl(0, termios.TIOCNOTTY)",
        "fcntl.ioctl(0, termios.TIOCSWINSZ, b'\\xff' * 8)",
    ],
    ids=["held back", "claimed", "raw", "twisted", "given up", "of a mad size"],
)
async def test_a_terminal_left_in_disorder_does_not_hold_back_the_end(
    backend: LimitBackend, trick: str
) -> None:
    """The modes may keep what was printed; the run ends, and its terminal with it."""
    source = f"import fcntl, os, signal, termios, tty; signal.signal(1, 1); {trick}; os._exit(3)"
    ended = await attacked(backend, source)
    assert ended.outcome is Outcome.FAILED
    assert ended.status is not None
    assert ended.status.exit_code == 3


async def test_a_stopped_program_is_stopped_by_the_user(backend: LimitBackend) -> None:
    """It may refuse ^C and ^Z, but not the button."""
    source = "import tty; tty.setraw(0); print('up', flush=True)\nwhile True: pass"
    async with attacking(backend, source) as attack:
        await attack.wait_for(b"up")
        attack.terminal.write(b"\x03\x1a\x1c\x04")
        await asyncio.sleep(0)
        attack.watch.decide(Outcome.STOPPED)
        ended = await attack.end()
    assert ended.outcome is Outcome.STOPPED
    assert ended.reason == ("stopped", {})


async def test_the_executors_terminals_are_its_own(backend: LimitBackend) -> None:
    """A program finds the one that was made in its sandbox, and no file for any other."""
    source = "import os; print(os.ttyname(0), sorted(os.listdir('/dev/pts'))); input()"
    async with attacking(backend, source) as attack:
        await attack.wait_for(b"\n")
        assert attack.output == b"/dev/pts/0 ['0', 'ptmx']\r\n"
        attack.terminal.write(b"\n")
        assert (await attack.end()).outcome is Outcome.COMPLETED
