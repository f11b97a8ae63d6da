"""What a class keeps of one student: a file of it, and its deletion.

What the student has outside of the class is neither in it nor touched.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import Classroom, Membership, User
from runner import history
from runner.access import Action
from runner.classes.exports import export
from runner.classes.page import of_class, reader
from runner.classes.runs import JSON_LINES
from runner.models import Hand, HandIn, Run, Writing
from runner.run_state import RunStatus

RUN_FIELDS = (
    "id", "created_at", "language", "main", "files", "args", "status", "outcome", "exit_code",
    "reason_code", "error_name", "error_line", "wall_ms", "cpu_ms", "memory_peak_bytes",
)  # fmt: skip
HAND_IN_FIELDS = ("at", "assignment__title", "language", "main", "files", "mark", "remark")
ROWS_AT_ONCE = 20
WRITING_FIELDS = ("started_at", "edits", "pastes", "runs")
QUESTION_FIELDS = ("raised_at", "text", "answer", "answered_at")


@require_safe
@of_class(Action.EXPORT)
def download(request: HttpRequest, classroom: Classroom, member: int) -> HttpResponseBase:
    """One JSON object a line: what it is (`kind`), and its fields."""
    student = _student(classroom, member)
    name = f"class-{classroom.pk}-student-{student.pk}.json"
    of, what = f"class {classroom.pk}", f"data of {student.username}"
    lines = _lines(classroom, student)
    return export(request, lines, kind=JSON_LINES, name=name, of=of, what=what)


@require_POST
@of_class(Action.EXPORT)
def delete(request: HttpRequest, classroom: Classroom, member: int) -> HttpResponse:
    """Runs that have ended, hand-ins, writings and the question of the class; `sure` has to be the
    name."""
    student = _student(classroom, member)
    if request.POST.get("sure") != student.username:
        messages.error(request, _("Nothing was deleted: type the student's name to confirm."))
        return redirect("class-members", classroom.pk)
    _record(request, classroom, student, "deleted the data of a student")
    runs = history.remove(_runs(classroom, student).filter(status=RunStatus.FINISHED))
    _hand_ins(classroom, student).delete()
    _writings(classroom, student).delete()
    _questions(classroom, student).delete()
    told = {"count": runs, "name": student.username}
    messages.success(request, _("%(name)s: %(count)d runs, hand-ins and writings deleted.") % told)
    return redirect("class-members", classroom.pk)


def _student(classroom: Classroom, member: int) -> User:
    if not 0 < member < 2**63:
        raise Http404
    found = Membership.objects.filter(classroom=classroom, pk=member).select_related("user").first()
    if found is None:
        raise Http404
    return found.user


def _runs(classroom: Classroom, student: User) -> QuerySet[Run]:
    return Run.objects.filter(classroom=classroom, owner=student)


def _hand_ins(classroom: Classroom, student: User) -> QuerySet[HandIn]:
    return HandIn.objects.filter(assignment__classroom=classroom, student=student)


def _writings(classroom: Classroom, student: User) -> QuerySet[Writing]:
    return Writing.objects.filter(classroom=classroom, owner=student)


def _questions(classroom: Classroom, student: User) -> QuerySet[Hand]:
    return Hand.objects.filter(classroom=classroom, user=student)


def _lines(classroom: Classroom, student: User) -> Iterator[str]:
    parts: tuple[tuple[str, QuerySet[Any], tuple[str, ...]], ...] = (
        ("run", _runs(classroom, student).order_by("created_at"), RUN_FIELDS),
        ("hand-in", _hand_ins(classroom, student).order_by("at"), HAND_IN_FIELDS),
        ("writing", _writings(classroom, student).order_by("started_at"), WRITING_FIELDS),
        ("question", _questions(classroom, student).order_by("raised_at"), QUESTION_FIELDS),
    )
    for kind, rows, fields in parts:
        keys = list(rows.values_list("pk", flat=True))
        for first in range(0, len(keys), ROWS_AT_ONCE):
            # Each piece is made by a query of its own: connections are not kept between them.
            some = rows.filter(pk__in=keys[first : first + ROWS_AT_ONCE])
            lines = (json.dumps({"kind": kind, **row}, default=str) for row in some.values(*fields))
            yield "\n".join(lines) + "\n"


def _record(request: HttpRequest, classroom: Classroom, student: User, detail: str) -> None:
    audit.record(
        AuditAction.DELETED,
        actor_id=reader(request).pk,
        subject_id=student.pk,
        target=f"class {classroom.pk}",
        network=audit.network_of(request),
        detail=detail,
    )
