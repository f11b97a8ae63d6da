"""Ctrl+S stops the output of a program: that is said, and any key resumes it."""

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

HELD, RESUMED = "output_held", "output_resumed"
COUNT = "import time\nfor number in range(10_000): print('tick', number); time.sleep(0.02)\n"
CONTROL_S, CONTROL_Q = "\x13", "\x11"


@pytest.fixture
async def counting(terminal: TerminalClient) -> TerminalClient:
    await terminal.start(COUNT)
    await terminal.wait_for_output("tick 2")
    return terminal


async def resumes(terminal: TerminalClient) -> None:
    await terminal.wait_for("notice", code=RESUMED)
    await terminal.wait_for_bytes(terminal.offset + 1)


async def test_it_is_said(counting: TerminalClient) -> None:
    await counting.type(CONTROL_S)
    notice = await counting.wait_for("notice", code=HELD)
    assert notice == {
        "type": "notice", "run": counting.run, "code": HELD,
        "message": "Ctrl+S has stopped the output. Press any other key in the terminal to go on.",
        "figures": {},
    }  # fmt: skip


@pytest.mark.parametrize("key", ["x", "\r", "\x1b[A", "ü", CONTROL_Q])
async def test_any_key_resumes_it(counting: TerminalClient, key: str) -> None:
    await counting.type(CONTROL_S)
    await counting.wait_for("notice", code=HELD)
    await counting.type(key)
    await resumes(counting)


async def test_a_key_that_follows_at_once_resumes_it_without_a_word(
    counting: TerminalClient,
) -> None:
    await counting.type(CONTROL_S)
    await counting.type("x")
    await counting.wait_for_output("tick 40")
    assert "notice" not in counting.history


async def test_an_interrupt_ends_the_program_all_the_same(counting: TerminalClient) -> None:
    await counting.type(CONTROL_S)
    await counting.wait_for("notice", code=HELD)
    await counting.type("\x03")
    await counting.wait_for_exit(Outcome.FAILED)


@pytest.mark.parametrize(
    "before",
    [
        "import os; os.system('stty sane')",
        "import os; os.system('stty -ixany')",
        "import tty; tty.setcbreak(0)",
    ],
    ids=["stty sane", "without any key", "cbreak"],
)
async def test_it_is_resumed_whatever_the_program_has_set(
    terminal: TerminalClient, before: str
) -> None:
    await terminal.start(f"{before}\n{COUNT}")
    await terminal.wait_for_output("tick 2")
    for _ in range(2):
        await terminal.type(CONTROL_S)
        await terminal.wait_for("notice", code=HELD)
        await terminal.type("x")
        await resumes(terminal)


async def test_a_program_that_reads_the_key_itself_gets_it(terminal: TerminalClient) -> None:
    await terminal.start(
        "import os, tty\ntty.setraw(0)\nprint('ready', end='', flush=True)\n"
        "print(repr(os.read(0, 9)), end='', flush=True)\nimport time; time.sleep(1)"
    )
    await terminal.wait_for_output("ready")
    await terminal.type(CONTROL_S)
    await terminal.wait_for_output(r"b'\x13'")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert "notice" not in terminal.history


async def test_a_program_that_turns_ctrl_s_off_resumes_it(
    terminal: TerminalClient,
) -> None:
    """It turns the flow control off while its output is held."""
    await terminal.start(
        "import threading, time, tty\n"
        "threading.Timer(2, tty.setraw, (0, tty.TCSANOW)).start()\n" + COUNT
    )
    await terminal.wait_for_output("tick 2")
    await terminal.type(CONTROL_S)
    await terminal.wait_for("notice", code=HELD)
    await resumes(terminal)


async def test_who_attaches_is_told_and_as_whom(
    server: WebServer, owner: SignedIn, instructor: SignedIn, counting: TerminalClient
) -> None:
    await counting.type(CONTROL_S)
    await counting.wait_for("notice", code=HELD)
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(counting.run), offset=0)
        told = await watcher.wait_for("notice", code=HELD)
        assert told["message"] == "The student has stopped the output with Ctrl+S."
        async with open_terminal(server, owner) as reloaded:
            await reloaded.attach(str(counting.run), offset=0)
            await reloaded.wait_for("notice", code=HELD)
            await reloaded.type("x")
            await resumes(reloaded)
        await watcher.wait_for("notice", code=RESUMED)
    async with open_terminal(server, owner) as again:
        await again.attach(str(counting.run), offset=0)
        await again.wait_for_output("tick 9")
        assert "notice" not in again.history
        await again.send("stop")
        await again.wait_for_exit(Outcome.STOPPED)


async def test_the_end_of_the_run_comes_while_it_is_held(counting: TerminalClient) -> None:
    await counting.type(CONTROL_S)
    await counting.wait_for("notice", code=HELD)
    await counting.send("stop")
    await counting.wait_for_exit(Outcome.STOPPED)
    assert counting.history[-1] == "exit"
