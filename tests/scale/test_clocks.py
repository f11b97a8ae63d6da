"""Clocks jump by an hour, of an executor's machine and of the database's: no run is lost by it."""

import asyncio
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.limits import Limits
from tests.scale.conversation import Conversation, conversation
from tests.scale.site import Site
from tests.terminal_client import open_terminal

HOUR = 3600
CUT_OFF_SECONDS = Limits().executor_lost_seconds + 2
JUDGED_SECONDS = 11.0  # two heartbeats: everybody has looked at everybody

pytestmark = pytest.mark.timeout(240)


class DatabaseClock:
    """What libfaketime tells PostgreSQL; its steady clock goes on as it is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.set(0)
        (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        self.env = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",  # second, between two looks at the file
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, seconds: int) -> None:
        write(self._file, f"{seconds:+}\n")


def write(file: Path, text: str) -> None:
    """Readers find the old text or the new one."""
    new = file.with_suffix(".new")
    new.write_text(text)
    new.replace(file)


async def test_an_executors_clock_jumps(site: Site, tmp_path: Path) -> None:
    wrong_by = tmp_path / "wrong-by"
    write(wrong_by, "0")
    other, wrong = site.product.executor(), site.product.executor(WRONG_BY=str(wrong_by))
    site.replace_executors(wrong, other)
    other.send(signal.SIGSTOP)  # else it may be quicker
    async with conversation(site.workers[0], site.ada) as talk:
        other.send(signal.SIGCONT)
        assert site.executor_of(talk.run) is wrong
        for offset, seconds in ((HOUR, 1.0), (-HOUR, JUDGED_SECONDS)):
            write(wrong_by, f"{offset}")
            await keep_talking(talk, seconds)
        await talk.end()


async def test_the_databases_clock_jumps(site: Site) -> None:
    with wrong_postgres(site) as clock:
        async with conversation(site.workers[0], site.ada) as talk:
            # For so long who was cut off from the database judges nobody anyway.
            await keep_talking(talk, CUT_OFF_SECONDS)
            for offset in (HOUR, 0):
                clock.set(offset)
                await keep_talking(talk, JUDGED_SECONDS)
                wrong_by = site.query("SELECT extract(epoch FROM now())") - time.time()
                assert abs(wrong_by - offset) < HOUR / 2
                async with open_terminal(site.workers[1], site.ada) as terminal:
                    await terminal.start("print('as ever')")
                    assert (await terminal.wait_for_exit())["outcome"] == "completed"
            await talk.end()


async def keep_talking(talk: Conversation, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await talk.say(1)
        await talk.answered()
        await asyncio.sleep(0.5)


@contextmanager
def wrong_postgres(site: Site) -> Iterator[DatabaseClock]:
    # pytest's own temporary folders are closed to the user postgres.
    with tempfile.TemporaryDirectory(prefix="test-clock-") as directory:
        Path(directory).chmod(0o755)
        clock = DatabaseClock(Path(directory))
        site.postgres.stop()
        site.postgres.start(clock.env)
        try:
            yield clock
        finally:
            site.postgres.stop()
            site.postgres.start()
