"""Signals reach the attacker's own processes, and stop no watcher."""

import asyncio
import time
from pathlib import Path

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import Rung
from tests.sandbox.attack import Attack, attacked, attacking, killed
from tests.sandbox.teardown import LIVES

ROOT = Path(__file__).parents[2]


async def stopped(attack: Attack) -> float:
    """Seconds from the decision until every process is dead."""
    await attack.wait_for(b"up")
    began = time.monotonic()
    attack.watch.decide(Outcome.STOPPED)
    assert await attack.sandbox.ended() is None
    assert not attack.sandbox.alive
    return time.monotonic() - began


@pytest.mark.parametrize("life", LIVES)
async def test_a_run_that_is_stopped_dies_at_once(rung: Rung, life: str) -> None:
    """And everybody here has heard of it: see test_teardown.py for how soon."""
    async with attacking(rung, LIVES[life]) as attack:
        assert await stopped(attack) < 2


async def test_stopping_the_reporter_does_not_hold_back_the_end(rung: Rung) -> None:
    source = "import os, signal; os.kill(os.getppid(), signal.SIGSTOP); os._exit(7)"
    ended = await attacked(rung, source)
    assert ended.outcome is Outcome.FAILED
    assert ended.status is not None
    assert ended.status.exit_code == 7


async def test_stopping_everybody_is_over_at_the_next_look(rung: Rung) -> None:
    source = "import os, signal; os.kill(-1, signal.SIGSTOP); print('on')"
    ended = await attacked(rung, source)
    assert ended.text == "on\n"
    assert ended.outcome is Outcome.COMPLETED


async def test_killing_everybody_ends_only_ones_own_run(rung: Rung) -> None:
    async with attacking(rung, "print('up', flush=True); input(); print('still')") as other:
        await other.wait_for(b"up")
        ended = await attacked(
            rung, "import os; print('x', flush=True); os.kill(-1, 9); os._exit(0)"
        )
        assert ended.text == "x\n"
        other.terminal.write(b"\n")
        assert (await other.end()).outcome is Outcome.COMPLETED
    assert ended.outcome in (Outcome.COMPLETED, Outcome.FAILED)  # did it die before its reporter?


async def test_killing_the_reporter_ends_ones_own_run(rung: Rung) -> None:
    ended = await attacked(rung, "import os, time; os.kill(os.getppid(), 9); time.sleep(600)")
    assert ended.outcome is Outcome.FAILED
    assert ended.status is None


async def test_the_first_process_does_not_listen(rung: Rung) -> None:
    source = "import os\nfor n in (9, 15, 19): os.kill(1, n)\nprint('nothing', os.getppid())"
    ended = await attacked(rung, source)
    assert ended.text == "nothing 2\n"
    assert ended.outcome is Outcome.COMPLETED


async def test_a_program_that_ends_while_it_is_stopped_ends_once(rung: Rung) -> None:
    for delay in (0, 0.02, 0.05):
        async with attacking(rung, "pass") as attack:
            await asyncio.sleep(delay)
            attack.watch.decide(Outcome.STOPPED)
            assert (await attack.end()).outcome is Outcome.STOPPED


EXECUTOR = """
import asyncio, sys, time
from tests.sandbox.attack import attacking
from runner.limits import Limits
from runner.sandbox.limit_backends import RUNGS

async def main():
    rung = RUNGS[sys.argv[1]](Limits())
    source = "import os, time\\nif os.fork() == 0: os.setsid(); print('up', flush=True)\\ntime.sleep(600)"
    async with attacking(rung, source) as attack:
        await attack.wait_for(b"up")
        print("up", flush=True)
        time.sleep(600)

asyncio.run(main())
"""


def test_a_killed_executor_takes_its_runs_with_it(rung: Rung) -> None:
    below, alive = killed(EXECUTOR, rung)
    assert len(below) >= 6  # outside.py, bubblewrap twice, inside.py, the program twice
    assert alive == []
