"""A run is kept to a core that other runs do not use, where there is one."""

import asyncio
import json
import os
from contextlib import AsyncExitStack

import pytest

from runner.sandbox.limit_backends.used_cores import OF_THIS_PROCESS, UsedCores
from tests.runner.sandbox.inside import started

ALL, OURS = frozenset({0, 1, 2}), os.sched_getaffinity(0)
MINE = "import json, os; print(json.dumps(sorted(os.sched_getaffinity(0))), flush=True)\n"


def used(*checks: tuple[int, int, float]) -> UsedCores:
    """Of runs that are on a core, and have used so much of a second."""
    cores = UsedCores()
    for run, core, seconds in checks:
        cores.begin(run, at=10.0)
        cores.note(run, frozenset({core}), seconds, at=11.0)
    return cores


@pytest.mark.parametrize(
    ("checks", "count", "expected"),
    [
        ([], 1, [0, 1, 2]),
        ([(1, 0, 0.02), (2, 1, 0.04)], 1, [2, 0, 1]),  # the kernel knows better
        ([(1, 0, 1.0)], 1, [1, 2]),
        ([(1, 0, 1.0), (2, 2, 1.0), (3, 2, 0.0)], 1, [1]),
        ([(1, 0, 1.0), (2, 1, 0.98), (3, 2, 1.0), (4, 1, 0.5)], 1, [0, 2]),
        ([(1, 0, 1.0), (2, 1, 0.9)], 2, [2, 1]),
        ([(1, 0, 1.0)], 5, [1, 2, 0]),
        ([(1, 7, 1.0)], 1, [0, 1, 2]),  # not ours
    ],
)
def test_the_least_used_are_chosen(
    checks: list[tuple[int, int, float]], count: int, expected: list[int]
) -> None:
    assert used(*checks).least_used(count, ALL) == expected


def test_a_run_that_rests_or_has_ended_uses_none() -> None:
    cores = used((1, 0, 1.0), (2, 1, 1.0))
    cores.note(1, frozenset({0}), 1.0, at=12.0)
    assert cores.least_used(1, ALL) == [0, 2]
    cores.forget(2)
    cores.note(2, frozenset({1}), 5.0, at=13.0)  # a check that took long
    assert cores.least_used(1, ALL) == [0, 1, 2]


def test_figures_that_go_back_are_no_use() -> None:
    """Those of the next program of a run count from 0."""
    cores = used((1, 0, 1.0))
    cores.note(1, frozenset({0}), 0.1, at=12.0)
    assert cores.least_used(1, ALL) == [0, 1, 2]


@pytest.mark.skipif(len(OURS) < 2, reason="one core has no other")
async def test_two_runs_that_compute_have_a_core_each() -> None:
    async with AsyncExitStack() as runs:
        cores = []
        for _ in range(2):
            run = await runs.enter_async_context(started(MINE + "while True: pass"))
            said = await run.wait_for_output(b"]")
            cores.append(json.loads(said.splitlines()[-1]))
            run.sandbox.note_started()
            async with asyncio.timeout(30):  # it may have to share its core
                while len(OF_THIS_PROCESS.least_used(1, OURS)) == len(OURS) and not cores[1:]:
                    await asyncio.sleep(0.5)
                    run.sandbox.usage()
        assert [len(one) for one in cores] == [1, 1]
        assert cores[0] != cores[1]
    assert not OF_THIS_PROCESS._uses
