"""What a page tells of its writing is kept, for classes whose rules say so."""

import math
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.classrooms import rules
from accounts.classrooms.starts import exam_of
from accounts.models import User
from runner import access
from runner.infrastructure.http.request_counts import charge
from runner.models import Run, Snippet, StartedAssignment, Writing
from runner.playback.timeline import Full, Timeline, WrongEdit
from runner.protocol.classes import writing as wire
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, NotAllowed

MOST_OF_USER = 100  # in a class, the newest
MOST_BYTES_OF_USER = 32 * 1024 * 1024  # in all classes
MOST_BYTES_OF_ONE = 2 * 1024 * 1024  # texts, what was removed, and edits of control characters
MOST_RUNS = 200  # of one writing
LONGEST_DAYS = 30
MOST_BEFORE_MS = 60_000  # that a page may have recorded before it sent anything


def keep(user: User, classroom_id: int, part: wire.WritingPart) -> wire.WritingKept:
    """Appends the edits that are new. One that is missing is asked for by the answer's count."""
    access.check_classroom_id(classroom_id)
    if not rules.records_writing(user, classroom_id):
        raise NotAllowed(ReasonCode.CLASS_ROLE)
    exam = exam_of(user) is not None
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists()
        row = _row(user, classroom_id, part)
        timeline = Timeline(row.edits, row.pastes, row.texts, row.clipboard)
        full = False
        if part.first <= row.count:
            full = _add(row, timeline, part, exam=exam)
        _note_run(row, user, part.run)
        row.edits, row.pastes = timeline.edits, timeline.pastes
        row.texts, row.clipboard = timeline.texts, timeline.clipboard
        timeline.fit()
        row.edits, row.size_bytes = timeline.edits, timeline.size
        limit = settings.LIMITS.saved_bytes_per_minute
        charge(user.pk, "writing_bytes", limit, row.size_bytes)  # the whole row is written
        row.updated_at = timezone.now()
        row.save()
    return wire.WritingKept(count=row.count, full=full)


def _row(user: User, classroom_id: int, part: wire.WritingPart) -> Writing:
    """Somebody else's id is refused as one that does not exist."""
    row = Writing.objects.filter(pk=part.id).first()
    if row is not None:
        if row.owner_id != user.pk or row.classroom_id != classroom_id:
            raise access.NotFound(ReasonCode.NO_SUCH_CLASS)
        return row
    _make_room(user, classroom_id)
    snippet = access.open_snippets(user).filter(pk=part.snippet).first() if part.snippet else None
    began = timezone.now() - timedelta(
        milliseconds=min(part.edits[-1].ms if part.edits else 0, MOST_BEFORE_MS)
    )
    return Writing(
        pk=part.id, owner=user, classroom_id=classroom_id, snippet=snippet, started_at=began
    )


def _make_room(user: User, classroom_id: int) -> None:
    """For one more: the oldest go, of the class, and of all classes."""
    own = Writing.objects.filter(owner=user).order_by("-started_at")
    here, size = 1, MOST_BYTES_OF_ONE
    old = []
    for pk, where, more in own.values_list("pk", "classroom_id", "size_bytes"):
        here += where == classroom_id
        size += more
        if size > MOST_BYTES_OF_USER or (where == classroom_id and here > MOST_OF_USER):
            old.append(pk)
    Writing.objects.filter(pk__in=old).delete()


def _add(row: Writing, timeline: Timeline, part: wire.WritingPart, *, exam: bool) -> bool:
    """Whether the program is too large to be recorded further."""
    given = _given(row.snippet)
    # Later the snippet may have been saved with what was pasted since.
    saved = _saved(row.snippet) if row.count == 0 else frozenset()
    latest = timeline.edits[-1][0] if timeline.edits else 0
    now = _milliseconds(row)
    for edit in part.edits[row.count - part.first :]:
        # The page's clock is the student's: time neither goes back nor runs ahead.
        latest = max(latest, min(edit.ms, now))
        try:
            timeline.add(edit.model_copy(update={"ms": latest}), given, saved, exam=exam)
        except WrongEdit as error:
            raise BadMessage(ReasonCode.INVALID_MESSAGE, problem="edits: do not fit") from error
        except Full:
            return True
        row.count += 1
    return False


def _milliseconds(row: Writing) -> int:
    passed = (timezone.now() - row.started_at).total_seconds()
    return math.ceil(min(max(passed, 0.0), LONGEST_DAYS * 86400.0) * 1000)


def _saved(snippet: Snippet | None) -> frozenset[str]:
    """What the page may have opened."""
    return _texts(snippet.files) if snippet else frozenset()


def _given(snippet: Snippet | None) -> frozenset[str]:
    """Of the assignment that the snippet was begun with."""
    if snippet is None:
        return frozenset()
    begun = StartedAssignment.objects.filter(pk=snippet.pk).select_related("assignment").first()
    return _texts(begun.assignment.files) if begun else frozenset()


def _texts(files: list[dict[str, str]]) -> frozenset[str]:
    return frozenset({file["content"] for file in files} - {""})


def _note_run(row: Writing, user: User, run_id: UUID | None) -> None:
    if run_id is None or len(row.runs) >= MOST_RUNS:
        return
    own = Run.objects.filter(pk=run_id, owner=user, classroom=row.classroom_id)
    if own.exists() and all(known != str(run_id) for known, _ in row.runs):
        row.runs.append([str(run_id), _milliseconds(row)])


def of_run(run: Run) -> wire.Writing:
    """Raises `NotFound` where nothing was recorded."""
    if (found := _find(run)) is None:
        raise access.NotFound(ReasonCode.NO_SUCH_RUN)
    return _played(Writing.objects.get(pk=found[0]), found[1], run.main)


def is_recorded(run: Run) -> bool:
    return run.classroom_id is not None and _find(run) is not None


def _find(run: Run) -> tuple[UUID, int] | None:
    """The writing that the run was started from, and when."""
    found = Writing.objects.filter(
        owner=run.owner_id, classroom=run.classroom_id, started_at__lte=run.created_at
    )
    for pk, started in found.order_by("-started_at").values_list("pk", "runs")[:MOST_OF_USER]:
        until = next((ms for known, ms in started if known == str(run.pk)), None)
        if until is not None:
            return pk, until
    return None


def _played(row: Writing, until: int, main: str) -> wire.Writing:
    fields = ("ms", "path", "at", "removed", "text", "mark")
    edits = [wire.Played(**dict(zip(fields, edit, strict=True))) for edit in row.edits]
    names = ("ms", "path", "characters", "outside", "begins")
    pastes = [wire.Paste(**dict(zip(names, paste, strict=True))) for paste in row.pastes]
    return wire.Writing(
        started_at=row.started_at.timestamp(),
        until=until,
        main=main,
        edits=tuple(edit for edit in edits if edit.ms <= until),
        pastes=tuple(paste for paste in pastes if paste.ms <= until),
    )


def forget_old() -> int:
    """Those older than the site, or their class, keeps runs; how many there were."""
    now = timezone.now()
    days = settings.RETAIN_RUN_DAYS
    removed, _ = Writing.objects.filter(updated_at__lt=now - timedelta(days=days)).delete()
    for classroom, sooner in rules.kept_shorter():
        old = Writing.objects.filter(
            classroom=classroom, updated_at__lt=now - timedelta(days=sooner)
        )
        removed += old.delete()[0]
    return removed
