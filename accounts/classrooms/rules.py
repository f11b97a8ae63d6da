"""What the rules of a class say of one student's programs there. Who teaches is free of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

from accounts.classrooms.models import ClassRules, Membership, Role
from runner.infrastructure import clock

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class StudentRules:
    """`packages`: those that may be imported; None: all that are installed. `modules`: forbidden
    ones, with all below them. `limits`: figures of `runner.limits.Limits`, which count where they
    are lower. `tasks`: ids of the assignments of a running exam; empty: it is not restricted."""

    packages: frozenset[str] | None = None
    modules: frozenset[str] = frozenset()
    limits: Mapping[str, int] | None = None
    tasks: frozenset[int] = frozenset()


NONE = StudentRules()


def rules_of_student(user: "User", classroom_id: int) -> StudentRules:
    """Those that hold for the user's programs in that class."""
    found = _of_classes_studied(user).filter(pk=classroom_id).first()
    if found is None:
        return NONE
    words = found.packages.split()
    return StudentRules(
        packages=frozenset(words) if words else None,
        modules=frozenset(found.forbidden_modules.split()),
        limits=found.limits or None,
        tasks=tasks_of(found) if _runs_now(found) else frozenset(),
    )


def tasks_of(rules: ClassRules) -> frozenset[int]:
    """The assignments that were chosen for the exam."""
    return frozenset(map(int, rules.exam_tasks.split()))


def exams_of(user: "User") -> QuerySet[ClassRules]:
    """The rules of the exams that the user, a student there, takes now."""
    now = clock.now()
    return _of_classes_studied(user).filter(exam_starts_at__lte=now, exam_ends_at__gt=now)


def allows_windows(user: "User", classroom_id: int | None) -> bool:
    """Whether a program that the user starts in that class may open windows."""
    without = _of_classes_studied(user).filter(pk=classroom_id, windows=False)
    return classroom_id is None or not without.exists()


def records_writing(user: "User", classroom_id: int) -> bool:
    """Whether what the user writes while that class is chosen is kept as a timeline: the rules say
    so, or an exam goes on, in which pasted text is marked."""
    found = _of_classes_studied(user).filter(pk=classroom_id).first()
    return found is not None and (found.playback or _runs_now(found))


def kept_shorter() -> list[tuple[int, int]]:
    """Classes that keep what was made in them for fewer days than the site, and the days."""
    rows = ClassRules.objects.filter(retention_days__isnull=False)
    return [(pk, days or 1) for pk, days in rows.values_list("pk", "retention_days")]


def without_history(user: "User") -> QuerySet[ClassRules, int]:
    """Ids of the classes in which the user does not see what was run."""
    return _of_classes_studied(user).filter(history=False).values_list("pk", flat=True)


def _of_classes_studied(user: "User") -> QuerySet[ClassRules]:
    studied = Membership.objects.filter(
        user=user, role=Role.STUDENT, classroom__archived_at=None
    ).order_by()
    return ClassRules.objects.filter(pk__in=studied.values("classroom_id"))


def _runs_now(rules: ClassRules) -> bool:
    start: Any = rules.exam_starts_at
    end: Any = rules.exam_ends_at
    return start is not None and end is not None and start <= clock.read() < end


def hidden_before(user: "User") -> QuerySet[Any, Any]:
    """Of an exam that hides older code: when it started, as `at`; to be used as a subquery, so that
    asking costs no trip of its own. Nobody can run programs in two exams at once; of two the later
    one counts, which hides more."""
    hiding = exams_of(user).filter(exam_hides_old_code=True).order_by("-exam_starts_at")
    return hiding.annotate(at=F("exam_starts_at")).values("at")[:1]
