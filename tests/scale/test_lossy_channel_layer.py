"""The channel layer loses 30 % of all messages: nobody at a terminal can tell."""

import pytest

from tests.scale.conftest import Site
from tests.terminal_client import open_terminal

COUNT = 60_000
EXPECTED = "".join(f"{number}\r\n" for number in range(COUNT)).encode()


@pytest.mark.timeout(120)
async def test_output_is_exact(lossy_site: Site) -> None:
    async with open_terminal(lossy_site.workers[0], lossy_site.ada) as terminal:
        await terminal.start(f"for i in range({COUNT}): print(i)")
        end = await terminal.wait_for_exit(100)
        assert end["outcome"] == "completed"
        assert terminal.output == EXPECTED


@pytest.mark.timeout(120)
async def test_input_is_exact(lossy_site: Site) -> None:
    lines = [f"line {number}" for number in range(1, 31)]
    async with open_terminal(lossy_site.workers[0], lossy_site.ada) as terminal:
        await terminal.start("for i in range(30):\n    print('got', input())")
        for line in lines:
            await terminal.type(f"{line}\r")
        await terminal.wait_for("input_ack", seq=len(lines), seconds=60)
        await terminal.wait_for_exit(60)
    printed = terminal.output.decode()
    assert [printed.count(f"got {line}\r\n") for line in lines] == [1] * len(lines)


@pytest.mark.timeout(120)
async def test_a_stop_is_heard(lossy_site: Site) -> None:
    async with open_terminal(lossy_site.workers[0], lossy_site.ada) as terminal:
        for _ in range(5):
            await terminal.start("import time\nprint('here')\ntime.sleep(600)")
            await terminal.wait_for_output("here", 30)
            await terminal.send("stop")
            assert (await terminal.wait_for_exit(30))["outcome"] == "stopped"
