"""Who has to do with an interview, and when its candidate writes. `access.py` offers these names.

Its owner and its interviewers are those of its room of notes: the members by name of that room. Its
candidates are the guests of its other room. They write and run programs while the interview goes
on; before and after that they read.
"""

from enum import StrEnum

from django.db.models import Case, Q, QuerySet, Value, When

from accounts.classrooms import starts
from accounts.models import User
from runner.infrastructure import clock
from runner.models import Interview, InterviewTemplate, RoomMember
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import NotAllowed, Refused


class InterviewRole(StrEnum):
    OWNER = "owner"
    INTERVIEWER = "interviewer"


class NoSuchInterview(Refused):
    """It does not exist, or the user has nothing to do with it; callers cannot tell which."""

    code = ErrorCode.NOT_FOUND


def goes_on(prefix: str = "") -> Q:
    """Of interviews; `prefix`: where they are from the rows that are asked for."""
    now = clock.now()
    begun = Q(**{f"{prefix}started_at__lte": now})
    return begun & (Q(**{f"{prefix}ends_at": None}) | Q(**{f"{prefix}ends_at__gt": now}))


def guests_write() -> Case:
    """Of rooms: whether guests who are editors write now."""
    open_to_guests = Q(interview=None) | goes_on("interview__")
    return Case(When(open_to_guests, then=Value(True)), default=Value(False))


def interview(user: User, number: int) -> tuple[Interview, InterviewRole]:
    """With the user's role in it. Raises `NoSuchInterview`, or why not now."""
    found = _interviews(user).filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise NoSuchInterview(ReasonCode.NO_SUCH_INTERVIEW)
    if not starts.may_share(user):
        raise NotAllowed(ReasonCode.CLASS_SHARING)
    own = found.owner_id == user.pk
    return found, InterviewRole.OWNER if own else InterviewRole.INTERVIEWER


def own_interview(user: User, number: int) -> Interview:
    found, role = interview(user, number)
    if role != InterviewRole.OWNER:
        raise NoSuchInterview(ReasonCode.NO_SUCH_INTERVIEW)
    return found


def interviews_of(user: User) -> QuerySet[Interview]:
    """Those that the user owns or was invited to as an interviewer."""
    return _interviews(user)


def _interviews(user: User) -> QuerySet[Interview]:
    named = RoomMember.objects.filter(user=user, invitation=None).values("room_id")
    shown = Interview.objects.filter(room__snippet__deleted_at=None)
    return shown.filter(Q(owner=user) | Q(notes__in=named)).select_related("room__snippet", "owner")


def interview_templates(user: User) -> QuerySet[InterviewTemplate]:
    """None in an exam: code and notes of before it lie there, which it may hide."""
    own = InterviewTemplate.objects.filter(owner=user)
    return own if starts.exam_of(user) is None else own.none()


def interview_template(user: User, number: int) -> InterviewTemplate:
    found = interview_templates(user).filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise NoSuchInterview(ReasonCode.NO_SUCH_INTERVIEW)
    return found


def is_of_interview(room_id: int) -> bool:
    """Its people are admitted on the page of the interview, and nowhere else."""
    return Interview.objects.filter(Q(room=room_id) | Q(notes=room_id)).exists()
