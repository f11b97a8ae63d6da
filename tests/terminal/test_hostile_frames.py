"""A client that sends as fast as it can is read more slowly, then closed; others notice nothing."""

import asyncio
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import psutil
import pytest

from bench.attacks import CONTINUATION, PING, TEXT, Target, frame, next_frame
from runner.limits import MIB, Limits
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import Site, serving
from tests.terminal_client import open_terminal

CLOSE, MISUSE = 0x8, 1008
SECONDS = 20.0
EMPTY_OBJECT, PING_FRAME = frame(TEXT, b"{}"), frame(PING, b"x" * 125)
FRAGMENT, FIRST_FRAGMENT = frame(CONTINUATION, b"", last=False), frame(TEXT, b"", last=False)
FLOODS = {
    "refused messages": (b"", EMPTY_OBJECT * 1000),
    "binary frames": (b"", frame(0x2, b"x") * 1000),
    "pings": (b"", PING_FRAME * 100),
    "pongs": (b"", frame(0xA, b"") * 1000),
    "empty fragments": (FIRST_FRAGMENT, FRAGMENT * 1000),
    "fragments of a byte": (FIRST_FRAGMENT, frame(CONTINUATION, b"x", last=False) * 1000),
}


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Whose memory no other test uses."""
    yield from serving(tmp_path_factory.mktemp("hostile"), students=20)


@asynccontextmanager
async def connection(
    server: WebServer, user: SignedIn
) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(Target(server.port, user.cookie, "").handshake())
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    writer.transport.set_write_buffer_limits(1 << 16)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def flood(writer: StreamWriter, first: bytes, data: bytes) -> None:
    """Until the server hangs up."""
    writer.write(first)
    while True:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0)


async def close_code(reader: StreamReader) -> int:
    while True:
        opcode, payload = await next_frame(reader)
        if opcode == CLOSE:
            return int.from_bytes(payload[:2], "big")


@pytest.mark.parametrize("name", FLOODS)
async def test_who_floods_is_closed(own_site: Site, name: str) -> None:
    async with (
        asyncio.timeout(SECONDS),
        connection(own_site.server, own_site.users.student()) as (reader, writer),
    ):
        flooding = asyncio.create_task(flood(writer, *FLOODS[name]))
        assert await close_code(reader) == MISUSE
        with pytest.raises(ConnectionError):
            await flooding


async def test_who_reads_nothing_costs_no_memory_and_holds_nobody_up(own_site: Site) -> None:
    process = psutil.Process(own_site.server.process.pid)
    attacker, victim = own_site.users.student(), own_site.users.student()

    async def attack(first: bytes, data: bytes) -> None:
        async with connection(own_site.server, attacker) as (_, writer):
            await flood(writer, first, data)

    async with open_terminal(own_site.server, victim) as terminal:
        await terminal.start("while True: print(input())")
        before = process.memory_info().rss
        attacks = [
            asyncio.create_task(attack(*FLOODS[name]))
            for name in ("refused messages", "pings", "empty fragments")
            for _ in range(3)
        ]
        echoes = []
        for number in range(40):
            began = time.perf_counter()
            await terminal.type(f"{number}\r")
            await terminal.wait_for_output(f"{number}\r\n{number}\r\n")
            echoes.append(time.perf_counter() - began)
        grown = process.memory_info().rss - before
        for each in attacks:
            each.cancel()
        await asyncio.gather(*attacks, return_exceptions=True)
        await terminal.type("\x03")
        await terminal.wait_for("exit")
    assert sorted(echoes)[len(echoes) // 2] < 0.2, echoes
    assert grown < 64 * MIB


async def test_many_messages_at_once_are_answered_in_order(own_site: Site) -> None:
    async with (
        asyncio.timeout(SECONDS),
        connection(own_site.server, own_site.users.student()) as (reader, writer),
    ):
        pings = [b'{"type": "ping", "id": %d}' % number for number in range(1500)]
        writer.write(b"".join(frame(TEXT, ping) for ping in pings))
        assert b'"connected"' in (await next_frame(reader))[1]
        for number in range(len(pings)):
            answer = (TEXT, b'{"type":"pong","id":%d}' % number)
            assert await next_frame(reader) == answer


async def test_large_messages_arrive_whole(own_site: Site) -> None:
    async with open_terminal(own_site.server, own_site.users.student()) as terminal:
        source = "print('fine')\n" + "#" * 400_000
        for _ in range(3):
            await terminal.start(source)
            await terminal.wait_for("exit")
            assert bytes(terminal.output) == b"fine\r\n"


async def test_opening_and_closing_terminals_in_turn_has_a_rate(own_site: Site) -> None:
    """Each costs queries and a row."""
    user, limits = own_site.users.student(), Limits()
    beyond = 12
    began = time.monotonic()
    async with asyncio.timeout(SECONDS):
        for _ in range(limits.run_requests_burst + beyond):
            async with connection(own_site.server, user):
                pass
    assert time.monotonic() - began > 0.8 * beyond / limits.run_requests_per_second
