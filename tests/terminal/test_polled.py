"""Terminals over HTTP requests, where no WebSocket gets through: the same protocol."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.polled_client import Browser, open_polled_terminal
from tests.product import WebServer
from tests.terminal.conftest import Site, end_run
from tests.terminal_client import TerminalClient, open_terminal


@pytest.fixture
async def polled(server: WebServer, owner: SignedIn) -> AsyncIterator[TerminalClient]:
    async with open_polled_terminal(server, owner) as client:
        yield client
        await end_run(client)


async def test_a_conversation(polled: TerminalClient) -> None:
    await polled.start("name = input('Name? ')\nprint('Hello', name)")
    await polled.wait_for_output("Name? ")
    await polled.type("Ada\n")
    end = await polled.wait_for_exit(Outcome.COMPLETED)
    assert bytes(polled.output) == b"Name? Ada\r\nHello Ada\r\n"
    assert end["output_bytes"] == len(polled.output)


async def test_messages_come_in_order_and_bytes_whole(polled: TerminalClient) -> None:
    await polled.start("import sys\nsys.stdout.buffer.write(bytes(range(128, 256)) * 20_000)")
    await polled.wait_for_exit(Outcome.COMPLETED)
    assert polled.history == ["connected", "queued", "started", "output", "exit"]
    assert bytes(polled.output) == bytes(range(128, 256)) * 20_000


async def test_a_program_is_stopped(polled: TerminalClient) -> None:
    await polled.start("while True: print('x' * 1000)")
    await polled.wait_for_bytes(100_000)
    await polled.send("stop")
    await polled.wait_for_exit(Outcome.STOPPED)


@pytest.mark.parametrize("kind", ["send", "poll"])
async def test_what_a_proxy_loses_is_repeated_and_counts_once(
    polled: TerminalClient, kind: str
) -> None:
    """The request came through; its answer did not."""
    connection: Any = polled.socket
    turns = iter(range(1_000_000))
    connection.loses = lambda asked: asked == kind and next(turns) % 2 == 0
    await polled.start("for _ in range(5): print('got', input())")
    for number in range(5):
        await polled.type(f"{number}\n")
    await polled.wait_for_exit(Outcome.COMPLETED)
    assert polled.output.count(b"got") == 5
    assert [int(line[4:]) for line in polled.output.split(b"\r\n") if line[:3] == b"got"] == [
        *range(5)
    ]


async def test_a_run_goes_on_from_a_websocket_to_requests_and_back(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner) as first:
        await first.start("for n in range(3): print(n, input())")
        await first.wait_for_bytes(0)
        run = first.run
    assert run
    async with open_polled_terminal(server, owner) as second:
        assert (await second.attach(run, 0))["control"]
        await second.type("one\n")
        await second.wait_for_output("0 one")
        offset = second.offset
    async with open_terminal(server, owner) as third:
        await third.attach(run, offset)
        for text in ("two\n", "three\n"):
            await third.type(text)
        await third.wait_for_exit(Outcome.COMPLETED)


async def test_a_page_that_is_gone_frees_its_terminal(
    site: Site, server: WebServer, owner: SignedIn
) -> None:
    before = len(server.process.output())
    browser = Browser([server], owner)
    name = await browser.open()
    await browser.post("close", socket=name)
    await asyncio.to_thread(
        server.process.wait_until, lambda: "Terminal closed" in server.process.output()[before:]
    )
    assert (await browser.post("poll", socket=name, received=0)).status_code in {200, 404}
    await browser.client.aclose()


async def test_answers_may_be_neither_kept_nor_changed_on_the_way(
    server: WebServer, owner: SignedIn
) -> None:
    browser = Browser([server], owner)
    answer = await browser.post("open")
    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["content-type"] == "application/json"
    await browser.post("close", socket=answer.json()["socket"])
    await browser.client.aclose()
