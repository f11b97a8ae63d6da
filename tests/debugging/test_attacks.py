"""What a program does to its debugger stays its own business, on every limit backend."""

import asyncio
import time

import psutil
import pytest

from runner.executor.side_channels import debug_relay
from runner.limits import KIB, MIB
from runner.run_state import Outcome
from tests.debugging.debugged import MAIN, Debugged, debugging, requires_debugger

each_backend = pytest.mark.usefixtures("on_each_backend")
pytestmark = [requires_debugger, pytest.mark.attacks, each_backend]
FORGES = """import socket, sys
channel = socket.socket(socket.AF_UNIX)
channel.connect("/run/coderunner/debug")
print("up", flush=True)
try:
    while True:
        channel.sendall({data})
except OSError:
    pass
"""
FILLS = """import socket
channel = socket.socket(socket.AF_UNIX)
channel.connect("/run/coderunner/debug")
channel.settimeout(1)
try:
    while True:
        channel.sendall(b"x" * 65536)
except TimeoutError:
    print("full", flush=True)
    input()
"""
CLOSES = """import socket
for number in range(3, 50):
    try:
        socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
print("goes on", input("? "))
"""


@pytest.mark.parametrize(
    "data",
    ["b'x' * 65536", 'b\'{"type": "event", "event": "stopped"}\\n\' * 1000', "b'\\n' * 65536"],
    ids=["a line without an end", "events", "empty lines"],
)
async def test_a_flood_costs_the_executor_no_memory(
    monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    """The program uses the one connection itself, without pydevd, as a traced run has none.

    The page is in this process, too, so it keeps nothing of what it reads.
    """
    source = FORGES.format(data=data)
    monkeypatch.setattr("runner.executor.program.plans.launcher", lambda _: "")
    monkeypatch.setattr(Debugged, "feed", count)
    async with debugging(source, monkeypatch) as page:
        await page.terminal.wait_for("up")
        process, grown = psutil.Process(), 0
        before, began = process.memory_info().rss, time.monotonic()
        while page.bytes < 3 * MIB:
            await asyncio.sleep(0.05)
            grown = max(grown, process.memory_info().rss - before)
        took = time.monotonic() - began
    assert grown < 4 * MIB
    assert took > 0.8 * 3 * MIB / debug_relay.BYTES_PER_SECOND


def count(page: Debugged, data: bytes) -> None:
    page.bytes += len(data)


async def test_a_page_that_does_not_read_makes_the_program_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("runner.executor.program.plans.launcher", lambda _: "")
    async with debugging(FILLS, monkeypatch) as page:
        page.relay.changed = lambda: None
        await page.terminal.wait_for("full")
        window = page.terminal.task._limits.window_bytes
        assert window - 64 * KIB < page.side.stream.end <= window


async def test_a_program_that_closes_the_connection_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging(CLOSES, monkeypatch) as page:
        await page.begin()
        await page.event("coderunner_gone")
        page.send(b"Content-Length: 2\r\n\r\n{}")
        await page.terminal.wait_for("? ")
        page.terminal.type("without it\r")
        ending = await page.terminal.ending()
    assert "goes on without it" in page.terminal.text
    assert ending.outcome is Outcome.COMPLETED


async def test_a_second_connection_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = """import socket
other = socket.socket(socket.AF_UNIX)
other.connect("/run/coderunner/debug")
other.sendall(b'{"type": "event", "event": "forged"}' + bytes([10]))
other.settimeout(1)
try:
    print("got", other.recv(10))
except TimeoutError:
    print("nothing")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        await page.terminal.ending()
    assert page.terminal.text.endswith("nothing\n")
    assert not [each for each in page.heard if each.get("event") == "forged"]


async def test_a_list_of_a_million_is_shown_by_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with debugging("big = list(range(10 ** 6))\nprint(len(big))", monkeypatch) as page:
        await page.begin({"line": 2})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        before = page.bytes
        values = await page.values(top["id"])
        assert values["big"].startswith("[0, 1, 2")
        assert page.bytes - before < 64 * KIB


REPRS = {
    "raises": ("raise ValueError('no')", "object at"),
    "prints": ("print('printed'); return 'shown'", "shown"),
    "returns no text": ("return 5", "object at"),
    "calls itself": ("return repr(self)", "object at"),
}


@pytest.mark.parametrize("name", REPRS)
async def test_a_representation_that(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """…does that is shown as far as it can be, and the program goes on."""
    body, shown = REPRS[name]
    source = f"class Odd:\n    def __repr__(self):\n        {body}\none = Odd()\nprint('end')\n"
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 5})
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert shown in (await page.values(top["id"]))["one"]
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert page.terminal.text.endswith("end\n")


async def test_a_recursion_of_1000_calls_has_its_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "import sys\nsys.setrecursionlimit(5000)\n"
        "def deep(n):\n    if n == 0:\n        return 0\n    return deep(n - 1)\ndeep(1000)\n"
    )
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 5})
        stop = await page.event("stopped")
        frames = (
            await page.request("stackTrace", threadId=stop["threadId"], startFrame=0, levels=200)
        )["stackFrames"]
        assert frames[0]["line"] == 5
        assert len(frames) <= 1010
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED


async def test_threads_stop_together(monkeypatch: pytest.MonkeyPatch) -> None:
    source = """import threading
go = threading.Event()
def work(number):
    go.wait()
    print("thread", number)
threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for one in threads:
    one.start()
go.set()
for one in threads:
    one.join()
print("end")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 9})
        stop = await page.event("stopped")
        threads = (await page.request("threads"))["threads"]
        assert len(threads) == 4
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED


async def test_a_child_is_not_debugged_and_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = """import os
child = os.fork()
if child == 0:
    print("child", flush=True)
    os._exit(0)
os.waitpid(child, 0)
print("parent")
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 4}, {"line": 7})
        stop = await page.event("stopped")
        assert (await page.frames(stop["threadId"]))[0]["line"] == 7
        page.ask("continue", threadId=stop["threadId"])
        ending = await page.terminal.ending()
    assert ending.outcome is Outcome.COMPLETED
    assert page.terminal.text == "child\nparent\n"


async def test_curses_has_its_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    source = """import curses
def main(screen):
    screen.addstr(2, 3, "press a key")
    key = screen.getkey()
    return key
print("got", curses.wrapper(main))
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin({"line": 5})
        await page.terminal.wait_for("press a key")
        page.terminal.type("q")
        stop = await page.event("stopped")
        top = (await page.frames(stop["threadId"]))[0]
        assert top["source"]["path"] == MAIN
        assert (await page.values(top["id"]))["key"] == "'q'"
        page.ask("continue", threadId=stop["threadId"])
        await page.terminal.wait_for("got q")
