"""What is typed while a run is queued is kept, within bounds, and typed once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.product import Product
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

ASKS = "print('got', repr(input('> ')))"


@pytest.fixture(scope="module")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Runs one program at a time."""
    with Product(tmp_path_factory.mktemp("full")) as product:
        product.migrate()
        users = SignedInUsers(product, 20)
        server = product.serve("--capacity", "1")
        server.wait_until_ready()
        yield Site(product, server, users)


@pytest.fixture
async def busy(full_site: Site) -> AsyncIterator[TerminalClient]:
    """The program that runs, until Enter."""
    async with open_terminal(full_site.server, full_site.users.student()) as terminal:
        await terminal.start("input('busy')")
        await terminal.wait_for_output("busy")
        yield terminal


async def ends(busy: TerminalClient) -> None:
    await busy.type("\r")
    await busy.wait_for_exit(Outcome.COMPLETED)


async def queued(stack: AsyncExitStack, site: Site, user: SignedIn, source: str) -> TerminalClient:
    terminal = await stack.enter_async_context(open_terminal(site.server, user))
    await terminal.request_start(source)
    terminal.run = (await terminal.wait_for("queued"))["run"]
    return terminal


async def test_it_reaches_the_program_in_order(full_site: Site, busy: TerminalClient) -> None:
    async with AsyncExitStack() as stack:
        terminal = await queued(stack, full_site, full_site.users.student(), ASKS + "\n" + ASKS)
        for key in ("A", "d", "a", "\r", "36\r"):
            await terminal.type(key)
        await terminal.settled()
        assert "input_ack" not in terminal.history
        assert "error" not in terminal.history
        await ends(busy)
        await terminal.wait_for_exit(Outcome.COMPLETED)
    shown = bytes(terminal.output)
    assert b"got 'Ada'" in shown
    assert b"got '36'" in shown


@pytest.mark.parametrize("again", [True, False], ids=["sent again", "sent once"])
async def test_it_is_typed_once_also_over_a_reconnect(
    full_site: Site, busy: TerminalClient, again: bool
) -> None:
    user = full_site.users.student()
    async with AsyncExitStack() as stack:
        async with AsyncExitStack() as first:
            terminal = await queued(first, full_site, user, ASKS)
            await terminal.type("lost with its socket\r")
            await terminal.settled()
            run = str(terminal.run)
        terminal = await stack.enter_async_context(open_terminal(full_site.server, user))
        attached = await terminal.attach(run, 0)
        assert (attached["status"], attached["input_seq"]) == ("queued", 0)
        for _ in range(2 if again else 1):
            await terminal.send("send_input", seq=1, data="Ada\r")
        await ends(busy)
        await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output).count(b"got 'Ada'") == 1
    assert b"lost" not in terminal.output


async def test_it_is_bounded_and_refused_beyond(full_site: Site, busy: TerminalClient) -> None:
    async with AsyncExitStack() as stack:
        terminal = await queued(stack, full_site, full_site.users.student(), ASKS)
        piece = "x" * 60 * 1024
        for _ in range(Limits().input_bytes // len(piece)):
            await terminal.type(piece)
        await terminal.settled()
        assert "error" not in terminal.history
        await terminal.type(piece)
        error = await terminal.wait_for_error("rate_limited")
        assert error["reason_code"] == "input_not_read"
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
    await ends(busy)


async def test_a_run_that_is_stopped_in_the_queue_gets_nothing(
    full_site: Site, busy: TerminalClient
) -> None:
    async with AsyncExitStack() as stack:
        terminal = await queued(stack, full_site, full_site.users.student(), ASKS)
        await terminal.type("Ada\r")
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
        await ends(busy)
        await terminal.start(ASKS)
        await terminal.type("Eve\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    assert b"got 'Eve'" in terminal.output
    assert b"Ada" not in terminal.output
