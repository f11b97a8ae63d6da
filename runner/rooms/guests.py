"""Guests: who has an invitation link comes into one room, under a name, without an account.

A link is a signed number of an invitation, which ends at a time and can be revoked. A guest is a
user who cannot sign in: the browser keeps a signed number of that user in a cookie of the room's
pages, and opens sockets with a ticket that is valid for a minute.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.conf import settings
from django.core import signing
from django.db import transaction

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.models import Room, RoomInvitation, RoomMember
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed

LINK, COOKIE, TICKET = "room link", "room guest", "room ticket"  # salts: one is not another
TICKET_SECONDS = 60
COOKIE_SECONDS = 24 * 3600
NAME_CHARACTERS = 40
MOST_QUERY_BYTES = 2000  # that are looked at
LINK_HOURS = (1, 24, 24 * 7)  # that an owner chooses from


def invite(room: Room, role: str, hours: int) -> RoomInvitation:
    """Raises `NotAllowed` when there are many."""
    limit = settings.LIMITS.invitations_per_room
    if room.invitations.count() >= limit:
        raise NotAllowed(ReasonCode.ROOM_MEMBERS, limit=limit)
    ends = clock.read() + timedelta(hours=hours)
    return RoomInvitation.objects.create(room=room, role=role, expires_at=ends)


def token_of(invitation: RoomInvitation) -> str:
    return signing.dumps(invitation.pk, salt=LINK)


def invitation_of(token: str, room_id: int) -> RoomInvitation | None:
    """A valid one, of that room."""
    number = _signed(token, LINK)
    if number is None:
        return None
    valid = RoomInvitation.objects.filter(revoked_at=None, expires_at__gt=clock.now())
    open_rooms = valid.filter(room__snippet__deleted_at=None)
    return open_rooms.select_related("room__snippet").filter(pk=number, room=room_id).first()


def join(invitation: RoomInvitation, name: str) -> User:
    """A new guest. Raises `NotAllowed` when the room has as many members as it admits."""
    with transaction.atomic():
        Room.objects.select_for_update(no_key=True).filter(pk=invitation.room_id).exists()
        check_room_for_one_more(invitation.room)
        user = User(username=access.GUEST + secrets.token_hex(8), first_name=name)
        user.set_unusable_password()
        user.save()
        RoomMember.objects.create(
            room=invitation.room, user=user, role=invitation.role, invitation=invitation
        )
    return user


def check_room_for_one_more(room: Room) -> None:
    limit = settings.LIMITS.members_per_room
    if room.members.count() + 1 >= limit:  # the owner is one
        raise NotAllowed(ReasonCode.ROOM_MEMBERS, limit=limit)


def remove(member: RoomMember) -> None:
    """A guest is nobody outside of the room, and goes with the membership (`runner.retention`). In
    an interview, what the guest has written and run stays until that is deleted."""
    if member.invitation_id is not None and access.is_of_interview(member.room_id):
        User.objects.filter(pk=member.user_id).update(is_active=False)
    else:
        member.delete()


def revoke(invitation: RoomInvitation) -> None:
    """Its guests leave."""
    RoomInvitation.objects.filter(pk=invitation.pk).update(revoked_at=clock.now())
    if not access.is_of_interview(invitation.room_id):
        User.objects.filter(room_memberships__invitation=invitation).delete()


def forget_guests() -> int:
    """Those whose invitation has ended, or whose room is gone; how many there were. Not those of
    interviews, which are kept with all that belongs to them."""
    ended = RoomInvitation.objects.filter(expires_at__lte=clock.now(), room__interview=None)
    members = RoomMember.objects.filter(invitation__isnull=False).exclude(invitation__in=ended)
    guests = User.objects.filter(username__startswith=access.GUEST)
    gone = guests.exclude(pk__in=members.values("user_id"))
    count = gone.count()
    gone.delete()
    return count


# --- Proofs -------------------------------------------------------------------------------------
def cookie_name(room_id: int) -> str:
    return f"room_guest_{room_id}"


def cookie_value(user: User, room_id: int) -> str:
    return signing.dumps([user.pk, room_id], salt=COOKIE)


def guest_of(cookies: Mapping[str, str], room_id: int) -> User | None:
    """Whose browser it is."""
    return _guest(cookies.get(cookie_name(room_id), ""), COOKIE, COOKIE_SECONDS, room_id)


def ticket_for(user: User, room_id: int) -> str:
    return signing.dumps([user.pk, room_id], salt=TICKET)


def holder_of(ticket: str) -> tuple[User, int] | None:
    """The guest, and the room that the ticket is for."""
    found = _pair(ticket, TICKET, TICKET_SECONDS)
    if found is None:
        return None
    user = _guest(ticket, TICKET, TICKET_SECONDS, found[1])
    return None if user is None else (user, found[1])


def _guest(value: str, salt: str, seconds: int, room_id: int) -> User | None:
    found = _pair(value, salt, seconds)
    if found is None or found[1] != room_id:
        return None
    user = User.objects.filter(pk=found[0], is_active=True).first()
    if user is None or not access.is_guest(user) or access.room_role(user, room_id) is None:
        return None
    return user


def _pair(value: str, salt: str, seconds: int) -> tuple[int, int] | None:
    match _signed(value, salt, seconds):
        case [int(user), int(room)]:
            return user, room
    return None


def _signed(value: str, salt: str, seconds: int | None = None) -> Any:
    try:
        return signing.loads(value, salt=salt, max_age=seconds)
    except signing.BadSignature:  # or too old, or none at all
        return None


class TicketAuth:
    """ASGI middleware: a socket with a ticket is the guest's, whoever the browser is signed in as.

    A ticket that is not valid leaves nobody signed in.
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        query = scope.get("query_string", b"")[:MOST_QUERY_BYTES].decode("latin-1")
        if tickets := parse_qs(query).get("ticket"):
            holder = await database_sync_to_async(holder_of)(tickets[-1][:500])
            scope = {**scope, "user": None, "guest_room": None}
            if holder is not None:
                scope["user"], scope["guest_room"] = holder
        await self._application(scope, receive, send)
