"""A program waits for the terminal that has control, and goes on at once when it catches up."""

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import end_run
from tests.terminal_client import open_terminal

WINDOW = Limits().window_bytes
FLOOD = "while True: print('x' * 998)"


async def test_no_more_is_sent_than_the_window_without_an_acknowledgement(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start(FLOOD)
        await terminal.wait_for_bytes(WINDOW)
        for _ in range(20):
            await terminal.settled()
        assert terminal.offset == WINDOW
        await end_run(terminal)


async def test_an_acknowledgement_opens_the_window_by_as_much(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start(FLOOD)
        await terminal.wait_for_bytes(WINDOW)
        await terminal.send("ack", offset=100_000)
        await terminal.wait_for_bytes(WINDOW + 100_000)
        for _ in range(20):
            await terminal.settled()
        assert terminal.offset == WINDOW + 100_000
        await end_run(terminal)


async def test_a_program_waits_while_nobody_acknowledges(
    server: WebServer, owner: SignedIn
) -> None:
    """It counts what it could print, and tells when it is asked to end."""
    source = """if True:
        import os, signal, sys
        written = 0
        def tell(*_):
            open("told", "w").write(str(written))
            os._exit(written > 1_000_000)
        signal.signal(signal.SIGINT, tell)
        while True:
            written += os.write(1, b"x" * 1000)"""
    async with open_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start(source)
        await terminal.wait_for_bytes(WINDOW)
        for _ in range(20):
            await terminal.settled()
        await terminal.type("\x03")
        await terminal.wait_for("input_ack")
        terminal.auto_ack = True
        await terminal.ack()
        assert (await terminal.wait_for_exit(Outcome.COMPLETED))["exit_code"] == 0


async def test_the_end_of_a_program_that_printed_more_than_the_window_waits_for_the_terminal(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start("print('x' * 300_000)")
        await terminal.wait_for_bytes(WINDOW)
        await terminal.ack()
        assert (await terminal.wait_for_exit(Outcome.COMPLETED))["output_bytes"] == 300_002
