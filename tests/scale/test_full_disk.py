"""The disk of recordings is full: programs go on, and it is said what is missing."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.scale.conversation import conversation
from tests.scale.site import Site
from tests.terminal_client import open_terminal

DISK_BYTES = 16 * 1024 * 1024
TEXT = 300 * 1024  # more than any page that is free already

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk"),
]


class SmallDisk:
    """Where the table of recordings lies."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextlib.contextmanager
def small_disk(site: Site) -> Iterator[SmallDisk]:
    with tempfile.TemporaryDirectory(prefix="test-disk-") as directory:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0755", "tmpfs", directory]
        subprocess.run(mount, check=True)
        try:
            table = Path(directory) / "table"
            table.mkdir()
            shutil.chown(table, "postgres", "postgres")
            disk = SmallDisk(Path(directory))
            try:
                site.statements(
                    "TRUNCATE runner_recording",
                    f"CREATE TABLESPACE small LOCATION '{table}'",
                    "ALTER TABLE runner_recording SET TABLESPACE small",
                )
                yield disk
            finally:
                disk.make_room()
                site.statements(
                    "ALTER TABLE runner_recording SET TABLESPACE pg_default",
                    "DROP TABLESPACE small",
                )
        finally:
            subprocess.run(["umount", directory], check=True)


async def page_of(site: Site, run: str) -> str:
    async with httpx.AsyncClient(headers={"Cookie": site.owner.cookie}, timeout=20) as browser:
        return (await browser.get(f"{site.workers[0].url}/runs/{run}/")).raise_for_status().text


@pytest.mark.faults
async def test_the_disk_of_recordings_is_full(site: Site) -> None:
    with small_disk(site) as disk:
        async with conversation(site.workers[0], site.student()) as talk:
            await talk.say(5)
            disk.fill()
            async with open_terminal(site.workers[1], site.owner) as terminal:
                run = (await terminal.start(f"print('x' * {TEXT})"))["run"]
                end = await terminal.wait_for_exit(Outcome.COMPLETED, 60)
                assert end["output_bytes"] == TEXT + 2
                assert terminal.output == b"x" * TEXT + b"\r\n"
            page = await page_of(site, run)
            assert "The last 300.0" in page
            assert "were lost" in page
            async with open_terminal(site.workers[1], site.owner) as late:
                await late.send("attach", run=run, offset=0)
                assert (await late.wait_for("gap"))["to"] == TEXT + 2
                await late.wait_for_exit(Outcome.COMPLETED)
            await talk.say(5)
            await talk.answered()
            disk.make_room()
            async with open_terminal(site.workers[1], site.owner) as terminal:
                run = (await terminal.start(f"print('y' * {TEXT})"))["run"]
                await terminal.wait_for_exit(Outcome.COMPLETED, 60)
            assert "were lost" not in await page_of(site, run)
            await talk.end()
        async with open_terminal(site.workers[1], talk.user) as late:
            await late.attach(talk.run, 0)
            await late.wait_for_exit(Outcome.COMPLETED)
            assert late.output == talk.output  # all of it, also of the time without room
