"""Signals reach the attacker's own processes, and stop no watcher."""

import asyncio
import time
from pathlib import Path

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox import executors
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
async def test_a_run_that_is_stopped_dies_at_once(backend: LimitBackend, life: str) -> None:
    """And everybody here has heard of it: see test_teardown.py for how soon."""
    async with attacking(backend, LIVES[life]) as attack:
        assert await stopped(attack) < 2


async def test_stopping_the_reporter_does_not_hold_back_the_end(backend: LimitBackend) -> None:
    source = "import os, signal; os.kill(os.getppid(), signal.SIGSTOP); os._exit(7)"
    ended = await attacked(backend, source)
    assert ended.outcome is Outcome.FAILED
    assert ended.status is not None
    assert ended.status.exit_code == 7


async def test_stopping_everybody_is_over_at_the_next_look(backend: LimitBackend) -> None:
    source = "import os, signal; os.kill(-1, signal.SIGSTOP); print('on')"
    ended = await attacked(backend, source)
    assert ended.text == "on\n"
    assert ended.outcome is Outcome.COMPLETED


async def test_killing_everybody_ends_only_ones_own_run(backend: LimitBackend) -> None:
    async with attacking(backend, "print('up', flush=True); input(); print('still')") as other:
        await other.wait_for(b"up")
        ended = await attacked(
            backend, "import os; print('x', flush=True); os.kill(-1, 9); os._exit(0)"
        )
        assert ended.text == "x\n"
        other.terminal.write(b"\n")
        assert (await other.end()).outcome is Outcome.COMPLETED
    assert ended.outcome in (Outcome.COMPLETED, Outcome.FAILED)  # did it die before its reporter?


async def test_killing_the_reporter_ends_ones_own_run(backend: LimitBackend) -> None:
    ended = await attacked(backend, "import os, time; os.kill(os.getppid(), 9); time.sleep(600)")
    assert ended.outcome is Outcome.FAILED
    assert ended.status is None


async def test_the_first_process_does_not_listen(backend: LimitBackend) -> None:
    source = "import os\nfor n in (9, 15, 19): os.kill(1, n)\nprint('nothing', os.getppid())"
    ended = await attacked(backend, source)
    assert ended.text == "nothing 2\n"
    assert ended.outcome is Outcome.COMPLETED


async def test_a_program_that_ends_while_it_is_stopped_ends_once(backend: LimitBackend) -> None:
    for delay in (0, 0.02, 0.05):
        async with attacking(backend, "pass") as attack:
            await asyncio.sleep(delay)
            attack.watch.decide(Outcome.STOPPED)
            assert (await attack.end()).outcome is Outcome.STOPPED


def test_a_killed_executor_takes_its_runs_with_it(backend: LimitBackend) -> None:
    below, alive = killed(executors.with_a_run, backend)
    assert len(below) >= 6  # outside.py, bubblewrap twice, inside.py, the program twice
    assert alive == []
