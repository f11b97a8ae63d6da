"""Ending the runs of lost executors, with care: who was cut off itself judges nobody."""

import logging
from uuid import UUID

from django.conf import settings

from runner import runs
from runner.database import in_database, steady_seconds

logger = logging.getLogger(__name__)


async def recover_lost_runs() -> list[UUID]:
    """Runs that this call has ended.

    After an outage of the database every heartbeat in it is old, until the executors have had the
    time to write new ones.
    """
    if steady_seconds() < settings.LIMITS.executor_lost_seconds:
        return []
    lost = await in_database(runs.recover_lost_runs)
    for run in lost:
        logger.warning("Run %s was lost by its executor.", run)
    return lost
