"""An executor dies: its runs end with a true outcome, and what they printed is kept."""

import re
import time

import httpx
import pytest

from tests.scale.conftest import Site
from tests.terminal_client import open_terminal

LOST_WITHIN = 25.0
FLUSHED_WITHIN = 5.0
PROGRAM = """
import time
while True:
    print("at", time.monotonic_ns())
    time.sleep(0.05)
"""


@pytest.mark.timeout(90)
async def test_the_run_is_lost_in_time_and_its_transcript_is_kept(site: Site) -> None:
    worker = site.workers[0]
    async with open_terminal(worker, site.ada) as terminal:
        run = (await terminal.start(PROGRAM))["run"]
        began = time.monotonic()
        # Long enough for a recording to have been saved, and for more to have come since.
        while time.monotonic() < began + 1.4 * FLUSHED_WITHIN:
            await terminal.wait_for_bytes(terminal.offset + 1)
        seen = stamps(bytes(terminal.output))
        site.executor_of(run).kill()
        killed = time.monotonic()
        end = await terminal.wait_for_exit(LOST_WITHIN + 5)
        assert end["outcome"] == "executor_lost"
        assert time.monotonic() - killed <= LOST_WITHIN
    async with httpx.AsyncClient(headers={"Cookie": site.ada.cookie}) as browser:
        page = await browser.get(f"{worker.url}/runs/{run}/")
    kept = stamps(page.content)
    assert kept == seen[: len(kept)]
    assert seen[-1] - kept[-1] <= (FLUSHED_WITHIN + 1) * 1e9


def stamps(text: bytes) -> list[int]:
    """Whole lines only."""
    return [int(stamp) for stamp in re.findall(rb"at (\d+)\r?\n", text)]


@pytest.mark.timeout(60)
async def test_another_executor_goes_on_with_the_queue(site: Site) -> None:
    async with open_terminal(site.workers[0], site.ada) as terminal:
        site.executors[0].kill()
        for number in range(3):
            await terminal.start(f"print('still here', {number})")
            await terminal.wait_for_exit()
            assert f"still here {number}".encode() in terminal.output
