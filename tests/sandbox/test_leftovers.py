"""Nothing is left behind: no group, mount, terminal, descriptor, process or file."""

import pytest

from runner.sandbox.rungs import Rung
from tests.sandbox.many_runs import left, run_many


@pytest.mark.timeout(300)
async def test_after_many_runs_nothing_is_left(rung: Rung) -> None:
    """`python -m tests.sandbox.many_runs 1000` tries more than there is time for here."""
    await run_many(rung, 1)
    before = left()
    await run_many(rung, 100)
    assert left() == before
