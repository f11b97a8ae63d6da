"""The row of a visitor's run is deleted when it ends. How it ended is remembered for a moment, in
the memory of this process: its terminal may ask."""

import time
from collections import OrderedDict
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from runner.infrastructure import clock
from runner.models import Run
from runner.protocol.messages import Exit
from runner.run_state import Ending, RunStatus

WAITED_AT_MOST = timedelta(minutes=30)  # a socket of theirs is closed then
REMEMBERED_SECONDS, MOST_REMEMBERED = 60.0, 1000
_ends: OrderedDict[UUID, tuple[float, Exit]] = OrderedDict()  # the oldest first


def forget(run_id: UUID, ending: Ending) -> None:
    """Of a run that has just ended: deletes its row, if it is a visitor's. In PostgreSQL the
    database has done so by itself (migration 0095): executors may delete no runs."""
    left = Run.objects.filter(pk=run_id)
    owners = list(left.values_list("owner_id", flat=True))
    if owners == [None]:
        left.filter(owner=None).delete()
    elif owners:
        return
    while _ends and (len(_ends) >= MOST_REMEMBERED or _first_at() < _now() - REMEMBERED_SECONDS):
        _ends.popitem(last=False)
    _ends[run_id] = _now(), exit_of_ending(run_id, ending)


def end_of(run_id: UUID) -> Exit | None:
    """Of a visitor's run that this process has ended lately."""
    found = _ends.get(run_id)
    return found[1] if found else None


def forget_left_over() -> int:
    """What a crash has left behind: rows of ended runs, of those that nothing can be running any
    more, and of those that nobody waits for. How many they were."""
    limits = settings.LIMITS
    longest = timedelta(seconds=2 * (limits.visitor_wall_seconds + limits.compile_wall_seconds))
    before = clock.now() - longest - timedelta(seconds=limits.executor_lost_seconds)
    visitors = Run.objects.filter(owner=None)
    claimed = visitors.filter(claimed_at__lt=before)
    # While users take all places, visitors wait; one whose page has gone waits for nobody.
    waiting = visitors.filter(status=RunStatus.QUEUED, created_at__lt=before - WAITED_AT_MOST)
    left = visitors.filter(status=RunStatus.FINISHED) | claimed | waiting
    return left.delete()[1].get(Run._meta.label, 0)


def exit_of_ending(run_id: UUID, ending: Ending) -> Exit:
    return Exit(
        run=run_id,
        outcome=ending.outcome,
        exit_code=ending.exit_code,
        signal=ending.signal,
        reason="",
        reason_code=ending.reason_code,
        figures=ending.figures,
        wall_ms=ending.wall_ms,
        cpu_ms=ending.cpu_ms,
        memory_peak_bytes=ending.memory_peak_bytes,
        output_bytes=ending.output_bytes,
    )


def _first_at() -> float:
    return next(iter(_ends.values()))[0]


def _now() -> float:
    return time.monotonic()
