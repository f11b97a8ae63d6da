"""Messages between web workers and executors are lost, doubled and overtaken: nobody can tell."""

import pytest

from runner.protocol.messages import Outcome
from tests.scale.conversation import conversation
from tests.scale.site import Site
from tests.terminal_client import open_terminal

COUNT = 60_000
EXPECTED = "".join(f"{number}\r\n" for number in range(COUNT)).encode()
FAULTY = {"lost": 0.1, "doubled": 0.05}
WORSE = {"lost": 0.3, "doubled": 0.05}

pytestmark = pytest.mark.timeout(180)


async def test_a_talk_is_exact(site: Site) -> None:
    with site.layer(**FAULTY):
        async with conversation(site.workers[0], site.student()) as talk:
            for _ in range(6):
                await talk.say(10)
                await talk.answered()
            await talk.end()


@pytest.mark.faults
async def test_a_flood_is_exact(site: Site) -> None:
    with site.layer(**WORSE):
        async with open_terminal(site.workers[0], site.student()) as terminal:
            await terminal.start(f"for i in range({COUNT}): print(i)")
            await terminal.wait_for_exit(Outcome.COMPLETED, 100)
            assert terminal.output == EXPECTED


@pytest.mark.faults
async def test_input_is_exact(site: Site) -> None:
    lines = [f"line {number}" for number in range(1, 31)]
    with site.layer(**WORSE):
        async with open_terminal(site.workers[0], site.student()) as terminal:
            await terminal.start("for i in range(30):\n    print('got', input())")
            for line in lines:
                await terminal.type(f"{line}\r")
            await terminal.wait_for("input_ack", seq=len(lines), seconds=60)
            await terminal.wait_for_exit(Outcome.COMPLETED, 60)
    printed = terminal.output.decode()
    assert [printed.count(f"got {line}\r\n") for line in lines] == [1] * len(lines)


@pytest.mark.faults
async def test_a_stop_is_heard(site: Site) -> None:
    with site.layer(**WORSE):
        async with open_terminal(site.workers[0], site.student()) as terminal:
            for _ in range(5):
                await terminal.start("import time\nprint('here')\ntime.sleep(600)")
                await terminal.wait_for_output("here", 30)
                await terminal.send("stop")
                await terminal.wait_for_exit(Outcome.STOPPED, 30)
