"""Ends the runs of lost executors. A process that was cut off itself must not judge others.

An executor is lost if it is overdue by the database's clock and its last heartbeat was seen
unchanged for two heartbeat intervals by a monotonic clock; or if it was seen unchanged for
`executor_lost_seconds`, whatever the database's clock says. So a clock that jumps, in either
direction, neither ends a run nor keeps a lost one.
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
    """Ends the runs of lost executors and returns their ids. To be called every few seconds.

    After an outage of the database all heartbeats are old until executors have written new ones, so
    nothing is declared lost for `executor_lost_seconds` after a failure of the database.
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
