"""What was run in a class: a list, and the same as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import Classroom
from runner import access, history
from runner.access import Action
from runner.classes.page import about, of_class, page_of, reader
from runner.classes.spreadsheet import cell
from runner.models import Run

MOST_EXPORTED = 20_000
COLUMNS = (
    "id", "owner__username", "created_at", "language", "main", "status", "outcome", "exit_code",
    "error_name", "error_line", "wall_ms", "cpu_ms", "memory_peak_bytes", "output_bytes",
)  # fmt: skip


@require_safe
@of_class(Action.SEE_RUNS)
def run_list(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    student = request.GET.get("student", "").replace("\0", "")[:150]
    runs = history.for_list(_runs(request, classroom))
    if student:
        runs = runs.filter(owner__username__icontains=student)
    context = about(request, classroom) | {
        "page": page_of(request, runs),
        "student": student,
        "query": urlencode({"student": student}) + "&" if student else "",
    }
    return render(request, "classes/runs.html", context)


@require_safe
@of_class(Action.EXPORT)
def runs_csv(request: HttpRequest, classroom: Classroom) -> StreamingHttpResponse:
    _record(request, classroom, "runs.csv")
    rows = _rows(request, classroom)
    return StreamingHttpResponse(
        _lines(rows), content_type="text/csv; charset=utf-8", headers=_named(classroom, "csv")
    )


@require_safe
@of_class(Action.EXPORT)
def runs_json(request: HttpRequest, classroom: Classroom) -> StreamingHttpResponse:
    """One object in each line."""
    _record(request, classroom, "runs.json")
    rows = _rows(request, classroom)
    lines = (json.dumps(dict(zip(COLUMNS, row, strict=True)), default=str) + "\n" for row in rows)
    kind = "application/x-ndjson"
    return StreamingHttpResponse(lines, content_type=kind, headers=_named(classroom, "json"))


def _runs(request: HttpRequest, classroom: Classroom) -> QuerySet[Run]:
    return access.visible_runs(reader(request)).filter(classroom=classroom)


def _rows(request: HttpRequest, classroom: Classroom) -> Iterator[tuple[Any, ...]]:
    rows = _runs(request, classroom).order_by("-created_at").values_list(*COLUMNS)
    return rows[:MOST_EXPORTED].iterator(chunk_size=500)


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    for row in rows:
        yield _line(tuple(map(cell, row)))


def _line(row: tuple[Any, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(row)
    return text.getvalue()


def _named(classroom: Classroom, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="class-{classroom.pk}-runs.{ending}"'}


def _record(request: HttpRequest, classroom: Classroom, detail: str) -> None:
    audit.record(
        AuditAction.EXPORTED,
        actor_id=reader(request).pk,
        target=f"class {classroom.pk}",
        network=audit.network_of(request),
        detail=detail,
    )
