"""A dropped connection loses nothing: the run goes on, and its output from any byte."""

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import end_run
from tests.terminal_client import TerminalClient, open_terminal

KIB = 1024
NUMBERS = b"".join(b"%d\r\n" % number for number in range(100_000))
COUNT = "for i in range(100_000): print(i)\nprint(input())"


async def test_a_cut_connection_goes_on_where_it_was(server: WebServer, owner: SignedIn) -> None:
    async with open_terminal(server, owner) as first:
        await first.start(COUNT)
        seen = await first.wait_for_bytes(50_000)
        await first.cut()
        seen = bytes(first.output)
    async with open_terminal(server, owner) as second:
        attached = await second.attach(str(first.run), offset=first.offset)
        printed = attached.pop("output_bytes")
        assert first.offset <= printed <= len(NUMBERS)
        assert attached == {
            "type": "attached", "run": first.run, "status": "running", "language": "python",
            "control": True, "input_seq": 0,
        }  # fmt: skip
        await second.wait_for_output("99999\r\n")
        await second.type("done\r")
        await second.wait_for_exit(Outcome.COMPLETED)
    assert seen + bytes(second.output) == NUMBERS + b"done\r\ndone\r\n"


async def test_what_was_acknowledged_last_is_enough_to_go_on(
    server: WebServer, owner: SignedIn
) -> None:
    """The page may know less than it was sent."""
    async with open_terminal(server, owner, auto_ack=False) as first:
        await first.start(COUNT)
        await first.wait_for_bytes(100_000)
        await first.send("ack", offset=60_000)
        await first.settled()
        await first.cut()
    async with open_terminal(server, owner) as second:
        await second.attach(str(first.run), offset=60_000)
        await second.wait_for_bytes(len(NUMBERS))
        assert bytes(second.output) == NUMBERS[60_000:]
        await end_run(second)
    assert "gap" not in second.history


async def test_a_run_without_a_terminal_waits_and_loses_nothing(
    server: WebServer, owner: SignedIn
) -> None:
    """It prints three times what is held.

    The first terminal acknowledges nothing: what it acknowledges is not held for the second.
    """
    async with open_terminal(server, owner, auto_ack=False) as first:
        await first.start("input()\nfor n in range(300): print(chr(65 + n % 26) * 10_000)")
        run = str(first.run)
        typed = await first.type("\r")
        await first.wait_for("input_ack", seq=typed)  # else the browser would send it again
        await first.cut()
    async with open_terminal(server, owner) as second:
        await second.attach(run, offset=0)
        end = await second.wait_for_exit(Outcome.COMPLETED)
    assert "gap" not in second.history
    expected = b"".join(bytes([65 + n % 26]) * 10_000 + b"\r\n" for n in range(300))
    assert bytes(second.output) == b"\r\n" + expected
    assert end["output_bytes"] == len(expected) + 2


async def test_input_sent_again_after_a_cut_is_typed_once(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner) as first:
        await first.start("print(input())")
        await first.send("send_input", seq=1, data="a")
        await first.wait_for("input_ack", seq=1)
        await first.send("send_input", seq=2, data="b")
        await first.cut()
    async with open_terminal(server, owner) as second:
        attached = await second.attach(str(first.run), offset=0)
        assert attached["input_seq"] in {1, 2}
        await second.send("send_input", seq=2, data="b")
        await second.send("send_input", seq=3, data="\r")
        await second.wait_for_exit(Outcome.COMPLETED)
    assert bytes(second.output) == b"ab\r\nab\r\n"


async def test_a_finished_run_is_told_again_with_its_output(
    terminal: TerminalClient, server: WebServer, owner: SignedIn
) -> None:
    await terminal.start("print('bye')\nexit(3)")
    end = await terminal.wait_for_exit(Outcome.FAILED)
    for offset in (0, 2, 5):
        async with open_terminal(server, owner) as later:
            assert (await later.attach(str(terminal.run), offset))["status"] == "finished"
            assert await later.wait_for_exit(Outcome.FAILED) == end
            assert bytes(later.output) == b"bye\r\n"[offset:]


async def test_a_finished_run_may_be_told_to_the_same_terminal(terminal: TerminalClient) -> None:
    await terminal.start("print('bye')")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    for _ in range(2):
        await terminal.attach(str(terminal.run), offset=0)
        assert await terminal.wait_for_exit(Outcome.COMPLETED) == end
        assert bytes(terminal.output) == b"bye\r\n"
    await terminal.start("print('next')")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"next\r\n"


async def test_of_a_long_finished_run_the_beginning_and_the_end_are_told(
    terminal: TerminalClient,
) -> None:
    await terminal.start("for n in range(200): print(chr(65 + n % 26) * 9_998)")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    whole = bytes(terminal.output)
    assert len(whole) == 2_000_000
    await terminal.attach(str(terminal.run), offset=0)
    gap = await terminal.wait_for("gap")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert gap["from"] >= 512 * KIB
    assert len(whole) - gap["to"] >= 512 * KIB
    assert bytes(terminal.output) == whole[: gap["from"]] + whole[gap["to"] :]
    assert end["output_bytes"] == len(whole)


@pytest.mark.parametrize("finished", [False, True], ids=["running", "finished"])
async def test_an_offset_beyond_the_end_is_refused_and_the_terminal_works_on(
    server: WebServer, owner: SignedIn, terminal: TerminalClient, finished: bool
) -> None:
    await terminal.start("print('x')\ninput()")
    await terminal.wait_for_output("x")
    if finished:
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    async with open_terminal(server, owner) as other:
        await other.send("attach", run=terminal.run, offset=1_000_000)
        error = await other.wait_for_error("bad_message")
        assert error["run"] == terminal.run
        assert "attached" not in other.history
        await other.start("print('fine')")
        await other.wait_for_exit(Outcome.COMPLETED)
        assert bytes(other.output) == b"fine\r\n"
    if not finished:
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_a_terminal_that_runs_a_program_attaches_to_no_other(
    server: WebServer, owner: SignedIn, terminal: TerminalClient
) -> None:
    async with open_terminal(server, owner) as other:
        await other.start("input()")
        await terminal.start("print(input())")
        await terminal.send("attach", run=other.run, offset=0)
        assert (await terminal.wait_for_error("already_running"))["run"] == terminal.run
        await terminal.type("still mine\r")
        assert (await terminal.wait_for_exit(Outcome.COMPLETED))["run"] == terminal.run
        await end_run(other)


async def test_a_terminal_may_attach_again_to_what_it_runs(terminal: TerminalClient) -> None:
    await terminal.start("print('before', flush=True)\nprint(input())")
    await terminal.wait_for_output("before\r\n")
    attached = await terminal.attach(str(terminal.run), offset=0)
    assert attached["control"] is True
    await terminal.type("after\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"before\r\nafter\r\nafter\r\n"
