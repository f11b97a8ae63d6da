"""Whether a user may start a program in a class, or outside of all.

`IN_SQL` is a condition of the statement that makes the run, so that it costs no trip of its own;
`problem` says afterwards why it did not hold.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from accounts.classrooms.models import Classroom, ClassRules, Membership, Role
from runner.infrastructure import clock
from runner.protocol.reasons import Reason, ReasonCode

if TYPE_CHECKING:
    from accounts.models import User

NO_CLASS = 0  # is the id of none

# Members start programs in a class that goes on; students in its languages alone, and while they
# take an exam in no other class.
_IN_SQL = """
(%s OR EXISTS (
    SELECT 1 FROM accounts_membership AS member
    JOIN accounts_classroom AS class ON class.id = member.classroom_id
    LEFT JOIN accounts_classrules AS rules ON rules.classroom_id = member.classroom_id
    WHERE member.classroom_id = %s AND member.user_id = %s AND class.archived_at IS NULL
    AND (member.role <> 'student' OR COALESCE(rules.languages, '') = ''
         OR REPLACE(rules.languages, %s, '') <> rules.languages)
))
AND NOT EXISTS (
    SELECT 1 FROM accounts_membership AS member
    JOIN accounts_classroom AS class ON class.id = member.classroom_id
    JOIN accounts_classrules AS rules ON rules.classroom_id = member.classroom_id
    WHERE member.user_id = %s AND member.role = 'student' AND rules.classroom_id <> %s
    AND class.archived_at IS NULL
    AND rules.exam_starts_at <= {now} AND rules.exam_ends_at > {now}
)
"""
TYPES = ("boolean", "bigint", "bigint", "text", "bigint", "bigint")


def in_sql() -> str:
    now, _ = clock.now_in_sql()
    return _IN_SQL.format(now=now)


def values(user_id: int, classroom_id: int | None, language: str) -> list[Any]:
    _, now = clock.now_in_sql()
    wanted = classroom_id or NO_CLASS
    return [
        classroom_id is None, wanted, user_id, f" {language} ", user_id, wanted, *now, *now,
    ]  # fmt: skip


def exam_of(user: "User", *, besides: int | None = None) -> Classroom | None:
    """The class in which the user, a student there, takes an exam now."""
    taking = Membership.objects.filter(user=user, role=Role.STUDENT)
    classes = Classroom.objects.filter(
        pk__in=taking.values("classroom_id"), rules__in=_running_exams()
    ).exclude(pk=besides or NO_CLASS)
    return classes.order_by("pk").first()


def _running_exams() -> QuerySet[ClassRules]:
    """A class that has ended holds none."""
    now = clock.now()
    return ClassRules.objects.filter(
        exam_starts_at__lte=now, exam_ends_at__gt=now, classroom__archived_at=None
    )


def may_share(user: "User") -> bool:
    """By link: not during an exam, nor as a student of a class that goes on and forbids it."""
    forbidding = ClassRules.objects.filter(sharing=False, classroom__archived_at=None)
    studying = Membership.objects.filter(user=user, role=Role.STUDENT)
    forbidden = studying.filter(classroom__rules__in=forbidding).exists()
    return not forbidden and exam_of(user) is None


def may_not_share(users: Collection[int]) -> set[int]:
    """Those of the users to whom `may_share` does not apply, in one query."""
    return set(alone().filter(user__in=users).values_list("user_id", flat=True))


def alone() -> QuerySet[Membership]:
    """Of all users to whom `may_share` does not apply, by what they are in a class."""
    now = clock.now()
    forbids = Q(classroom__rules__sharing=False)
    exam = Q(classroom__rules__exam_starts_at__lte=now, classroom__rules__exam_ends_at__gt=now)
    studying = Membership.objects.filter(role=Role.STUDENT, classroom__archived_at=None)
    return studying.filter(forbids | exam).order_by()


def exams_taken(users: Collection[int]) -> set[tuple[int, int]]:
    """Which of the users takes an exam now, as a student of which class, in one query."""
    taking = taking_exams().filter(user__in=users)
    return set(taking.values_list("user_id", "classroom_id"))


def taking_exams() -> QuerySet[Membership]:
    """Of students whose class holds one now."""
    exams = _running_exams().order_by().values("pk")
    return Membership.objects.filter(role=Role.STUDENT, classroom__in=exams).order_by()


def problem(user: "User", classroom_id: int | None, language: str) -> Reason | None:
    """Why there is no run; None: these rules allow it."""
    if classroom_id is not None:
        member = Membership.objects.filter(user=user, classroom_id=classroom_id)
        found = member.select_related("classroom__rules").first()
        if found is None:
            return ReasonCode.NO_SUCH_CLASS, {}
        if found.classroom.is_archived:
            return ReasonCode.CLASS_ARCHIVED, {}
        rules = ClassRules.objects.filter(pk=classroom_id).exclude(
            Q(languages="") | Q(languages__contains=f" {language} ")
        )
        if found.role == Role.STUDENT and rules.exists():
            return ReasonCode.CLASS_LANGUAGE, {}
    if (exam := exam_of(user, besides=classroom_id)) is not None:
        return ReasonCode.EXAM_OF_CLASS, {"class_name": exam.name}
    return None
