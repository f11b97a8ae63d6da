"""Programs of people without an account, on a whole site."""

import asyncio
from collections.abc import Iterator

import pytest

from runner.limits import MIB, Limits
from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.product import Product
from tests.terminal.conftest import Site
from tests.terminal_client import open_terminal
from tests.visitor import open_a_snippet, rows, visiting

NEW = {
    "title": "Greeting", "language": "python", "main": "main.py",
    "files": [{"path": "main.py", "content": "print(1)\n"}],
}  # fmt: skip
ASKS = 'print("Hello", input("Name? "))'
WRITES = """
from pathlib import Path
Path("left.txt").write_text("x" * 1000)
import json, socket, struct
channel = socket.socket(socket.AF_UNIX)
channel.connect("/run/coderunner/show")
about = json.dumps({"kind": "file", "bytes": 1, "name": "a.bin"}).encode()
channel.sendall(struct.pack(">cI", b"M", len(about)) + about)
print(channel.recv(100)[:1])
print("done")
"""


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Product(tmp_path_factory.mktemp("visitors"), VISITORS="any") as product:
        product.migrate()
        product.create_users("teacher")
        users = SignedInUsers(product, 5)
        server = product.serve("--capacity", "1")
        server.wait_until_ready()
        yield Site(product, server, users)


@pytest.fixture(scope="module")
def place(open_site: Site) -> str:
    return str(open_site.product.call(open_a_snippet, "teacher", NEW))


async def test_it_runs_within_its_limits_and_nothing_is_left(open_site: Site, place: str) -> None:
    before = open_site.product.call(rows)
    async with visiting(open_site.server, place) as visitor:
        started = await visitor.start(ASKS)
        await visitor.wait_for_output(b"Name? ")
        await visitor.type("Ada\r")
        end = await visitor.wait_for("exit")
    assert end["outcome"] == Outcome.COMPLETED
    assert bytes(visitor.output).endswith(b"Hello Ada\r\n")
    assert started["limits"]["memory_bytes"] == Limits().visitor_memory_bytes
    assert started["limits"]["wall_seconds"] == Limits().visitor_wall_seconds
    assert open_site.product.call(rows) == before


async def test_what_it_writes_and_shows_is_not_kept(open_site: Site, place: str) -> None:
    before = open_site.product.call(rows)
    async with visiting(open_site.server, place) as visitor:
        await visitor.start(WRITES)
        await visitor.wait_for("exit", outcome=Outcome.COMPLETED)
        assert b"b'R'" in visitor.output
    assert open_site.product.call(rows) == before


async def test_it_may_not_have_more_memory(open_site: Site, place: str) -> None:
    async with visiting(open_site.server, place) as visitor:
        await visitor.start(f"print(len(bytearray({200 * MIB})))")
        end = await visitor.wait_for("exit")
    assert end["outcome"] == Outcome.MEMORY_LIMIT


async def test_a_student_gets_the_place_of_a_visitor(open_site: Site, place: str) -> None:
    """The site has one."""
    student: SignedIn = open_site.users.student()
    async with (
        visiting(open_site.server, place) as visitor,
        open_terminal(open_site.server, student) as terminal,
    ):
        await visitor.start("input()")
        await terminal.start("print('first')")
        await terminal.wait_for("exit", outcome=Outcome.COMPLETED)
        end = await visitor.wait_for("exit")
    assert (end["outcome"], end["reason_code"]) == (Outcome.STOPPED, "place_needed")


async def test_a_visitor_waits_while_a_student_has_the_place(open_site: Site, place: str) -> None:
    student: SignedIn = open_site.users.student()
    async with (
        open_terminal(open_site.server, student) as terminal,
        visiting(open_site.server, place) as visitor,
    ):
        await terminal.start("input()")
        await visitor.request_start("print('at last')")
        await visitor.wait_for("queued", position=1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2.5):  # executors look every second
                await visitor.wait_for("started")
        await terminal.type("\r")
        await terminal.wait_for("exit")
        await visitor.wait_for("exit", outcome=Outcome.COMPLETED)
