"""200 ms each way and 2 % of packets lost: slow, and exact."""

import time

import pytest

from runner.protocol.messages import Outcome
from tests.scale.conversation import conversation
from tests.scale.site import Site
from tests.scale.slow_network import slow_line
from tests.terminal_client import open_terminal

COUNT = 60_000
EXPECTED = "".join(f"{number}\r\n" for number in range(COUNT)).encode()
FLOOD = "import os\nline = b'x' * 79 + b'\\n'\nwhile True: os.write(1, line * 100)"
HEARD_WITHIN = 10.0  # what is on its way comes first: one window, and a few round trips

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


async def test_a_talk_is_exact_also_when_the_line_is_cut(site: Site) -> None:
    async with slow_line(site.workers[0]) as far, conversation(far, site.student()) as talk:
        await talk.say(10)
        await talk.answered()
        await talk.say(10)
        await talk.move(far)
        await talk.answered()
        await talk.end()


async def test_much_output_is_exact(site: Site) -> None:
    async with slow_line(site.workers[0]) as far, open_terminal(far, site.student()) as terminal:
        await terminal.start(f"for i in range({COUNT}): print(i)")
        await terminal.wait_for_exit(Outcome.COMPLETED, 90)
        assert terminal.output == EXPECTED


async def test_a_flood_is_interrupted(site: Site) -> None:
    async with slow_line(site.workers[0]) as far, open_terminal(far, site.student()) as terminal:
        await terminal.start(FLOOD)
        await terminal.wait_for_bytes(300_000, 60)
        began = time.monotonic()
        await terminal.type("\x03")
        await terminal.wait_for_exit(Outcome.FAILED, 60)
        assert time.monotonic() - began < HEARD_WITHIN
