"""Everybody's open terminals, on all web workers. A dead worker's count for a while."""

import hashlib
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from runner.infrastructure import clock
from runner.models import OpenSocket, Room


def enter(
    user_id: int,
    classroom: int | None = None,
    session: str = "",
    room: int | None = None,
    most_in_room: int = 0,
) -> int | None:
    """The number of one more socket of the user; None when there are enough of the user's, or in
    the room."""
    browser = hashlib.sha256(session.encode()).hexdigest()[:16] if session else ""
    limits = settings.LIMITS
    since = clock.now() - timedelta(seconds=3 * limits.socket_seen_seconds)
    with transaction.atomic():
        # Sockets that open in the same instant count one after the other.
        User.objects.select_for_update(no_key=True).filter(pk=user_id).exists()
        alive = OpenSocket.objects.filter(user=user_id, seen_at__gte=since)
        if alive.count() >= limits.sockets_per_user:
            return None
        if room is not None:
            Room.objects.select_for_update(no_key=True).filter(pk=room).exists()
            if OpenSocket.objects.filter(room=room, seen_at__gte=since).count() >= most_in_room:
                return None
        return OpenSocket.objects.create(
            user_id=user_id,
            classroom_id=classroom,
            room_id=room,
            browser=browser,
            seen_at=clock.now(),
        ).pk


def leave(socket: int) -> None:
    OpenSocket.objects.filter(pk=socket).delete()


def keep(sockets: Collection[int]) -> None:
    """They are open still. Forgets what nobody has kept for a day."""
    OpenSocket.objects.filter(pk__in=sockets).update(seen_at=clock.now())
    OpenSocket.objects.filter(seen_at__lt=clock.now() - timedelta(days=1)).delete()
