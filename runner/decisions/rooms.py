"""Who has which role in a room. `access.py` offers the names below to all others.

A role comes from owning the room, from a membership by name or by an invitation that has neither
ended nor been revoked, or from a class. Nobody is in a room while an exam forbids sharing, nor in
the room of an owner whom one forbids it: what is written there is saved in the owner's snippet.
Guests of an interview are viewers before it begins and after it has ended.
"""

from collections.abc import Collection
from math import ceil
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.classrooms import starts
from accounts.classrooms.permissions import Action, roles_with
from accounts.classrooms.roles import classroom_ids_where
from accounts.models import Membership, User
from runner.decisions.interviews import guests_write
from runner.infrastructure import clock
from runner.models import Interview, Room, RoomMember, RoomRole, Run
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import NotAllowed, Refused
from runner.run_state import ACTIVE

InRoom = tuple[int, int]  # the ids of a user and a room
EDITING = frozenset({RoomRole.OWNER, RoomRole.EDITOR})
GUEST = "guest:"  # begins the user name of a guest, which nobody can choose
_ORDER = (RoomRole.OWNER, RoomRole.EDITOR, RoomRole.VIEWER)


class NoSuchRoom(Refused):
    """It does not exist, or the user is not in it; callers cannot tell which."""

    code = ErrorCode.NOT_FOUND


def is_guest(user: User) -> bool:
    return user.username.startswith(GUEST)


def valid_members() -> QuerySet[RoomMember]:
    open_ended = Q(invitation=None)
    valid = Q(invitation__revoked_at=None, invitation__expires_at__gt=clock.now())
    return RoomMember.objects.filter(open_ended | valid, user__is_active=True)


def roles_in_rooms(pairs: Collection[InRoom]) -> dict[InRoom, RoomRole]:
    """The role of each user in each room, in three queries; who has none is left out."""
    users, rooms = {user for user, _ in pairs}, {room for _, room in pairs}
    found: dict[InRoom, set[str]] = {}
    open_rooms = Room.objects.filter(pk__in=rooms, snippet__deleted_at=None)
    writing = open_rooms.annotate(guests_write=guests_write())
    fields = ("pk", "owner_id", "classroom_id", "class_role", "guests_write")
    rows_of_rooms = list(writing.values_list(*fields))
    known = [row[:4] for row in rows_of_rooms]
    writable = {room: guests_write for room, *_, guests_write in rows_of_rooms}
    for room, owner, _, _ in known:
        found.setdefault((owner, room), set()).add(RoomRole.OWNER)
    members = valid_members().filter(user__in=users, room__in=writable)
    for user, room, role, invited in members.values_list(
        "user_id", "room_id", "role", "invitation_id"
    ):
        reads = invited is not None and not writable[room]
        found.setdefault((user, room), set()).add(RoomRole.VIEWER if reads else role)
    classes = {classroom for _, _, classroom, _ in known if classroom is not None}
    if classes:
        sees = roles_with(Action.SEE_SHARED_SNIPPETS)
        rows = Membership.objects.filter(user__in=users, classroom__in=classes, role__in=sees)
        in_class = set(rows.values_list("user_id", "classroom_id"))
        for room, _, classroom, role in known:
            for user in users:
                if role and (user, classroom) in in_class:
                    found.setdefault((user, room), set()).add(role)
    return {
        pair: next(role for role in _ORDER if role in roles)
        for pair, roles in found.items()
        if pair in pairs
    }


def room_role(user: User, room_id: int) -> RoomRole | None:
    pair = user.pk, room_id
    return roles_in_rooms({pair}).get(pair)


def room(user: User, room_id: int) -> tuple[Room, RoomRole]:
    """The room and the user's role in it. Raises `NoSuchRoom`, or why not now."""
    role = room_role(user, room_id) if 0 < room_id < 2**63 else None
    if role is None:
        raise NoSuchRoom(ReasonCode.NO_SUCH_ROOM)
    found = Room.objects.select_related("snippet", "owner").get(pk=room_id)
    alone = starts.may_not_share({user.pk, found.owner_id})
    if user.pk in alone:
        raise NotAllowed(ReasonCode.CLASS_SHARING)
    if alone:
        raise NotAllowed(ReasonCode.ROOM_CLOSED)
    return found, role


def closed_rooms(rooms: Collection[int]) -> set[int]:
    """Those whose owners may not share now."""
    found = Room.objects.filter(pk__in=rooms, owner__in=starts.alone().values("user"))
    return set(found.values_list("pk", flat=True))


def own_room(user: User, room_id: int) -> Room:
    found, role = room(user, room_id)
    if role != RoomRole.OWNER:
        raise NotAllowed(ReasonCode.ROOM_ROLE)
    return found


def rooms_of(user: User) -> QuerySet[Room]:
    """Those that the user owns or was admitted to, by name or as a member of a class."""
    classes = classroom_ids_where(user, Action.SEE_SHARED_SNIPPETS)
    named = valid_members().filter(user=user).values("room_id")
    admitted = Q(owner=user) | Q(pk__in=named) | Q(classroom__in=classes, class_role__gt="")
    return Room.objects.filter(admitted, snippet__deleted_at=None)


def check_room_start(user: User, room_id: int, language: str) -> None:
    """Raises where the user starts no program in that language that this room sees. Guests start
    some in interviews alone, one of all of them at a time."""
    _, role = room(user, room_id)
    interview = Interview.objects.filter(room=room_id).only("languages").first()
    guest = is_guest(user)
    if guest and interview is None:
        raise NotAllowed(ReasonCode.ROOM_GUEST)
    if role not in EDITING:
        closed = interview is not None and guest
        raise NotAllowed(ReasonCode.INTERVIEW_CLOSED if closed else ReasonCode.ROOM_ROLE)
    if interview is not None and language not in interview.languages:
        raise NotAllowed(ReasonCode.INTERVIEW_LANGUAGE, language=language[:64])
    if guest and runs_of_guests(room_id).exists():
        raise NotAllowed(ReasonCode.INTERVIEW_RUNNING)


def runs_of_guests(room_id: int | None = None) -> QuerySet[Run]:
    """Those that have not ended; without a room: of all rooms."""
    active = Run.objects.filter(status__in=ACTIVE, owner__username__startswith=GUEST)
    return active if room_id is None else active.filter(room=room_id)


def ceilings_in_room(user: User, room_id: int) -> dict[str, int] | None:
    """Limits of a program that is started there: a candidate's ends with the interview."""
    ends = Interview.objects.filter(room=room_id).values_list("ends_at", flat=True).first()
    if ends is None or not is_guest(user):
        return None
    return {"wall_seconds": max(1, ceil((ends - clock.read()).total_seconds()))}


def room_run(user: User, run_id: UUID) -> Run | None:
    """A run that somebody else has started in a room of the user's, while both may share."""
    run = Run.objects.filter(pk=run_id, room__isnull=False).select_related("owner").first()
    if run is None or run.room_id is None or run.owner_id in {None, user.pk}:
        return None
    inside = room_role(user, run.room_id) is not None
    return run if inside and _may_share_both(user, run) else None


def role_at_run(user: User, run: Run) -> RoomRole | None:
    """In the room in which the run was started, if it was in one."""
    return None if run.room_id is None else room_role(user, run.room_id)


def may_type_in_room(user: User, run: Run) -> bool:
    """Whether the owner of a run may be asked to let the user type; not while either is alone in an
    exam."""
    if run.room_id is None or not _may_share_both(user, run):
        return False
    return room_role(user, run.room_id) in EDITING


def _may_share_both(user: User, run: Run) -> bool:
    """The user and the run's owner."""
    return run.owner_id is not None and not starts.may_not_share({user.pk, run.owner_id})
