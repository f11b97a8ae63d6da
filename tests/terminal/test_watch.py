"""`attach` with `watch`: all of the output, the terminal's size, and nothing else."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

WAITS = "print('go', flush=True)\nprint(input())"
KEYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("send_input", {"seq": 1, "data": "\x03"}),
    ("resize", {"rows": 5, "cols": 5}),
    ("stop", {}),
)


async def watch(client: TerminalClient, run: str | None, offset: int = 0) -> None:
    client.run, client.offset = run, offset
    await client.send("attach", run=run, offset=offset, watch=True)


async def watching(client: TerminalClient, run: str | None, offset: int = 0) -> None:
    await watch(client, run, offset)
    attached = await client.wait_for("attached")
    assert (attached["run"], attached["control"]) == (run, False)


def take_staff_role(name: str) -> None:
    from accounts.models import User

    User.objects.filter(username=name).update(is_staff=False)


async def test_the_owner_watches_in_another_window_and_keeps_control_in_the_first(
    server: WebServer, owner: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start(WAITS)
    await terminal.wait_for_output("go")
    async with open_terminal(server, owner) as page:
        await watching(page, terminal.run)
        await page.wait_for_output("go")
        for kind, fields in KEYS:
            await page.send(kind, **fields)
            await page.wait_for_error("not_allowed")
        await terminal.type("mine\r")
        end = await terminal.wait_for_exit(Outcome.COMPLETED)
        assert await page.wait_for_exit(Outcome.COMPLETED) == end
        assert page.output == terminal.output
    assert "attached" not in terminal.history


async def test_who_watches_is_told_the_size_and_each_change_of_it(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start(WAITS, rows=30, cols=90)
    async with open_terminal(server, instructor) as page:
        await watching(page, terminal.run)
        size = await page.wait_for("terminal_size")
        assert (size["run"], size["rows"], size["cols"]) == (terminal.run, 30, 90)
        await terminal.send("resize", rows=20, cols=100)
        size = await page.wait_for("terminal_size")
        assert (size["rows"], size["cols"]) == (20, 100)
        await terminal.type("\r")
        await page.wait_for_exit(Outcome.COMPLETED)
        await terminal.wait_for_exit(Outcome.COMPLETED)
    assert "terminal_size" not in terminal.history


async def test_clients_that_do_not_ask_for_it_get_no_new_message(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start(WAITS)
    async with open_terminal(server, instructor) as page:
        await page.attach(str(terminal.run), offset=0)
        await terminal.send("resize", rows=20, cols=100)
        await terminal.type("\r")
        await page.wait_for_exit(Outcome.COMPLETED)
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert "terminal_size" not in page.history


async def test_a_lost_connection_loses_no_byte(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('before', flush=True)\ninput()\nprint('after')")
    await terminal.wait_for_output("before")
    async with open_terminal(server, instructor) as page:
        await watching(page, terminal.run)
        await page.wait_for_output("before")
        had = bytes(page.output)
        await page.cut()
    await terminal.type("\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    async with open_terminal(server, instructor) as page:
        await watching(page, terminal.run, offset=len(had))
        await page.wait_for_exit(Outcome.COMPLETED)
        assert had + bytes(page.output) == bytes(terminal.output)


async def test_several_watch_and_a_late_one_sees_all(
    server: WebServer, owner: SignedIn, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("print('1', flush=True)\ninput()\nprint('2', flush=True)\ninput()")
    async with (
        open_terminal(server, instructor) as first,
        open_terminal(server, owner) as second,
        open_terminal(server, instructor) as late,
    ):
        await watching(first, terminal.run)
        await watching(second, terminal.run)
        await terminal.type("\r")
        await first.wait_for_output("2")
        await watching(late, terminal.run)
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        for page in (first, second, late):
            await page.wait_for_exit(Outcome.COMPLETED)
            assert page.output == terminal.output


async def test_who_never_acknowledges_gets_a_gap_and_keeps_nobody_waiting(
    server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start("input()\nfor n in range(400): print(chr(65 + n % 26) * 9_998)")
    async with open_terminal(server, instructor, auto_ack=False) as page:
        await watching(page, terminal.run)
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert terminal.offset == 4_000_002
        assert (await page.wait_for("gap"))["to"] > 0
        page.auto_ack = True
        await page.ack()
        await page.wait_for_exit(Outcome.COMPLETED)


@pytest.mark.parametrize("ended", [False, True], ids=["running", "ended"])
async def test_another_student_learns_nothing(
    server: WebServer, classmate: SignedIn, terminal: TerminalClient, ended: bool
) -> None:
    await terminal.start(WAITS)
    if ended:
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    async with open_terminal(server, classmate) as page:
        answers = []
        for run in (terminal.run, str(uuid4())):
            await watch(page, run)
            answers.append(await page.wait_for_error("not_found"))
        assert answers[0] == answers[1]
        for kind, fields in (*KEYS, ("ack", {"offset": 0})):
            await page.send(kind, **fields)
            await page.wait_for_error("no_run")
        assert page.output == b""


async def test_it_ends_with_the_role_of_an_instructor(
    site: Site, server: WebServer, instructor: SignedIn, terminal: TerminalClient
) -> None:
    await terminal.start(WAITS)
    await terminal.wait_for_output("go")
    async with open_terminal(server, instructor) as page:
        await watching(page, terminal.run)
        await asyncio.to_thread(site.product.call, take_staff_role, instructor.username)
        await page.wait_for_error("not_allowed")
        await page.socket.wait_closed()
        with pytest.raises(ConnectionClosed):
            await watch(page, terminal.run)
    async with open_terminal(server, instructor) as page:
        await watch(page, terminal.run)
        await page.wait_for_error("not_found")
    await terminal.type("secret\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_another_sites_page_cannot_watch(server: WebServer, instructor: SignedIn) -> None:
    with pytest.raises(InvalidStatus):
        async with open_terminal(server, instructor, origin="https://evil.example"):
            pass


@pytest.mark.parametrize("watch", ["yes", 1, None, {}])
async def test_what_is_neither_true_nor_false_is_refused(
    terminal: TerminalClient, watch: object
) -> None:
    await terminal.send("attach", run=str(uuid4()), offset=0, watch=watch)
    await terminal.wait_for_error("bad_message")
