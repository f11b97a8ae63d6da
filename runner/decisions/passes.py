"""Why a socket was accepted, and whether that still holds. `access.py` offers it to all others."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.models import Session

from accounts.classrooms.permissions import Action, roles_with
from accounts.classrooms.starts import exams_taken, may_not_share
from accounts.models import Membership, Role, User
from accounts.sign_in import second_factor
from runner.decisions.rooms import closed_rooms, roles_in_rooms
from runner.infrastructure import clock
from runner.models import RoomRole, Run

_WATCHING_ROLES = frozenset(role.value for role in roles_with(Action.SEE_RUNS))


@dataclass(frozen=True, slots=True)
class Pass:
    """Why a socket was accepted. It is closed when any of this no longer holds."""

    user_id: int
    password: str  # as it is stored
    is_staff: bool
    session: str
    classroom: int | None = None  # whose socket it is
    role: str = ""  # in that class, as a member
    run: UUID | None = None  # somebody else's, which it shows
    run_role: str | None = None  # in the room of that run
    room: int | None = None  # whose socket it is, or whose guest
    room_role: RoomRole | None = None
    is_guest: bool = False  # without a session
    is_superuser: bool = False


def still_signed_in(passes: Collection[Pass]) -> set[Pass]:
    """The passes that are still valid: signed in, active, same password, rights and role, with the
    second factor that the user needs."""
    users = User.objects.filter(pk__in={one.user_id for one in passes}, is_active=True)
    rights = set(users.values_list("pk", "password", "is_staff", "is_superuser"))
    sessions = Session.objects.filter(session_key__in={one.session for one in passes})
    alive = set(sessions.filter(expire_date__gt=clock.now()).values_list("pk", flat=True))
    unsafe = second_factor.without_one({one.user_id for one in passes})
    outside = _no_more_in_class(passes) | _no_more_in_room(passes)
    return {
        one
        for one in passes
        if (one.is_guest or one.session in alive)
        and (one.user_id, one.password, one.is_staff, one.is_superuser) in rights
        and one.user_id not in unsafe
        and one not in outside
    }


def _no_more_in_class(passes: Collection[Pass]) -> set[Pass]:
    """Those of members whose role has changed, of students and assistants who take an exam
    elsewhere, and of watchers who do not teach there any more, nor are in the room of the run in
    the same role: who may only look on has no keyboard."""
    of_class = {one for one in passes if one.classroom is not None and one.role}
    watching = {one for one in passes if one.run is not None and not one.is_staff}
    if not of_class and not watching:
        return set()
    users = {one.user_id for one in of_class | watching}
    rows = Membership.objects.filter(user__in=users).values_list("user_id", "classroom_id", "role")
    members = set(rows)
    gone = {one for one in of_class if (one.user_id, one.classroom, one.role) not in members}
    gone |= _in_exams_elsewhere(of_class)
    runs = Run.objects.filter(pk__in={one.run for one in watching})
    class_of: dict[UUID | None, int | None] = dict(runs.values_list("pk", "classroom_id"))
    helping = {user for user, _, role in members if role == Role.ASSISTANT}
    in_exam = {user for user, _ in exams_taken(helping)} if watching and helping else set()
    teaching: set[tuple[int, int | None]] = {
        (user, where)
        for user, where, role in members
        if role in _WATCHING_ROLES and not (role == Role.ASSISTANT and user in in_exam)
    }
    unseen = {one for one in watching if (one.user_id, class_of.get(one.run)) not in teaching}
    return gone | (unseen - _in_room_of_run(unseen))


def _in_exams_elsewhere(of_class: Collection[Pass]) -> set[Pass]:
    bound = {one for one in of_class if one.role in {Role.STUDENT, Role.ASSISTANT}}
    exams = exams_taken({one.user_id for one in bound}) if bound else set()
    return {
        one
        for one in bound
        if any(user == one.user_id and where != one.classroom for user, where in exams)
    }


def _in_room_of_run(watching: Collection[Pass]) -> set[Pass]:
    """None while the run's owner may not share: who helps there would help in an exam."""
    rows = Run.objects.filter(pk__in={one.run for one in watching}, room__isnull=False)
    runs: dict[UUID | None, tuple[int | None, int | None]] = {
        run: (room, owner) for run, room, owner in rows.values_list("pk", "room_id", "owner_id")
    }
    if not runs:
        return set()
    inside = {one: runs[one.run] for one in watching if one.run in runs}
    roles = roles_in_rooms({(one.user_id, room or 0) for one, (room, _) in inside.items()})
    owners = {owner for _, owner in inside.values() if owner is not None}
    alone = may_not_share({one.user_id for one in watching} | owners)
    return {
        one
        for one, (room, owner) in inside.items()
        if roles.get((one.user_id, room or 0), "") == one.run_role
        and not {one.user_id, owner} & alone
    }


def _no_more_in_room(passes: Collection[Pass]) -> set[Pass]:
    """Those who are no member of their room any more, or in another role, or in an exam, or whose
    room's owner is in one."""
    inside = {one: (one.user_id, one.room) for one in passes if one.room is not None}
    if not inside:
        return set()
    roles = roles_in_rooms(set(inside.values()))
    alone = may_not_share({one.user_id for one in inside})
    closed = closed_rooms({room for _, room in inside.values()})
    return {
        one
        for one, pair in inside.items()
        if roles.get(pair) != one.room_role or one.user_id in alone or pair[1] in closed
    }
