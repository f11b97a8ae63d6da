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
from runner.runs.heartbeats import Silence
from runner.runs.steady_clock import Patience

logger = logging.getLogger(__name__)
_patience: Patience[Silence] = Patience()


async def recover_lost_runs() -> list[UUID]:
    """Runs that this call has ended. To be called every few seconds.

    After an outage of the database every heartbeat in it is old, until the executors have had the
    time to write new ones.
    """
    limits = settings.LIMITS
    if steady_seconds() < limits.executor_lost_seconds:
        return []
    silences = await in_database(heartbeats.silences)
    seen = _patience.seconds(silences, time.monotonic())
    believed = {
        silence
        for silence, is_lost in silences.items()
        if seen[silence]
        >= (2 * limits.heartbeat_seconds if is_lost else limits.executor_lost_seconds)
    }
    ended = await in_database(lifecycle.end_lost_runs, believed)
    for run in ended:
        logger.warning("Run %s was lost by its executor.", run)
    return ended
