"""How much of each user's history is kept: runs and bytes. The oldest ended ones are removed first.

A run that has not ended counts with what is stored of it so far.
"""

import asyncio
import logging
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Case, Count, F, Sum, Value, When
from django.db.models.functions import Least

from runner.infrastructure import clock
from runner.infrastructure.database import in_database
from runner.limits import KIB, MIB
from runner.models import RemovedRuns, Run
from runner.run_state import RunStatus

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0  # after a start: the first output comes first, and several starts are one
REMOVED_AT_ONCE = 100  # in one transaction
# Runs of before 2026-11-29 have no sizes: 4 KiB of code, and as much output as was kept then.
FORMER = Least(F("output_bytes"), Value(MIB)) + Value(4 * KIB)
SIZES = F("source_bytes") + F("recording_bytes") + F("artifact_bytes")
STORED = Case(When(source_bytes=0, then=FORMER), default=SIZES)


class RoomMaker:
    """Makes room after starts, in one task for each user: nobody waits for it."""

    def __init__(self) -> None:
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def make_soon(self, owner: int) -> None:
        if owner not in self._tasks:
            self._tasks[owner] = asyncio.create_task(self._make(owner))

    async def _make(self, owner: int) -> None:
        try:
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            del self._tasks[owner]
        try:
            await in_database(make_room, owner)
        except (DatabaseError, InterfaceError) as error:  # the next start tries again
            logger.warning("Removing old runs of user %s failed: %s", owner, error)
        except Exception:
            logger.exception("Removing old runs of user %s failed.", owner)


make_room_soon = RoomMaker().make_soon


def make_room(owner: int) -> int:
    """Removes the user's oldest ended runs beyond the limits; how many they were."""
    surplus = _surplus(owner)
    firsts = range(0, len(surplus), REMOVED_AT_ONCE)
    return sum(_remove(owner, surplus[first : first + REMOVED_AT_ONCE]) for first in firsts)


def _surplus(owner: int) -> list[UUID]:
    limits, runs = settings.LIMITS, Run.objects.filter(owner=owner)
    kept = runs.aggregate(count=Count("pk"), bytes=Sum(STORED, default=0))
    count, size = kept["count"] - limits.history_runs, kept["bytes"] - limits.history_bytes
    surplus: list[UUID] = []
    if count <= 0 and size <= 0:
        return surplus
    ended = runs.filter(status=RunStatus.FINISHED).order_by("created_at")
    for pk, stored in ended.values_list("pk", STORED):
        if count <= 0 and size <= 0:
            break
        surplus.append(pk)
        count, size = count - 1, size - stored
    return surplus


def _remove(owner: int, surplus: list[UUID]) -> int:
    """Also notes it, for the user to read."""
    with transaction.atomic():
        _, deleted = Run.objects.filter(pk__in=surplus).only("pk").delete()
        removed = deleted.get(Run._meta.label, 0)  # another web worker may have been quicker
        if removed:
            changes = {"count": F("count") + removed, "removed_at": clock.now()}
            RemovedRuns.objects.get_or_create(owner_id=owner, defaults={"removed_at": clock.now()})
            RemovedRuns.objects.filter(owner=owner).update(**changes)
    return removed
