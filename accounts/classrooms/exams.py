"""That exams began and ended is recorded, though nothing has to happen for it."""

from typing import Any

from django.db.models import Q

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms.models import ClassRules
from runner.infrastructure import clock


def note_exams() -> int:
    """How many entries were made. One process makes each."""
    now = clock.read()
    noted = 0
    going_on = ClassRules.objects.filter(classroom__archived_at=None)
    for rules in going_on.filter(~Q(exam_starts_at=None), exam_starts_at__lte=now):
        start, end = _times(rules)
        over = end <= now
        note = f"{'ended' if over else 'began'} {(end if over else start).isoformat()}"
        rows = ClassRules.objects.filter(pk=rules.pk, exam_noted=rules.exam_noted)
        if note != rules.exam_noted and rows.update(exam_noted=note):
            audit.record(
                AuditAction.CHANGED_CLASS, target=f"class {rules.pk}", detail=f"exam {note}"
            )
            noted += 1
    return noted


def _times(rules: ClassRules) -> tuple[Any, Any]:
    return rules.exam_starts_at, rules.exam_ends_at
