"""Queued runs that no executor will ever claim are ended, so that nobody waits for them."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from runner.infrastructure import clock
from runner.languages import LANGUAGES
from runner.models import Run
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.runs import heartbeats, run_queue
from runner.runs.lifecycle import finish_queued
from runner.runs.offers import reported_ids, reported_screens
from runner.runs.steady_clock import SteadyClock

_no_executor: SteadyClock[datetime | None] = SteadyClock()  # since when there is none
_without: SteadyClock[str] = SteadyClock()  # since when no executor has that language
_without_screens: SteadyClock[str] = SteadyClock()  # or shows its windows


def end_abandoned_queue() -> bool:
    """Ends queued runs when nobody is there to claim them, and nobody waits any more to say so.
    Whether there was one."""
    limits = settings.LIMITS
    before = clock.now() - timedelta(seconds=limits.executor_lost_seconds)
    old = run_queue.waiting().filter(created_at__lt=before)
    if heartbeats.alive_executors().exclude(sandbox="").exists():
        return _end_without_language(old)
    last = heartbeats.newest_heartbeat()
    if _no_executor.seconds({last}, time.monotonic())[last] < 2 * limits.heartbeat_seconds:
        return False  # the clock has jumped, perhaps
    left = list(old.only("pk"))
    for run in left:
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.NO_EXECUTOR)
    return bool(left)


def _end_without_language(old: QuerySet[Run]) -> bool:
    """The same for runs in languages that no living executor has any more."""
    asked = set(old.order_by().values_list("language", flat=True).distinct())
    missing = _without.seconds(asked - reported_ids() if asked else set(), time.monotonic())
    long = 2 * settings.LIMITS.heartbeat_seconds
    given_up = [language for language, seconds in missing.items() if seconds >= long]
    left = list(old.filter(language__in=given_up).only("pk", "language")) if given_up else []
    without_screen = _without_screen(old.exclude(language__in=given_up))
    for run in without_screen:
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.SCREEN_MISSING)
    for run in left:
        name = LANGUAGES[run.language].name if run.language in LANGUAGES else run.language
        figures = {"language": name}
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.LANGUAGE_GONE, figures)
    return bool(left or without_screen)


def _without_screen(old: QuerySet[Run]) -> list[Run]:
    """GUI runs whose windows no living executor can show any more."""
    waiting = list(old.filter(screen_width__gt=0).only("pk", "language"))
    asked = {run.language for run in waiting}
    since = _without_screens.seconds(asked - reported_screens(), time.monotonic())
    long = 2 * settings.LIMITS.heartbeat_seconds
    return [run for run in waiting if since.get(run.language, 0) >= long]
