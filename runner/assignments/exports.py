"""What was handed in, as CSV and as a zip file of the code."""

import csv
import io
import re
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.audit import AuditAction
from runner.access import Action
from runner.assignments import store
from runner.assignments.page import of_assignment
from runner.classes.page import reader
from runner.classes.spreadsheet import cell
from runner.models import Assignment, HandIn

MOST_BYTES = 256 * 1024 * 1024  # before compression
COLUMNS = ("student", "first name", "last name", "handed in", "mark", "remark", "given back")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


@require_safe
@of_assignment(Action.EXPORT)
def marks_csv(request: HttpRequest, assignment: Assignment) -> StreamingHttpResponse:
    _record(request, assignment, "marks.csv")
    name = f'attachment; filename="assignment-{assignment.pk}.csv"'
    kind = "text/csv; charset=utf-8"
    return StreamingHttpResponse(
        _lines(assignment), content_type=kind, headers={"Content-Disposition": name}
    )


@require_safe
@of_assignment(Action.EXPORT)
def code_zip(request: HttpRequest, assignment: Assignment) -> StreamingHttpResponse:
    """The newest hand-in of each student in a folder of the student's name."""
    _record(request, assignment, "hand-ins.zip")
    name = f'attachment; filename="assignment-{assignment.pk}.zip"'
    return StreamingHttpResponse(
        _archive(assignment),
        content_type="application/zip",
        headers={"Content-Disposition": name},
    )


def _newest(assignment: Assignment) -> list[int]:
    return [one.pk for one in store.newest_of_each(assignment).values()]


def _lines(assignment: Assignment) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    rows = HandIn.objects.filter(pk__in=_newest(assignment)).select_related("student")
    for one in rows.defer("files").order_by("student__username"):
        who = one.student
        back = one.returned_at.isoformat() if one.returned_at else ""
        told = (one.at.isoformat(), one.mark, one.remark, back)
        yield _line((who.username, who.first_name, who.last_name, *told))


def _line(row: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(map(cell, row))
    return text.getvalue()


class _Sink(io.RawIOBase):
    """A file that gives away what was written to it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._pieces.append(bytes(data))  # type: ignore[call-overload]
        return len(self._pieces[-1])

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _archive(assignment: Assignment) -> Iterator[bytes]:
    """Piece by piece: no more than one hand-in is held in memory."""
    sink, size, left_out = _Sink(), 0, 0
    at = timezone.now().timetuple()[:6]
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for pk in _newest(assignment):
            one = HandIn.objects.filter(pk=pk).select_related("student").first()
            if one is None:
                continue
            size += one.size_bytes
            if size > MOST_BYTES:
                left_out += 1
                continue
            folder = UNSAFE.sub("_", one.student.username).strip(".") or "student"
            for file in one.files:  # paths of programs never leave their folder
                entry = ZipInfo(f"{folder}-{one.student_id}/{file['path']}", at)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, file["content"].encode(errors="replace"))
            yield sink.take()
        if left_out:
            archive.writestr(
                "NOT COMPLETE.txt", f"{left_out} hand-ins were too much for one file.\n"
            )
    yield sink.take()


def _record(request: HttpRequest, assignment: Assignment, detail: str) -> None:
    audit.record(
        AuditAction.EXPORTED,
        actor_id=reader(request).pk,
        target=f"assignment {assignment.pk}",
        network=audit.network_of(request),
        detail=detail,
    )
