"""A browser that reads slowly, or not at all, through requests costs the server little."""

import asyncio

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.polled_client import Browser, open_polled_terminal
from tests.product import WebServer
from tests.terminal_client import TerminalClient


async def test_a_program_waits_for_a_browser_that_does_not_acknowledge(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_polled_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start("import sys\nsys.stdout.write('x' * 2_000_000)\nsys.stdout.flush()")
        await terminal.wait_for_bytes(200_000)
        await terminal.settled()
        assert terminal.offset <= 256 * 1024
        terminal.auto_ack = True
        await terminal.ack()
        await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_who_asks_for_nothing_holds_a_window_and_no_more(
    server: WebServer, owner: SignedIn
) -> None:
    """The run is started, and nobody polls: what is held is bounded by the window."""
    browser = Browser([server], owner)
    name = await browser.open()
    start = (
        '{"type":"start_interactive","language":"python","rows":24,"cols":80,'
        '"files":[{"path":"main.py","content":"while True: print(\'x\' * 1000)"}]}'
    )
    answer = await browser.post("send", socket=name, seq=1, messages=[start])
    assert answer.status_code == 200
    received, held = 0, 0
    async with asyncio.timeout(20):
        while held < 200_000:
            answer = await browser.post("poll", socket=name, received=received)
            held = len(answer.text)
    for _ in range(5):
        answer = await browser.post("poll", socket=name, received=received)
    # 256 KiB in base64, the messages before, and one frame more.
    assert len(answer.text) < 512 * 1024
    stop = await browser.post("send", socket=name, seq=2, messages=['{"type":"stop"}'])
    assert stop.status_code == 200
    await browser.post("close", socket=name)
    await browser.client.aclose()


async def test_two_terminals_of_one_user_do_not_wait_for_each_other(
    server: WebServer, owner: SignedIn
) -> None:
    async with (
        open_polled_terminal(server, owner) as flood,
        open_polled_terminal(server, owner) as quiet,
    ):
        await flood.start("while True: print('x' * 1000)")
        await quiet.start("while True: print('got', input())")
        await echo(quiet, "one")
        await flood.send("stop")
        await quiet.send("stop")
        await flood.wait_for_exit(Outcome.STOPPED)
        await quiet.wait_for_exit(Outcome.STOPPED)


async def echo(terminal: TerminalClient, text: str) -> None:
    async with asyncio.timeout(10):
        await terminal.type(f"{text}\n")
        await terminal.wait_for_output(f"got {text}")
