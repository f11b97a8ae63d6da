"""Rows of executors: heartbeat, load and sandbox. Times are the database's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When

from runner.infrastructure import clock
from runner.infrastructure.metrics import snapshot
from runner.languages import PYTHON
from runner.models import Executor

# What every executor has, whatever its version.
NONE: Mapping[str, str] = MappingProxyType({})
PYTHON_ALONE: Mapping[str, str] = MappingProxyType({PYTHON.id: ""})
NO_PACKAGES: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StaleHeartbeat:
    """The last heartbeat of an executor, if it is too old, or in the future."""

    executor: int
    heartbeat_at: datetime


def register_executor(
    name: str,
    capacity: int,
    sandbox: str,
    languages: Mapping[str, str] = PYTHON_ALONE,
    withheld: Mapping[str, str] = NONE,
    packages: Mapping[str, Mapping[str, str]] = NO_PACKAGES,
    screens: Collection[str] = (),
) -> Executor:
    """`languages`: of the runs that it claims; their versions on its machine, by their ids.
    `withheld`: why it does not claim those in other languages that are installed. `packages`: what
    programs may import there, by the ids of languages. `screens`: of the languages whose programs
    may open windows there."""
    return Executor.objects.create(
        name=name,
        capacity=capacity,
        sandbox=sandbox,
        languages=dict(languages),
        withheld=dict(withheld),
        packages=_plain(packages),
        screens=list(screens),
        heartbeat_at=clock.now(),
    )


def write_heartbeat(executor: Executor, active: int) -> bool:
    """Whether the row still existed. Also says what languages the executor has by now."""
    rows = Executor.objects.filter(pk=executor.pk)
    now: dict[str, object] = {
        "languages": executor.languages,
        "withheld": executor.withheld,
        "screens": executor.screens,
    }
    return rows.update(heartbeat_at=clock.now(), active=active, metrics=snapshot(), **now) == 1


def report_machine(executor: Executor, packages: Mapping[str, Mapping[str, str]]) -> None:
    """What programs find there has changed; `packages`: as in `register_executor`."""
    Executor.objects.filter(pk=executor.pk).update(
        sandbox=executor.sandbox, screens=executor.screens, packages=_plain(packages)
    )


def _plain(packages: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {language: dict(versions) for language, versions in packages.items()}


def mark_executor_ended(executor: Executor) -> None:
    """The row remains for the runs that refer to it."""
    Executor.objects.filter(pk=executor.pk).update(heartbeat_at=None, active=0, metrics=None)


def alive_executors() -> QuerySet[Executor]:
    """A heartbeat in the future was written before the database's clock was set back."""
    span = timedelta(seconds=settings.LIMITS.executor_lost_seconds)
    now = clock.now()
    return Executor.objects.filter(heartbeat_at__gte=now - span, heartbeat_at__lte=now + span)


def newest_heartbeat() -> datetime | None:
    """The newest heartbeat of any executor with a working sandbox."""
    able = Executor.objects.exclude(sandbox="").filter(heartbeat_at__isnull=False)
    return able.order_by("-heartbeat_at").values_list("heartbeat_at", flat=True).first()


def stale_heartbeats() -> dict[StaleHeartbeat, bool]:
    """Executors that missed a heartbeat, and whether they are lost by the database's clock."""
    limits, now = settings.LIMITS, clock.now()
    missed = timedelta(seconds=2 * limits.heartbeat_seconds)
    late = Q(heartbeat_at__lt=now - missed) | Q(heartbeat_at__gt=now + missed)
    lost = Q(heartbeat_at__lt=now - timedelta(seconds=limits.executor_lost_seconds))
    rows = Executor.objects.filter(late).annotate(
        lost=Case(When(lost, then=Value(True)), default=Value(False))
    )
    names = rows.values_list("pk", "heartbeat_at", "lost")
    return {StaleHeartbeat(pk, at): is_lost for pk, at, is_lost in names if at is not None}


def forget_unused_executors() -> None:
    """Deletes rows of executors that ended, or died long ago, and that no run refers to."""
    before = clock.now() - timedelta(days=1)
    gone = Q(heartbeat_at=None) | Q(heartbeat_at__lt=before)
    Executor.objects.filter(gone, started_at__lt=before, run=None).delete()
