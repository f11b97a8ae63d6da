"""A debugged program that reaches a limit is told which, on each limit backend of this machine."""

import asyncio
from dataclasses import replace

import pytest
from pytest_django import Settings

from runner.limits import MIB
from runner.run_state import Outcome
from tests.debugging.dap import WAIT_SECONDS
from tests.debugging.debugged import Debugged, debugging, requires_debugger

each_backend = pytest.mark.usefixtures("on_each_backend")
pytestmark = [requires_debugger, pytest.mark.attacks, each_backend, pytest.mark.timeout(200)]
# One line of the program is its last one, where it stops.
REPR = """class Odd:
    def __repr__(self):
        {body}
one = Odd()
print("end")
"""
# What cannot be interrupted: what C computes, and what handles everything.
COMPUTES = "sum(iter(int, 1))"
STUBBORN = """held = []
        while True:
            try: {}
            except Exception: raise
            except BaseException: pass"""


FLOOD = """import socket
for number in range(3, 60):
    try:
        channel = socket.socket(fileno=number)
        if channel.family == socket.AF_UNIX and channel.getpeername().endswith("debug"):
            break
    except OSError:
        pass
while True:
    channel.sendall(b'{"type": "event", "event": "forged"}' + bytes([10]) * 1000)
"""


def limit(settings: Settings, **limits: int) -> None:
    settings.LIMITS = replace(settings.LIMITS, **limits)


async def stopped(page: Debugged, line: int) -> int:
    """The frame that stands there."""
    await page.begin({"line": line})
    stop = await page.event("stopped")
    top = (await page.frames(stop["threadId"]))[0]
    assert top["line"] == line
    return int(top["id"])


async def outcome_of_looking(page: Debugged, line: int) -> Outcome:
    """At the variables there, which computes what they look like."""
    frame = await stopped(page, line)
    looking = asyncio.create_task(page.values(frame))
    try:
        return (await page.terminal.ending(WAIT_SECONDS)).outcome
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


@pytest.mark.parametrize(
    ("body", "limits", "outcome"),
    [
        (COMPUTES, {"cpu_seconds": 3}, Outcome.CPU_LIMIT),
        (STUBBORN.format("held.append(bytearray(2**20))"), {}, Outcome.MEMORY_LIMIT),
        (STUBBORN.format("print('x' * 1000)"), {"output_bytes": MIB}, Outcome.OUTPUT_LIMIT),
        (STUBBORN.format("import time; time.sleep(1000)"), {"wall_seconds": 8}, Outcome.WALL_LIMIT),
    ],
    ids=["computes for ever", "takes memory", "prints for ever", "sleeps"],
)
async def test_a_representation_that_has_no_end(
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    body: str,
    limits: dict[str, int],
    outcome: Outcome,
) -> None:
    limit(settings, **limits)
    async with debugging(REPR.format(body=body), monkeypatch) as page:
        line = REPR.format(body=body).rstrip().count("\n") + 1
        assert await outcome_of_looking(page, line) is outcome


async def test_a_flood_on_its_channel_is_output(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    limit(settings, output_bytes=MIB)
    async with debugging(FLOOD, monkeypatch) as page:
        await page.begin()
        assert (await page.terminal.ending(WAIT_SECONDS)).outcome is Outcome.OUTPUT_LIMIT
        assert page.bytes < 2 * MIB


async def test_the_debuggers_memory_is_not_taken_from_the_program(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """It may use what it may without a debugger, and no more."""
    own = settings.LIMITS.memory_bytes // MIB
    source = f"""held = []
for number in range({own + 100}):
    held.append(bytearray(2**20))
    if number == {own - 24}:
        print("held", flush=True)
"""
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        await page.terminal.wait_for("held")
        assert (await page.terminal.ending(WAIT_SECONDS)).outcome is Outcome.MEMORY_LIMIT


async def test_a_program_that_stands_and_is_left_alone_is_ended_as_idle(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    limit(settings, idle_seconds=12)  # a busy machine starts a debugger in less
    async with debugging("one = 1\nprint(one)\n", monkeypatch) as page:
        await stopped(page, 2)
        assert (await page.terminal.ending(WAIT_SECONDS)).outcome is Outcome.IDLE_LIMIT


async def test_calls_without_an_end_are_an_error_of_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "def deeper(n):\n    return deeper(n + 1)\n\n\nprint('begin')\ndeeper(0)\n"
    async with debugging(source, monkeypatch) as page:
        await stopped(page, 5)
        page.ask("continue", threadId=1)
        ending = await page.terminal.ending(WAIT_SECONDS)
    assert ending.outcome is Outcome.FAILED
    assert "RecursionError: maximum recursion depth exceeded" in page.terminal.text
    assert "pydevd" not in page.terminal.text


@pytest.mark.parametrize(
    "source",
    [
        "import os\nwhile True:\n    os.fork()\n",
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n",
    ],
    ids=["processes", "threads"],
)
async def test_endless(monkeypatch: pytest.MonkeyPatch, settings: Settings, source: str) -> None:
    """…of them are the program's error, or too much for its time or its memory; never ours."""
    limit(settings, cpu_seconds=5, wall_seconds=20)
    async with debugging(source, monkeypatch) as page:
        await page.begin()
        ending = await page.terminal.ending(WAIT_SECONDS)
    expected = Outcome.FAILED, Outcome.CPU_LIMIT, Outcome.WALL_LIMIT, Outcome.MEMORY_LIMIT
    assert ending.outcome in expected
    if ending.outcome is Outcome.FAILED:
        assert "BlockingIOError" in page.terminal.text or "can't start new" in page.terminal.text
