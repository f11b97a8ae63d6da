"""What was run in a class: a list, and the same as CSV and JSON."""

import itertools
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Classroom
from runner import access, history
from runner.access import Action
from runner.classes.exports import export
from runner.classes.page import about, of_class, page_of, reader
from runner.classes.spreadsheet import line
from runner.models import Run

MOST_EXPORTED = 20_000
CSV, JSON_LINES = "text/csv; charset=utf-8", "application/x-ndjson"
ROWS_AT_ONCE = 500
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
def runs_csv(request: HttpRequest, classroom: Classroom) -> HttpResponseBase:
    return _export(request, classroom, "runs.csv", CSV, as_csv(_runs(request, classroom)))


@require_safe
@of_class(Action.EXPORT)
def runs_json(request: HttpRequest, classroom: Classroom) -> HttpResponseBase:
    """One object in each line."""
    return _export(request, classroom, "runs.json", JSON_LINES, as_json(_runs(request, classroom)))


def as_csv(runs: QuerySet[Run]) -> Iterator[str]:
    rows = _rows(runs)
    return itertools.chain(["\ufeff" + line(COLUMNS)], ("".join(map(line, some)) for some in rows))


def as_json(runs: QuerySet[Run]) -> Iterator[str]:
    return ("".join(map(_object, some)) for some in _rows(runs))


def _runs(request: HttpRequest, classroom: Classroom) -> QuerySet[Run]:
    return access.visible_runs(reader(request)).filter(classroom=classroom)


def _rows(runs: QuerySet[Run]) -> Iterator[list[tuple[Any, ...]]]:
    """Some at a time, the newest first; those that are deleted meanwhile are left out."""
    newest = runs.order_by("-created_at").values_list("pk", flat=True)
    keys = list(newest[:MOST_EXPORTED])
    for first in range(0, len(keys), ROWS_AT_ONCE):
        some = Run.objects.filter(pk__in=keys[first : first + ROWS_AT_ONCE])
        yield list(some.order_by("-created_at").values_list(*COLUMNS))


def _object(row: tuple[Any, ...]) -> str:
    return json.dumps(dict(zip(COLUMNS, row, strict=True)), default=str) + "\n"


def _export(
    request: HttpRequest, classroom: Classroom, what: str, kind: str, pieces: Iterator[str]
) -> HttpResponseBase:
    name = f"class-{classroom.pk}-{what}"
    return export(request, pieces, kind=kind, name=name, of=f"class {classroom.pk}", what=what)
