"""A web worker dies: the terminal goes on through another one, exactly."""

import pytest

from tests.scale.conftest import Site
from tests.terminal_client import open_terminal

COUNT = 200_000
EXPECTED = "".join(f"{number}\r\n" for number in range(COUNT)).encode()


@pytest.mark.timeout(90)
async def test_output_goes_on_where_it_was_cut_without_a_byte_lost_or_twice(site: Site) -> None:
    first, second = site.workers
    async with open_terminal(first, site.ada) as terminal:
        run = (await terminal.start(f"for i in range({COUNT}): print(i)"))["run"]
        await terminal.wait_for_bytes(100_000)
        first.process.kill()
        await terminal.cut()
        before = bytes(terminal.output)
    async with open_terminal(second, site.ada) as terminal:
        attached = await terminal.attach(run, len(before))
        assert attached["control"]
        end = await terminal.wait_for_exit(60)
        assert end["outcome"] == "completed"
        assert before + terminal.output == EXPECTED


@pytest.mark.timeout(90)
async def test_input_sent_while_cut_is_typed_exactly_once(site: Site) -> None:
    first, second = site.workers
    lines = [f"line {number}" for number in range(1, 41)]
    program = "for i in range(40):\n    print('got', input())"
    async with open_terminal(first, site.ada) as terminal:
        run = (await terminal.start(program))["run"]
        for line in lines[:20]:
            await terminal.type(f"{line}\r")
        while (await terminal.wait_for("input_ack"))["seq"] < 5:
            pass
        first.process.kill()
        await terminal.cut()
        before = bytes(terminal.output)
    async with open_terminal(second, site.ada) as terminal:
        attached = await terminal.attach(run, len(before))
        # What had not been acknowledged when the line was cut is sent again, from well before it.
        for seq, line in enumerate(lines, 1):
            if seq > attached["input_seq"] - 3:
                await terminal.send("send_input", seq=max(seq, 1), data=f"{line}\r")
        await terminal.wait_for_exit(30)
        printed = (before + terminal.output).decode()
    assert [printed.count(f"got {line}\r\n") for line in lines] == [1] * len(lines)
