"""What becomes of an assignment: begun, handed in, marked, given back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.classrooms.permissions import Action
from accounts.models import Role, User
from runner import access, snippets
from runner.assignments.locked_lines import blocks_of, keeps
from runner.models import (
    Assignment,
    DueException,
    HandIn,
    LineComment,
    Snippet,
    StartedAssignment,
)
from runner.protocol.messages import SourceFile
from runner.protocol.reasons import ReasonCode
from runner.protocol.snippets import NewSnippet

MOST_ASSIGNMENTS = 300  # of a class
MOST_KEPT = 20  # hand-ins of a student for an assignment; the newest, and those with a mark
MOST_KEPT_BYTES = 4 * 1024 * 1024  # of them; the newest is kept whatever it has
NAMES_SHOWN = 10
MOST_COMMENTS = 500  # of a hand-in


class TooLate(Exception):
    """The assignment was due."""


class TooMany(Exception):
    """Of what the constants above limit."""


def due_for(assignment: Assignment, student: User) -> datetime | None:
    other = DueException.objects.filter(assignment=assignment, student=student).first()
    return other.due_at if other else assignment.due_at


def earlier_than_all(assignment: Assignment) -> list[str]:
    """Names of students whose own due time is before that of all others; a few more than fit."""
    early = DueException.objects.filter(assignment=assignment)
    if assignment.due_at is not None:
        early = early.filter(due_at__lt=assignment.due_at)
    names = early.order_by("student__username").values_list("student__username", flat=True)
    return list(names[: NAMES_SHOWN + 1])


def begin(user: User, assignment: Assignment) -> Snippet:
    """A snippet of the user with the code to begin with, as it is now."""
    files = tuple(SourceFile(**file) for file in assignment.files)
    new = NewSnippet(
        title=assignment.title, language=assignment.language, main=assignment.main, files=files
    )
    with transaction.atomic():
        snippet = snippets.create(user, new)
        main = next((file for file in assignment.files if file["path"] == assignment.main), None)
        blocks = blocks_of(main["content"], assignment.locked) if main else []
        StartedAssignment.objects.create(assignment=assignment, snippet=snippet, locked=blocks)
    return snippet


def begun_by(user: User, assignment: Assignment) -> QuerySet[Snippet]:
    """Newest first."""
    own = access.own_snippets(user).filter(started__assignment=assignment)
    return own.order_by("-updated_at", "-pk")


def hand_in(user: User, assignment: Assignment, snippet_id: int) -> HandIn:
    """A copy of the snippet as it is saved now. Raises `TooLate` and `NotFound`."""
    access.check_snippet_id(snippet_id)
    due = due_for(assignment, user)
    if due is not None and timezone.now() >= due:
        raise TooLate
    snippet = begun_by(user, assignment).filter(pk=snippet_id).first()
    if snippet is None:
        raise access.NotFound(ReasonCode.NO_SUCH_SNIPPET)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        made = HandIn.objects.create(
            assignment=assignment,
            student=user,
            snippet=snippet,
            language=snippet.language,
            files=snippet.files,
            main=snippet.main,
            size_bytes=snippet.size_bytes,
            lines_kept=_keeps_locked_lines(snippet.pk, snippet.files, snippet.main),
        )
        _forget_old(HandIn.objects.filter(assignment=assignment, student=user))
    return made


def _forget_old(of_student: QuerySet[HandIn]) -> None:
    newest, size = of_student.order_by("-at", "-pk"), 0
    kept: list[int] = []
    for pk, more in newest.values_list("pk", "size_bytes")[:MOST_KEPT]:
        size += more
        if not kept or size <= MOST_KEPT_BYTES:
            kept.append(pk)
    of_student.filter(mark="", returned_at=None).exclude(pk__in=kept).delete()


def mark(hand_in: HandIn, mark: str, remark: str, *, give_back: bool) -> None:
    HandIn.objects.filter(pk=hand_in.pk).update(
        mark=mark, remark=remark, returned_at=timezone.now() if give_back else hand_in.returned_at
    )


def comment(author: User, hand_in: HandIn, path: str, line: int, text: str) -> LineComment:
    """Raises `ValueError` for a line that there is not, and `TooMany`."""
    content = next((file["content"] for file in hand_in.files if file["path"] == path), None)
    if content is None or not 1 <= line <= content.count("\n") + 1:
        raise ValueError(path)
    if LineComment.objects.filter(hand_in=hand_in).count() >= MOST_COMMENTS:
        raise TooMany
    return LineComment.objects.create(
        hand_in=hand_in, author=author, path=path, line=line, text=text
    )


def students_of(assignment: Assignment) -> QuerySet[User]:
    """Every student of the class, and who has left it after handing in; by name."""
    students = Q(memberships__classroom=assignment.classroom_id, memberships__role=Role.STUDENT)
    handed_in = HandIn.objects.filter(assignment=assignment).values("student_id")
    return User.objects.filter(students | Q(pk__in=handed_in)).distinct().order_by("username")


def newest_of_each(assignment: Assignment) -> dict[int, HandIn]:
    """The newest hand-in of each student, by the student's id, without the code."""
    rows = HandIn.objects.filter(assignment=assignment).defer("files").order_by("at", "pk")
    return {row.student_id: row for row in rows}


def beside(assignment: Assignment, hand_in: HandIn) -> tuple[int | None, int | None]:
    """The newest hand-ins of the students before and after, by name."""
    newest = newest_of_each(assignment)
    names = dict(
        User.objects.filter(pk__in=newest).order_by("username").values_list("pk", "username")
    )
    order = list(names)
    at = order.index(hand_in.student_id)
    before = newest[order[at - 1]].pk if at > 0 else None
    after = newest[order[at + 1]].pk if at + 1 < len(order) else None
    return before, after


def may_see_comments(user: User, assignment: Assignment, hand_in: HandIn) -> bool:
    """The student once it is given back; who marks at once."""
    sees = access.may(user, assignment.classroom_id, Action.SEE_HAND_INS)
    return sees or hand_in.returned_at is not None


def has_locked_lines(hand_in: HandIn) -> bool:
    """Whether what was handed in still has the lines that were locked when it was begun."""
    if hand_in.lines_kept is not None:
        return hand_in.lines_kept
    return _keeps_locked_lines(hand_in.snippet_id, hand_in.files, hand_in.main)


def _keeps_locked_lines(snippet: int | None, files: list[dict[str, str]], main: str) -> bool:
    begun = StartedAssignment.objects.filter(pk=snippet).first()
    if begun is None or not begun.locked:
        return True
    text = next((file["content"] for file in files if file["path"] == main), None)
    return text is not None and keeps(text.replace("\r\n", "\n"), begun.locked)
