"""A program that no interpreter waited for has the same walls, and empty walls hold nobody."""

import json
from pathlib import Path

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox import executors
from tests.sandbox.attack import attacking, killed

PROGRAM = Path(__file__).with_name("surroundings.py").read_text()


async def test_walls_and_limits_are_the_same(backend: LimitBackend) -> None:
    seen = []
    for warm in (True, False):
        async with attacking(backend, PROGRAM, warm=warm) as attack:
            ended = await attack.end()
        assert ended.status is not None, ended.text
        assert ended.outcome is Outcome.COMPLETED, ended.text
        seen += [json.loads(line) for line in ended.text.splitlines()]
    assert len(seen) == 4
    assert seen[0]["parent"] == ["PermissionError"] * 4
    assert seen[0]["descriptors"] == ["0", "1", "2", "3"]  # the last is of the listing
    for look in seen[1:]:
        assert look == seen[0]


@pytest.mark.attacks
def test_a_killed_executor_takes_empty_walls_with_it(backend: LimitBackend) -> None:
    below, alive = killed(executors.with_an_empty_sandbox, backend)
    assert len(below) == 3  # outside.py, bubblewrap twice
    assert alive == []
