"""Queries on runs and their recordings, for pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, F, Q, QuerySet, When
from django.utils import timezone

from accounts.classrooms.rules import kept_shorter
from accounts.models import User
from runner.access import NotFound
from runner.history.plain_text import plain_text
from runner.history.transcript_parts import parts
from runner.models import Recording, RemovedRuns, Run
from runner.protocol.reasons import ReasonCode
from runner.run_state import RunStatus

DELETED_AT_ONCE = 500
OWNERS_SHOWN = 10
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a run printed, as text. `cut_bytes` lie between the two parts, `lost_bytes` after."""

    head: str
    cut_bytes: int
    tail: str
    lost_bytes: int

    @property
    def head_parts(self) -> list[str]:
        """As pages show it."""
        return list(parts(self.head))

    @property
    def tail_parts(self) -> list[str]:
        return list(parts(self.tail))


def for_list(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Newest first, with owners and titles of snippets, and without the code. `former`: the run's
    text is no longer that of its snippet."""
    same = Q(files=F("snippet__files"), main=F("snippet__main"), snippet__deleted_at=None)
    former = Case(When(same, then=False), When(snippet=None, then=False), default=True)
    runs = runs.select_related("owner", "snippet").annotate(former=former)
    unread = ("files", "args", "snippet__files", "snippet__search_text")
    return runs.defer(*unread).order_by("-created_at")


def filtered(runs: QuerySet[Run], wanted: Mapping[str, Any]) -> QuerySet[Run]:
    """`wanted` as `RunFilter` has it: `student` (a part of the name), `snippet` (id), `outcome`
    (or "active"), `error` (its name), `day` (in the reader's time zone)."""
    if student := wanted.get("student"):
        runs = runs.filter(owner__in=_named(student))
    if snippet := wanted.get("snippet"):
        runs = runs.filter(snippet_id=snippet)
    if outcome := wanted.get("outcome"):
        # As the condition of the index of active runs is written.
        active = ~Q(status=RunStatus.FINISHED)
        runs = runs.filter(active if outcome == "active" else Q(outcome=outcome))
    if error := wanted.get("error"):
        runs = runs.filter(error_name=error)
    if day := wanted.get("day"):
        runs = _of_day(runs, day)
    return runs


def active_of(user: User) -> QuerySet[Run]:
    """The user's own runs that have not ended, newest first; at most as many as may be active."""
    return for_list(_active(user))


def with_any_active(runs: QuerySet[Run], user: User) -> QuerySet[Run]:
    """`any_active`, on each: whether the user has a run that has not ended. It costs no query."""
    return runs.annotate(any_active=Exists(_active(user)))


def _active(user: User) -> QuerySet[Run]:
    return Run.objects.filter(~Q(status=RunStatus.FINISHED), owner=user)


def _named(student: str) -> QuerySet[User]:
    """Who is called exactly so, or else those whose names contain it."""
    users = User.objects.order_by()
    exactly = users.filter(username__iexact=student)
    return exactly if exactly.exists() else users.filter(username__icontains=student)


def _of_day(runs: QuerySet[Run], day: date) -> QuerySet[Run]:
    if not FIRST_DAY <= day <= LAST_DAY:  # an offset from UTC would leave the calendar
        return runs.none()
    zone = timezone.get_current_timezone()
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)  # a day may have 23 hours
    return runs.filter(created_at__gte=start, created_at__lt=end)


def removed(user: User, wanted: Mapping[str, Any], *, everybody: bool) -> list[RemovedRuns]:
    """What was removed of full histories, newest first: the user's own; for instructors
    (`everybody`) those of students, of as many as are shown."""
    rows = RemovedRuns.objects.select_related("owner").order_by("-removed_at")
    if not everybody:
        return list(rows.filter(owner=user))
    if student := wanted.get("student"):
        rows = rows.filter(owner__in=_named(student))
    return list(rows[:OWNERS_SHOWN])


def recording_of(run: Run) -> Recording:
    """An empty one when nothing was recorded."""
    return Recording.objects.filter(pk=run.pk).first() or Recording(run=run)


def terminal_size(run: Run, recording: Recording) -> tuple[int, int]:
    """Rows and columns: at the start of a replay, or as far as known of a program that runs."""
    if run.status != RunStatus.FINISHED and recording.resizes:
        _, cols, rows = recording.resizes[-1]
        return rows, cols
    return run.rows, run.cols


def transcript(run: Run, recording: Recording) -> Transcript:
    kept_to = recording.tail_offset + len(recording.tail)
    if not recording.tail:
        kept_to = len(recording.head)
    finished = run.status == RunStatus.FINISHED
    return Transcript(
        head=plain_text(recording.head),
        cut_bytes=max(0, recording.tail_offset - len(recording.head)) if recording.tail else 0,
        tail=plain_text(recording.tail),
        lost_bytes=max(0, run.output_bytes - kept_to) if finished else 0,
    )


def delete(user: User, run_id: UUID) -> None:
    """One of the user's own, once it has ended."""
    if remove(_ended(user).filter(pk=run_id)) == 0:
        raise NotFound(ReasonCode.RUN_NOT_ENDED)


def delete_all(user: User) -> int:
    """All of the user's own that have ended; how many they were. Those removed before are not
    spoken of any more."""
    RemovedRuns.objects.filter(owner=user).delete()
    return remove(_ended(user))


def forget_old() -> int:
    """Removes runs older than the site, or their class, keeps them; how many there were."""
    now, ended = timezone.now(), Run.objects.filter(status=RunStatus.FINISHED)
    removed = remove(ended.filter(created_at__lt=now - timedelta(days=settings.RETAIN_RUN_DAYS)))
    for classroom, days in kept_shorter():
        old = ended.filter(classroom=classroom, created_at__lt=now - timedelta(days=days))
        removed += remove(old)
    return removed


def _ended(user: User) -> QuerySet[Run]:
    return Run.objects.filter(owner=user, status=RunStatus.FINISHED)


def remove(runs: QuerySet[Run]) -> int:
    """How many they were. In pieces: each is a short transaction, and holds little in memory."""
    removed = 0
    while ids := list(runs.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        Run.objects.filter(pk__in=ids).only("pk").delete()
        removed += len(ids)
    return removed
