"""What was handed in, as CSV and as a zip file of the code."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from runner.access import Action
from runner.assignments import store
from runner.assignments.page import of_assignment
from runner.classes.exports import export
from runner.classes.spreadsheet import line
from runner.models import Assignment, HandIn

MOST_BYTES = 256 * 1024 * 1024  # before compression
COLUMNS = ("student", "first name", "last name", "handed in", "mark", "remark", "given back")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


@require_safe
@of_assignment(Action.EXPORT)
def marks_csv(request: HttpRequest, assignment: Assignment) -> HttpResponseBase:
    kind = "text/csv; charset=utf-8"
    return _export(request, assignment, "marks.csv", kind, _lines(assignment))


@require_safe
@of_assignment(Action.EXPORT)
def code_zip(request: HttpRequest, assignment: Assignment) -> HttpResponseBase:
    """The newest hand-in of each student in a folder of the student's name."""
    return _export(request, assignment, "hand-ins.zip", "application/zip", _archive(assignment))


def _export(
    request: HttpRequest,
    assignment: Assignment,
    what: str,
    kind: str,
    pieces: Iterator[str] | Iterator[bytes],
) -> HttpResponseBase:
    name = f"assignment-{assignment.pk}{Path(what).suffix}"
    of = f"assignment {assignment.pk}"
    return export(request, pieces, kind=kind, name=name, of=of, what=what)


def _newest(assignment: Assignment) -> list[int]:
    return [one.pk for one in store.newest_of_each(assignment).values()]


def _lines(assignment: Assignment) -> Iterator[str]:
    """In one piece: a class has a thousand members at most. Who has handed in nothing has a line,
    too."""
    text = "\ufeff" + line(COLUMNS)
    newest = store.newest_of_each(assignment)
    for who in store.students_of(assignment):
        told = ("", "", "", "")
        if (one := newest.get(who.pk)) is not None:
            back = one.returned_at.isoformat() if one.returned_at else ""
            told = (one.at.isoformat(), one.mark, one.remark, back)
        text += line((who.username, who.first_name, who.last_name, *told))
    yield text


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
