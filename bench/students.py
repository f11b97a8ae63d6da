"""What students do, with every byte of their programs known beforehand.

Each activity runs one program to its end on a random web worker and returns how many bytes it
printed; an AssertionError says what was wrong.
"""

import random
from collections.abc import Awaitable, Callable

from bench.site import Site
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import Message, TerminalClient, open_terminal

SECONDS = 120.0  # for anything: fifty programs share the machine
TALK = """\
while line := input():
    print(line[::-1])
"""
COUNT = """\
import sys, time
for number in range({count}):
    sys.stdout.write(f"{{number:09d}} " + "x" * 89 + "\\n")
    {pause}
"""
PAUSE = "sys.stdout.flush(); time.sleep(0.01)"
LINE_BYTES = 101
ENDLESS = 10**9

Activity = Callable[[Site, random.Random], Awaitable[int]]


def counted(size: int) -> bytes:
    """The first bytes that `COUNT` prints, as its terminal shows them."""
    lines = (b"%09d %s\r\n" % (number, b"x" * 89) for number in range(size // LINE_BYTES + 1))
    return b"".join(lines)[:size]


def someone(site: Site, chance: random.Random) -> tuple[WebServer, SignedIn]:
    return chance.choice(site.workers), chance.choice(site.users)


async def talk(site: Site, chance: random.Random) -> int:
    """Line by line: each is echoed, and answered backwards."""
    expected = b""
    async with open_terminal(*someone(site, chance)) as terminal:
        await terminal.request_start(TALK)
        await terminal.wait_for("started", SECONDS)
        for _ in range(chance.randint(1, 20)):
            word = "".join(chance.choices("abcdefghij", k=chance.randint(1, 70)))
            await terminal.type(f"{word}\r")
            expected += f"{word}\r\n{word[::-1]}\r\n".encode()
            await terminal.wait_for_bytes(len(expected), SECONDS)
        await terminal.type("\r")
        end = await terminal.wait_for("exit", SECONDS)
        same(bytes(terminal.output), expected + b"\r\n", end, "completed")
    return len(expected)


async def flood(site: Site, chance: random.Random) -> int:
    """Some read slowly."""
    count = chance.randint(100, 20_000)
    async with open_terminal(*someone(site, chance)) as terminal:
        terminal.bytes_per_second = chance.choice([None, None, 1e6])
        await terminal.request_start(COUNT.format(count=count, pause=""))
        end = await terminal.wait_for("exit", SECONDS)
        same(bytes(terminal.output), counted(count * LINE_BYTES), end, "completed")
    return count * LINE_BYTES


async def stop(site: Site, chance: random.Random) -> int:
    """In the middle of an endless flood: what has come is the beginning of it."""
    async with open_terminal(*someone(site, chance)) as terminal:
        await terminal.request_start(COUNT.format(count=ENDLESS, pause=""))
        await terminal.wait_for_bytes(chance.randint(1, 500_000), SECONDS)
        await terminal.send("stop")
        end = await terminal.wait_for("exit", SECONDS)
        same(bytes(terminal.output), counted(terminal.offset), end, "stopped")
        return terminal.offset


async def cut(site: Site, chance: random.Random) -> int:
    """The connection breaks again and again; the program goes on."""
    count = chance.randint(100, 400)
    total, output, run = count * LINE_BYTES, b"", ""
    breaks = sorted(chance.randint(1, total) for _ in range(chance.randint(1, 4)))
    user = someone(site, chance)[1]
    for place in breaks:
        async with open_terminal(someone(site, chance)[0], user) as terminal:
            await _go_on(terminal, run, len(output), count)
            await terminal.wait_for_bytes(place, SECONDS)
            await terminal.cut()
            run, output = terminal.run or run, output + terminal.output
    async with open_terminal(someone(site, chance)[0], user) as terminal:
        await _go_on(terminal, run, len(output), count)
        end = await terminal.wait_for("exit", SECONDS)
        same(output + terminal.output, counted(total), end, "completed")
    return total


async def _go_on(terminal: TerminalClient, run: str, offset: int, count: int) -> None:
    if not run:
        await terminal.request_start(COUNT.format(count=count, pause=PAUSE))
        await terminal.wait_for("started", SECONDS)
    else:
        await terminal.attach(run, offset)


def same(output: bytes, expected: bytes, end: Message, outcome: str) -> None:
    assert end["outcome"] == outcome, f"{end}, not {outcome}"
    if output != expected:
        pairs = enumerate(zip(output, expected, strict=False))
        place = next((at for at, (ours, true) in pairs if ours != true), len(output))
        wrong, right = output[place : place + 40], expected[place : place + 40]
        raise AssertionError(
            f"{len(output)} bytes for {len(expected)}; from {place} on {wrong!r}, not {right!r}"
        )


ACTIVITIES: tuple[Activity, ...] = (talk, talk, flood, cut, stop)
