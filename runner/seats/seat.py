"""Who a socket of a class belongs to, and what its user may do there."""

import time
from dataclasses import dataclass
from uuid import UUID

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import Classroom, ClassRules, User
from runner import access
from runner.access import Action
from runner.protocol.classes import messages
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import Refused


@dataclass(frozen=True, slots=True)
class Seat:
    classroom: int
    class_name: str
    user_id: int
    user: str
    name: str  # as others read it
    role: str
    may_watch: bool
    may_help: bool
    may_stop: bool
    may_show: bool
    quiet: bool  # who watches is not told to students
    recorded: bool = False  # how the member writes is kept


def name_of(user: User) -> str:
    return shown_name(user.username, user.first_name, user.last_name)


def shown_name(username: str, first: str, last: str) -> str:
    return f"{first} {last}".strip() or username


def seat_of(user: User, classroom_id: int) -> Seat:
    """Raises `NotFound` for who has nothing to do with the class."""
    classroom: Classroom = access.classroom(user, classroom_id, Action.SEE_CLASS)
    role = access.role_in(user, classroom_id) or access.site_role(user)
    return Seat(
        classroom=classroom.pk,
        class_name=classroom.name,
        user_id=user.pk,
        user=user.username,
        name=name_of(user),
        role=role.value if role else "",
        may_watch=access.may(user, classroom_id, Action.WATCH_RUN),
        may_help=access.may(user, classroom_id, Action.HELP_WITH_RUN),
        may_stop=access.may(user, classroom_id, Action.STOP_RUN),
        may_show=access.may(user, classroom_id, Action.SHOW),
        quiet=is_quiet(classroom_id),
        recorded=access.records_writing(user, classroom_id),
    )


def is_quiet(classroom_id: int) -> bool:
    """Whether students of the class are not told who watches, by its rules of now."""
    return ClassRules.objects.filter(pk=classroom_id, quiet_watching=True).exists()


class NoSuchMember(Refused):
    code = ErrorCode.NOT_FOUND


def run_to_stop(user_id: int, classroom_id: int, run_id: UUID) -> UUID:
    """A run that was made in this class. Raises `NotFound`."""
    user = User.objects.get(pk=user_id)
    run = access.visible_runs(user).filter(classroom=classroom_id, pk=run_id).first()
    if run is None or not access.may_stop(user, run):
        raise access.NotFound(ReasonCode.NO_SUCH_RUN)
    return run_id


def note_watching(seat: Seat, member: int) -> None:
    """In the audit trail. Raises `DatabaseError`: what cannot be recorded is not shown."""
    audit.record(
        AuditAction.WATCHED_TERMINAL,
        actor_id=seat.user_id,
        subject_id=member,
        target=f"class {seat.classroom}",
    )


def joined(seat: Seat) -> messages.ClassJoined:
    return messages.ClassJoined(
        id=seat.classroom,
        name=seat.class_name,
        role=seat.role,
        now=time.time(),
        may_watch=seat.may_watch,
        may_help=seat.may_help,
        may_stop=seat.may_stop,
        may_show=seat.may_show,
        quiet=seat.quiet,
        recorded=seat.recorded,
    )


def records_writing(user_id: int, classroom_id: int) -> bool:
    return access.records_writing(User.objects.get(pk=user_id), classroom_id)
