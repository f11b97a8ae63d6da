"""Guests: who has an invitation link comes into one room, under a name, without an account.

A link is a signed number of an invitation, which ends at a time and can be revoked. A guest is a
user who cannot sign in: the browser keeps a signed number of that user in a cookie of the room's
pages, and opens sockets with a ticket that is valid for a minute.

Who was removed is a guest still, though not an active one, for as long as a link of the room is
valid: by the cookie the browser is known, and not let in by any link (decision 098).
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.models import Room, RoomInvitation, RoomMember
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed

LINK, COOKIE, TICKET = "room link", "room guest", "room ticket"  # salts: one is not another
TICKET_SECONDS = 60
NAME_CHARACTERS = 40
MOST_QUERY_BYTES = 2000  # that are looked at
LINK_HOURS = (1, 24, 24 * 7)  # that an owner chooses from
COOKIE_SECONDS = LINK_HOURS[-1] * 3600  # as long as any link
MOST_KEPT = 4  # times as many guests as may be in a room, with those who were removed


def invite(room: Room, role: str, hours: int) -> RoomInvitation:
    """Raises `NotAllowed` when many are valid. Those that are not any more, and of which no guest
    is left, are forgotten."""
    limit, ends = settings.LIMITS.invitations_per_room, clock.read() + timedelta(hours=hours)
    with transaction.atomic():
        Room.objects.select_for_update(no_key=True).filter(pk=room.pk).exists()
        valid = valid_links().filter(room=room)
        ended = room.invitations.filter(guests=None).exclude(pk__in=valid.order_by().values("pk"))
        ended.delete()
        if valid.count() >= limit:
            raise NotAllowed(ReasonCode.TOO_MANY_LINKS, limit=limit)
        return RoomInvitation.objects.create(room=room, role=role, expires_at=ends)


def token_of(invitation: RoomInvitation) -> str:
    return signing.dumps(invitation.pk, salt=LINK)


def valid_links() -> QuerySet[RoomInvitation]:
    """The newest first."""
    valid = RoomInvitation.objects.filter(revoked_at=None, expires_at__gt=clock.now())
    return valid.order_by("-pk")


def invitation_of(token: str, room_id: int) -> RoomInvitation | None:
    """A valid one, of that room."""
    number = _signed(token, LINK)
    if number is None:
        return None
    open_rooms = valid_links().filter(room__snippet__deleted_at=None)
    return open_rooms.select_related("room__snippet").filter(pk=number, room=room_id).first()


def join(invitation: RoomInvitation, name: str) -> User:
    """A new guest. Raises `NotAllowed` when the room has as many members as it admits, and
    `NotFound` when the link has been renewed or revoked meanwhile."""
    with transaction.atomic():
        _lock(invitation)
        check_room_for_one_more(invitation.room)
        user = User(username=access.GUEST + secrets.token_hex(8), first_name=name)
        user.set_unusable_password()
        user.save()
        RoomMember.objects.create(
            room=invitation.room, user=user, role=invitation.role, invitation=invitation
        )
    return user


def _lock(invitation: RoomInvitation) -> None:
    """Nobody else changes who is in its room. Raises `NotFound` when it is not valid any more."""
    Room.objects.select_for_update(no_key=True).filter(pk=invitation.room_id).exists()
    if not valid_links().filter(pk=invitation.pk).exists():
        raise access.NotFound(ReasonCode.NO_SUCH_ROOM)


def check_room_for_one_more(room: Room) -> None:
    limit = settings.LIMITS.members_per_room
    kept, removed = room.members.count(), removed_guests(room.pk).count()
    if kept - removed + 1 >= limit or kept >= MOST_KEPT * limit:  # the owner is one
        raise NotAllowed(ReasonCode.ROOM_MEMBERS, limit=limit)


def removed_guests(room_id: int) -> QuerySet[RoomMember]:
    removed = RoomMember.objects.filter(room=room_id, invitation__isnull=False)
    return removed.filter(user__is_active=False).select_related("user").order_by("pk")


def remove(member: RoomMember) -> None:
    """A guest is kept, so that the browser is known; and in an interview what the guest has written
    and run."""
    if member.invitation_id is None:
        member.delete()
    else:
        User.objects.filter(pk=member.user_id).update(is_active=False)


def let_in_again(member: RoomMember) -> None:
    """Of `removed_guests`. Raises `NotAllowed` when the room is full."""
    with transaction.atomic():
        Room.objects.select_for_update(no_key=True).filter(pk=member.room_id).exists()
        check_room_for_one_more(member.room)
        User.objects.filter(pk=member.user_id).update(is_active=True)


def renew(invitation: RoomInvitation) -> RoomInvitation:
    """A new link in place of this one, for as long: its guests stay, and it admits nobody any more.
    Raises `NotFound` when it is not valid."""
    with transaction.atomic():
        _lock(invitation)
        ends, role = invitation.expires_at, invitation.role
        fresh = RoomInvitation.objects.create(room=invitation.room, role=role, expires_at=ends)
        invitation.guests.update(invitation=fresh)
        invitation.delete()
    return fresh


def revoke(invitation: RoomInvitation) -> None:
    """Its guests leave."""
    RoomInvitation.objects.filter(pk=invitation.pk).update(revoked_at=clock.now())
    if not access.is_of_interview(invitation.room_id):
        invited = User.objects.filter(room_memberships__invitation=invitation)
        invited.filter(is_active=True).delete()  # others may know another link


def forget_guests() -> int:
    """Those whose invitation has ended, or whose room is gone; how many there were. Not those of
    interviews, which are kept with all that belongs to them; nor who was removed and may know
    another link."""
    ended = RoomInvitation.objects.filter(expires_at__lte=clock.now(), room__interview=None)
    members = RoomMember.objects.filter(invitation__isnull=False)
    removed = members.filter(user__is_active=False, room__in=valid_links().values("room"))
    kept = members.exclude(invitation__in=ended) | removed
    guests = User.objects.filter(username__startswith=access.GUEST)
    gone = guests.exclude(pk__in=kept.values("user_id"))
    count = gone.count()
    gone.delete()
    return count


# --- Proofs -------------------------------------------------------------------------------------
def cookie_name(room_id: int) -> str:
    return f"room_guest_{room_id}"


def cookie_value(user: User, room_id: int) -> str:
    return signing.dumps([user.pk, room_id], salt=COOKIE)


def cookie_seconds(room_id: int) -> int:
    """For which the browser keeps it: as long as any link of the room is valid now."""
    last = valid_links().filter(room=room_id).aggregate(last=Max("expires_at"))["last"]
    return ceil((last - clock.read()).total_seconds()) if last is not None else 0


def guest_of(cookies: Mapping[str, str], room_id: int) -> User | None:
    """Whose browser it is."""
    return _guest(cookies.get(cookie_name(room_id), ""), COOKIE, COOKIE_SECONDS, room_id)


def was_removed(cookies: Mapping[str, str], room_id: int) -> bool:
    """Whether it is the browser of a guest who was removed from that room."""
    found = _pair(cookies.get(cookie_name(room_id), ""), COOKIE, COOKIE_SECONDS)
    if found is None or found[1] != room_id:
        return False
    return removed_guests(room_id).filter(user=found[0]).exists()


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
