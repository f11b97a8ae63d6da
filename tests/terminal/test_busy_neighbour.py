"""A busy student slows nobody."""

import pytest

from tests.sandbox.busy_neighbour import measure
from tests.terminal.conftest import Site


@pytest.mark.faults
async def test_an_echo_is_quick_beside_a_run_that_burns_all_it_may(site: Site) -> None:
    """`python -m tests.sandbox.busy_neighbour` prints the figures; here other tests run too."""
    took = await measure(site.server, site.users.student(), site.users.student(), keys=100)
    alone, beside = (echoes[95] for echoes in took.values())
    assert beside < max(0.05, 5 * alone)
