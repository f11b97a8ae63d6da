"""Executors' rows: who is alive, how busy, and with which sandbox."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from runner.models import Executor


def register(name: str, capacity: int, sandbox: str) -> Executor:
    now = timezone.now()
    return Executor.objects.create(name=name, capacity=capacity, sandbox=sandbox, heartbeat_at=now)


def beat(executor: Executor, active: int) -> bool:
    """Whether the row was still there."""
    rows = Executor.objects.filter(pk=executor.pk)
    return rows.update(heartbeat_at=timezone.now(), active=active) == 1


def remove(executor: Executor) -> None:
    Executor.objects.filter(pk=executor.pk).delete()


def alive() -> QuerySet[Executor]:
    since = timezone.now() - timedelta(seconds=settings.LIMITS.executor_lost_seconds)
    return Executor.objects.filter(heartbeat_at__gte=since)


def forget_silent() -> None:
    """Removes rows of executors silent for a day; their runs were recovered long ago."""
    before = timezone.now() - timedelta(days=1)
    Executor.objects.filter(heartbeat_at__lt=before).delete()
