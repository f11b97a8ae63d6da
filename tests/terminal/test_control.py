"""The owner's newest terminal has control; others watch, and slow nobody down."""

from typing import Any

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

KEYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("send_input", {"seq": 1, "data": "\x03"}),
    ("resize", {"rows": 5, "cols": 5}),
    ("stop", {}),
)


async def assert_only_watches(watcher: TerminalClient) -> None:
    for kind, fields in KEYS:
        await watcher.send(kind, **fields)
        assert (await watcher.wait_for_error("not_allowed"))["run"] == watcher.run


async def test_the_newest_terminal_has_control_and_the_one_before_is_told(
    server: WebServer, owner: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('go', flush=True)\nprint(input())")
    await terminal.wait_for_output("go")
    async with open_terminal(server, owner) as newest:
        assert (await newest.attach(str(terminal.run), offset=0))["control"] is True
        told = await terminal.wait_for("attached")
        assert (told["run"], told["control"]) == (terminal.run, False)
        await assert_only_watches(terminal)
        await newest.type("from the newest\r")
        for client in (newest, terminal):
            await client.wait_for_exit(Outcome.COMPLETED)
            assert bytes(client.output) == b"go\r\nfrom the newest\r\nfrom the newest\r\n"


async def test_control_may_be_taken_back(
    server: WebServer, owner: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print(input())")
    async with open_terminal(server, owner) as other:
        await other.attach(str(terminal.run), offset=0)
        await terminal.wait_for("attached", control=False)
        assert (await terminal.attach(str(terminal.run), offset=0))["control"] is True
        await other.wait_for("attached", control=False)
        await assert_only_watches(other)
        await terminal.type("mine again\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        await other.wait_for_exit(Outcome.COMPLETED)


async def test_input_goes_on_where_the_terminal_before_was(
    server: WebServer, owner: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print(input())")
    await terminal.type("a")
    await terminal.type("b")
    await terminal.wait_for("input_ack", seq=2)
    async with open_terminal(server, owner) as newest:
        assert (await newest.attach(str(terminal.run), offset=0))["input_seq"] == 2
        await newest.type("c\r")
        await newest.wait_for_exit(Outcome.COMPLETED)
        assert newest.output.endswith(b"\r\nabc\r\n")


def for_others(end: dict[str, Any]) -> dict[str, Any]:
    """It is not their program that finished."""
    assert end["reason"] == "Your program finished."
    return end | {"reason": "The program finished."}


async def test_an_instructor_watches_and_may_not_touch(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('secret work', flush=True)\nprint(input())")
    await terminal.wait_for_output("secret work")
    async with open_terminal(server, instructor) as watcher:
        attached = await watcher.attach(str(terminal.run), offset=0)
        assert (attached["status"], attached["control"]) == ("running", False)
        await watcher.wait_for_output("secret work")
        await assert_only_watches(watcher)
        await terminal.type("unharmed\r")
        end = await terminal.wait_for_exit(Outcome.COMPLETED)
        assert await watcher.wait_for_exit(Outcome.COMPLETED) == for_others(end)
        assert watcher.output == terminal.output
    assert "attached" not in terminal.history


async def test_an_instructor_may_see_how_a_run_ended(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('done')")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
        assert await watcher.wait_for_exit(Outcome.COMPLETED) == for_others(end)
        assert bytes(watcher.output) == b"done\r\n"


@pytest.mark.parametrize("finished", [False, True], ids=["running", "finished"])
async def test_somebody_elses_run_is_not_found_and_not_disturbed(
    server: WebServer, classmate: SignedIn, terminal: TerminalClient, finished: bool
) -> None:
    await terminal.start("print(input())")
    if finished:
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    async with open_terminal(server, classmate) as other:
        await other.send("attach", run=terminal.run, offset=0)
        error = await other.wait_for_error("not_found")
        assert error["run"] is None
        for kind, fields in KEYS:
            await other.send(kind, **fields)
            await other.wait_for_error("no_run")
        assert other.offset == 0
    if not finished:
        await terminal.type("mine\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_a_watcher_that_never_acknowledges_slows_nobody_down(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("input()\nfor n in range(400): print(chr(65 + n % 26) * 9_998)")
    async with open_terminal(server, instructor, auto_ack=False) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert terminal.offset == 4_000_002
        gap = await watcher.wait_for("gap")
        assert gap["to"] > gap["from"]


async def test_a_watcher_that_leaves_changes_nothing(
    server: WebServer, owner: SignedIn, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print(input())")
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
    await terminal.type("here\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert "attached" not in terminal.history


async def test_who_watches_may_start_no_program_there_before_the_run_has_ended(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("input()")
    async with open_terminal(server, instructor) as watcher:
        await watcher.attach(str(terminal.run), offset=0)
        await watcher.request_start("print('own')")
        await watcher.wait_for_error("already_running")
        await terminal.type("\r")
        await watcher.wait_for_exit(Outcome.COMPLETED)
        await watcher.start("print('own')")
        await watcher.wait_for_exit(Outcome.COMPLETED)
        assert bytes(watcher.output) == b"own\r\n"


async def test_who_watches_one_run_may_watch_another_instead(
    server: WebServer, classmate: SignedIn, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('first', flush=True)\ninput()")
    async with (
        open_terminal(server, classmate) as second,
        open_terminal(server, instructor) as watcher,
    ):
        await second.start("print('second', flush=True)\ninput()")
        await watcher.attach(str(terminal.run), offset=0)
        await watcher.wait_for_output("first")
        await watcher.attach(str(second.run), offset=0)
        await watcher.wait_for_output("second")
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        await second.type("\r")
        assert (await watcher.wait_for_exit(Outcome.COMPLETED))["run"] == second.run
        await second.wait_for_exit(Outcome.COMPLETED)
