"""The part of `access.py` that is about classes; other packages ask `access.py` for it."""

from django.db.models import QuerySet

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms import rules, starts
from accounts.classrooms.permissions import Action
from accounts.classrooms.roles import classrooms_where, may, role_in
from accounts.classrooms.rules import StudentRules
from accounts.classrooms.starts import exam_of
from accounts.models import Classroom, Role, User
from runner.models import Assignment, HandIn, StartedAssignment
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import NotAllowed, Refused

CLASSES_OFFERED = 50


class NotFound(Refused):
    """It does not exist, or belongs to somebody else; callers cannot tell which."""

    code = ErrorCode.NOT_FOUND


def classrooms_of(user: User) -> QuerySet[Classroom]:
    """What the user may see: for staff all classes, for others those that they are in."""
    classes = Classroom.objects.all()
    return classes if user.is_staff else classes.filter(memberships__user=user)


def classroom(user: User, classroom_id: int, action: Action, network: str = "") -> Classroom:
    """The class, for that action. To who is no member of it there is none; that staff open one in
    which they are not is recorded, or they do not open it."""
    check_classroom_id(classroom_id)
    found = classrooms_of(user).filter(pk=classroom_id).first()
    if found is None:
        raise NotFound(ReasonCode.NO_SUCH_CLASS)
    if not may(user, found.pk, action):
        raise NotAllowed(ReasonCode.CLASS_ROLE)
    role = role_in(user, found.pk)
    if role in {Role.STUDENT, Role.ASSISTANT}:
        check_reading(user, besides=found.pk)
    if role is None:
        audit.record(
            AuditAction.OPENED_CLASS,
            actor_id=user.pk,
            target=f"class {found.pk}",
            network=network,
            detail=action.value,
        )
    return found


def may_make_classes(user: User) -> bool:
    """Staff, and who is an instructor already."""
    return user.is_staff or classrooms_where(user, Action.CHANGE_CLASS).exists()


def assignment(user: User, classroom_id: int, number: int, action: Action) -> Assignment:
    """Of that class. To who may not change assignments there is none that is not published."""
    found = classroom(user, classroom_id, action)
    if not 0 < number < 2**63:
        raise NotFound(ReasonCode.NO_SUCH_ASSIGNMENT)
    one = assignments_of(user, found).filter(pk=number).select_related("classroom").first()
    if one is None:
        raise NotFound(ReasonCode.NO_SUCH_ASSIGNMENT)
    return one


def assignments_of(user: User, found: Classroom) -> QuerySet[Assignment]:
    all_of_class = Assignment.objects.filter(classroom=found)
    if may(user, found.pk, Action.SEE_HAND_INS):
        return all_of_class
    published = all_of_class.filter(published=True)
    tasks = rules.rules_of_student(user, found.pk).tasks
    return published.filter(pk__in=tasks) if tasks else published


def hand_ins_of(user: User, one: Assignment) -> QuerySet[HandIn]:
    """The user's own; of everybody to who may see them."""
    found = HandIn.objects.filter(assignment=one)
    return found if may(user, one.classroom_id, Action.SEE_HAND_INS) else found.filter(student=user)


def hand_in(user: User, one: Assignment, number: int) -> HandIn:
    if not 0 < number < 2**63:
        raise NotFound(ReasonCode.NO_SUCH_ASSIGNMENT)
    found = hand_ins_of(user, one).filter(pk=number).select_related("student").first()
    if found is None:
        raise NotFound(ReasonCode.NO_SUCH_ASSIGNMENT)
    return found


def classrooms_to_run_in(user: User) -> QuerySet[Classroom]:
    """What the workspace offers: as a member, in classes that go on."""
    member = Classroom.objects.filter(memberships__user=user, archived_at=None)
    return member.order_by("-created_at", "-pk")[:CLASSES_OFFERED]


def check_classroom_id(number: int) -> None:
    """Databases fail on a number that is none of theirs."""
    if not 0 < number < 2**63:
        raise NotFound(ReasonCode.NO_SUCH_CLASS)


def check_sharing(user: User) -> None:
    """Raises where a class of the user's does not allow sharing."""
    if not starts.may_share(user):
        raise NotAllowed(ReasonCode.CLASS_SHARING)


def check_reading(user: User, *, besides: int | None = None) -> None:
    """Raises while the user takes an exam, in another class than `besides`."""
    if (exam := exam_of(user, besides=besides)) is not None:
        raise NotAllowed(ReasonCode.EXAM_READING, class_name=exam.name)


def check_windows(user: User, classroom_id: int | None) -> None:
    """Raises where the class in which a program is started allows it no windows."""
    if not rules.allows_windows(user, classroom_id):
        raise NotAllowed(ReasonCode.CLASS_WINDOWS)


def rules_of_start(user: User, classroom_id: int, snippet: int | None) -> StudentRules:
    """The rules for a program that the user starts in that class. Raises `NotAllowed` for one that
    is of none of the assignments of a running exam."""
    found = rules.rules_of_student(user, classroom_id)
    if found.tasks:
        of_exam = StartedAssignment.objects.filter(assignment__in=found.tasks, snippet=snippet)
        if not of_exam.exists():
            raise NotAllowed(ReasonCode.EXAM_TASK)
    return found


def check_start(user: User, classroom_id: int | None, language: str) -> None:
    """Raises why the user starts no program in that class, or outside of all: see `starts`."""
    if problem := starts.problem(user, classroom_id, language):
        code, figures = problem
        kind = NotFound if code == ReasonCode.NO_SUCH_CLASS else NotAllowed
        raise kind(code, **figures)
