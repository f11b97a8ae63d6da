"""Ending the runs of lost executors, with care: who was cut off itself judges nobody.

An executor is lost when the database's clock says so and its last heartbeat was seen unchanged for
two heartbeats' time; or, whatever that clock says, when it was seen unchanged for as long as makes
it lost. So a clock that jumps, forwards or back, ends no run and keeps none.
"""

import logging
import time
from uuid import UUID

from django.conf import settings

from runner.infrastructure.database import in_database, steady_seconds
from runner.runs import heartbeats, lifecycle
from runner.runs.heartbeats import StaleHeartbeat
from runner.runs.steady_clock import SteadyClock

logger = logging.getLogger(__name__)
_steady_clock: SteadyClock[StaleHeartbeat] = SteadyClock()


async def recover_lost_runs() -> list[UUID]:
    """Runs that this call has ended. To be called every few seconds.

    After an outage of the database every heartbeat in it is old, until the executors have had the
    time to write new ones.
    """
    limits = settings.LIMITS
    if steady_seconds() < limits.executor_lost_seconds:
        return []
    stale_heartbeats = await in_database(heartbeats.stale_heartbeats)
    seen = _steady_clock.seconds(stale_heartbeats, time.monotonic())
    believed = {
        stale
        for stale, is_lost in stale_heartbeats.items()
        if seen[stale]
        >= (2 * limits.heartbeat_seconds if is_lost else limits.executor_lost_seconds)
    }
    ended = await in_database(lifecycle.end_lost_runs, believed)
    for run in ended:
        logger.warning("Run %s was declared lost: its executor stopped responding.", run)
    return ended
