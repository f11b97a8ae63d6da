"""Clocks jump by an hour, of an executor's machine and of the database's: no run is lost by it."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.scale.conversation import Conversation, conversation
from tests.scale.site import LONG, Site
from tests.terminal_client import open_terminal

HOUR = 3600
CUT_OFF_SECONDS = Limits().executor_lost_seconds + 2
NOTED_SECONDS = 6.0  # one heartbeat
JUDGED_SECONDS = 11.0  # two heartbeats: everybody has looked at everybody

pytestmark = pytest.mark.timeout(240)


def write(file: Path, text: str) -> None:
    """Readers find the old text or the new one."""
    new = file.with_suffix(".new")
    new.write_text(text)
    new.replace(file)


@pytest.mark.faults
async def test_an_executors_clock_jumps(site: Site, tmp_path: Path) -> None:
    wrong_by = tmp_path / "wrong-by"
    write(wrong_by, "0")
    other, wrong = site.new_executor(), site.new_executor(WRONG_BY=str(wrong_by))
    site.replace_executors(wrong, other)
    other.send(signal.SIGSTOP)  # else it may be quicker
    async with conversation(site.workers[0], site.student()) as talk:
        other.send(signal.SIGCONT)
        assert site.executor_of(talk.run) is wrong
        for offset, seconds in ((HOUR, 1.0), (-HOUR, JUDGED_SECONDS)):
            write(wrong_by, f"{offset}")
            await keep_talking(talk, seconds)
        await talk.end()


@pytest.mark.faults
async def test_the_databases_clock_jumps(site: Site) -> None:
    async with conversation(site.workers[0], site.student()) as talk:
        if LONG:  # who was cut off from the database just now judges nobody anyway
            await keep_talking(talk, CUT_OFF_SECONDS)
        try:
            for seconds, watched in ((HOUR, JUDGED_SECONDS), (0, NOTED_SECONDS)):
                site.set_database_clock(seconds)
                await keep_talking(talk, watched)
                async with open_terminal(site.workers[1], site.student()) as terminal:
                    await terminal.start("print('as ever')")
                    await terminal.wait_for_exit(Outcome.COMPLETED)
        finally:
            site.set_database_clock(0)
        await talk.end()


async def keep_talking(talk: Conversation, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await talk.say(1)
        await talk.answered()
        await asyncio.sleep(0.5)
