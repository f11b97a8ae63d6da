"""Executors' rows: who is alive, how busy, and with which sandbox."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from runner.metrics import snapshot
from runner.models import Executor


def register(name: str, capacity: int, sandbox: str) -> Executor:
    now = timezone.now()
    return Executor.objects.create(name=name, capacity=capacity, sandbox=sandbox, heartbeat_at=now)


def beat(executor: Executor, active: int) -> bool:
    """Whether the row was still there."""
    rows = Executor.objects.filter(pk=executor.pk)
    return rows.update(heartbeat_at=timezone.now(), active=active, metrics=snapshot()) == 1


def end(executor: Executor) -> None:
    """The row stays, for the runs that name it."""
    Executor.objects.filter(pk=executor.pk).update(heartbeat_at=None, active=0, metrics=None)


def alive() -> QuerySet[Executor]:
    since = timezone.now() - timedelta(seconds=settings.LIMITS.executor_lost_seconds)
    return Executor.objects.filter(heartbeat_at__gte=since)


def forget_unused() -> None:
    """Removes rows of executors that have ended, or are long silent, and that no run names."""
    before = timezone.now() - timedelta(days=1)
    gone = Q(heartbeat_at=None) | Q(heartbeat_at__lt=before)
    Executor.objects.filter(gone, started_at__lt=before, run=None).delete()
