"""A program that waits for input is said to, once it has been silent for a moment."""

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

WAITING = "waiting_for_input"


async def test_a_question_is_noticed(terminal: TerminalClient) -> None:
    await terminal.start("name = input('Name? ')\nprint('Hello', name)\ninput('Age? ')")
    notice = await terminal.wait_for("notice", code=WAITING)
    assert notice == {
        "type": "notice", "run": terminal.run, "code": "waiting_for_input",
        "message": "Your program waits for your answer.", "figures": {},
    }  # fmt: skip
    assert bytes(terminal.output) == b"Name? ", "all output before it has come"
    await terminal.type("Ada\r")
    await terminal.wait_for_output("Age? ")
    await terminal.wait_for("notice", code=WAITING)
    await terminal.type("\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_a_program_that_works_or_sleeps_is_not_said_to_wait(terminal: TerminalClient) -> None:
    await terminal.start(
        "import time\nprint('working', flush=True)\nfor _ in range(4): time.sleep(0.3); print('.')"
    )
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert "notice" not in terminal.history


async def test_a_question_that_is_answered_at_once_is_not_noticed(terminal: TerminalClient) -> None:
    await terminal.request_start("print(input())")
    await terminal.wait_for("started")
    await terminal.type("quick\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.history[-1] == "exit"


@pytest.mark.parametrize("args", [["one"], []], ids=["cold", "warm"])
async def test_it_is_noticed_however_the_program_was_started(
    terminal: TerminalClient, args: list[str]
) -> None:
    await terminal.start("import getpass; getpass.getpass()", args=args)
    await terminal.wait_for("notice", code=WAITING)


async def test_who_attaches_is_told_and_as_whom(
    server: WebServer, owner: SignedIn, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("input('Name? ')")
    await terminal.wait_for("notice", code=WAITING)
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
        told = await watcher.wait_for("notice", code=WAITING)
        assert told["message"] == "The program waits for an answer."
    async with open_terminal(server, owner) as reloaded:
        await reloaded.attach(str(terminal.run), offset=0)
        told = await reloaded.wait_for("notice", code=WAITING)
        assert told["message"] == "Your program waits for your answer."
        await reloaded.type("Ada\r")
        await reloaded.wait_for_exit(Outcome.COMPLETED)


async def test_who_watches_is_told_of_an_answer_without_echo(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    source = "import getpass, time\ngetpass.getpass()\ntime.sleep(600)"
    await terminal.start(source)
    await terminal.wait_for("notice", code=WAITING)
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
        await watcher.wait_for("notice", code=WAITING)
        await terminal.type("s")  # alone: the end of a line is echoed
        told = await watcher.wait_for("notice", code="running")
        assert told["message"] == "The program continues."
        await watcher.wait_for("notice", code=WAITING)
    assert "running" not in str(terminal.history)
