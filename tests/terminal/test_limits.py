"""A run that goes beyond a limit is ended with an outcome and a sentence of its own."""

import asyncio

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.terminal.conftest import SMALL, Site
from tests.terminal_client import Message, open_terminal

OUTPUT_BYTES = int(SMALL["LIMIT_OUTPUT_BYTES"])
BURN = "while True:\n for _ in range(10**6): pass\n print(end='.', flush=True)"
TICK = "import time\nwhile True: print('tick'); time.sleep(0.3)"
SLEEP = "import time\nwhile True: time.sleep(60)"
GREEDY = "x = []\nwhile True: x.append(bytearray(4_000_000)); print(len(x), flush=True)"
GREEDY_CHILDREN = """
import os, time
for _ in range(5):
    if os.fork() == 0:
        x = bytearray(25_000_000)
        break
while True: print(end='.', flush=True); time.sleep(0.1)
"""


@pytest.fixture
def owner(strict_site: Site) -> SignedIn:
    return strict_site.users.student()


async def end_of(site: Site, user: SignedIn, source: str, outcome: Outcome) -> Message:
    async with open_terminal(site.server, user) as terminal:
        await terminal.start(source)
        return await terminal.wait_for_exit(outcome)


@pytest.mark.parametrize(
    ("source", "outcome", "reason"),
    [
        (BURN, Outcome.CPU_LIMIT, "more than 1 second of processor time"),
        (
            "import os\nos.fork(); os.fork()\n" + BURN,
            Outcome.CPU_LIMIT,
            "more than 1 second of processor time",
        ),
        (GREEDY, Outcome.MEMORY_LIMIT, "more than 64 MB of memory"),
        (GREEDY_CHILDREN, Outcome.MEMORY_LIMIT, "more than 64 MB of memory"),
        ("while True: print('x' * 1000)", Outcome.OUTPUT_LIMIT, "more than 64 KB"),
    ],
    ids=["an endless loop", "children that burn", "memory", "memory of children", "output"],
)
async def test_a_program_that_takes_too_much_is_ended(
    strict_site: Site, owner: SignedIn, source: str, outcome: Outcome, reason: str
) -> None:
    end = await end_of(strict_site, owner, source, outcome)
    assert (end["exit_code"], end["signal"]) == (None, None)
    assert reason in end["reason"]


async def test_time_is_limited_whether_something_happens_or_not(
    strict_site: Site, owner: SignedIn
) -> None:
    """All at once, as each takes its time."""
    idle, typed, wall = await asyncio.gather(
        end_of(strict_site, owner, SLEEP, Outcome.IDLE_LIMIT),
        end_of_typed_to(strict_site, owner),
        end_of(strict_site, owner, TICK, Outcome.WALL_LIMIT),
    )
    assert 3000 <= idle["wall_ms"] < 7900
    assert (
        idle["reason"] == "Nothing was typed or printed for 3 seconds, so your program was stopped."
    )
    assert typed["wall_ms"] >= 5000
    assert 7900 <= wall["wall_ms"] < 12000  # its own clock begins with the program
    assert wall["reason"] == "Your program ran for longer than 8 seconds and was stopped."


async def end_of_typed_to(site: Site, user: SignedIn) -> Message:
    """Somebody types after two seconds, which nothing answers."""
    async with open_terminal(site.server, user) as terminal:
        await terminal.start("import tty; tty.setraw(0); print(end='up', flush=True)\n" + SLEEP)
        await terminal.wait_for_output("up")
        await asyncio.sleep(2)
        await terminal.type("x")
        return await terminal.wait_for_exit(Outcome.IDLE_LIMIT)


async def test_output_up_to_the_limit_is_told_exactly(strict_site: Site, owner: SignedIn) -> None:
    async with open_terminal(strict_site.server, owner) as terminal:
        await terminal.start(f"import os; os.write(1, b'x' * {OUTPUT_BYTES})")
        end = await terminal.wait_for_exit(Outcome.COMPLETED)
        assert end["output_bytes"] == OUTPUT_BYTES
        await terminal.start(f"print('x' * {OUTPUT_BYTES})")
        end = await terminal.wait_for_exit(Outcome.OUTPUT_LIMIT)
        assert end["output_bytes"] == OUTPUT_BYTES
        assert bytes(terminal.output) == b"x" * OUTPUT_BYTES


async def test_a_program_within_its_limits_is_left_alone(
    strict_site: Site, owner: SignedIn
) -> None:
    source = "x = bytearray(40_000_000); print('x' * 60_000)\nfor _ in range(1_000_000): pass"
    await end_of(strict_site, owner, source, Outcome.COMPLETED)


@pytest.mark.faults
async def test_a_run_that_nobody_controls_is_hung_up(strict_site: Site, owner: SignedIn) -> None:
    """Although an instructor watches it."""
    instructor = strict_site.users.instructor()
    async with (
        open_terminal(strict_site.server, owner) as terminal,
        open_terminal(strict_site.server, instructor) as watcher,
    ):
        await terminal.start(TICK)
        await watcher.attach(str(terminal.run), offset=0)
        await terminal.cut()
        end = await watcher.wait_for_exit(Outcome.DISCONNECTED)
    assert end["reason"] == "Nobody was connected to the program for 1 second, so it was stopped."


async def test_a_run_that_is_attached_again_in_time_goes_on(
    strict_site: Site, owner: SignedIn
) -> None:
    ticking = "import time\nfor _ in range(7): print('tick'); time.sleep(0.3)"
    async with open_terminal(strict_site.server, owner) as terminal:
        await terminal.start(ticking)
        await terminal.wait_for_output("tick")
        await terminal.cut()
    async with open_terminal(strict_site.server, owner) as again:
        await again.attach(str(terminal.run), offset=0)
        await again.wait_for_exit(Outcome.COMPLETED)


async def test_started_tells_the_sites_own_limits(strict_site: Site, owner: SignedIn) -> None:
    async with open_terminal(strict_site.server, owner) as terminal:
        limits = (await terminal.start(""))["limits"]
        await terminal.wait_for_exit(Outcome.COMPLETED)
    assert limits["cpu_seconds"] == 1
    assert limits["output_bytes"] == OUTPUT_BYTES
    assert limits["memory_bytes"] == 64 * 1024 * 1024
