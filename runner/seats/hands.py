"""Raised hands. Who pays: a member has one row in a class, which the next question replaces."""

from django.db import transaction

from runner.infrastructure import clock
from runner.models import Hand
from runner.protocol.classes.channel import HandAnswered, HandChanged
from runner.seats.seat import Seat


def raise_hand(seat: Seat, text: str) -> HandChanged:
    """Who asks again while the hand is up keeps the place among those who wait."""
    now = clock.now()
    with transaction.atomic():
        up = Hand.objects.filter(classroom=seat.classroom, user=seat.user_id, answered_at=None)
        if not up.update(text=text):
            fields = {"raised_at": now, "answered_at": None, "answered_by": None}
            Hand.objects.update_or_create(
                classroom_id=seat.classroom,
                user_id=seat.user_id,
                defaults={"text": text, "answer": "", **fields},
            )
        raised_at = up.values_list("raised_at", flat=True).get()
    return HandChanged(seat.classroom, seat.user_id, text, raised_at.timestamp())


def lower_hand(seat: Seat) -> HandChanged:
    Hand.objects.filter(classroom=seat.classroom, user=seat.user_id, answered_at=None).delete()
    return HandChanged(seat.classroom, seat.user_id, "", 0.0)


def answer_hand(seat: Seat, user_id: int, answer: str) -> HandAnswered | None:
    """By `seat`'s user; None when somebody was quicker, or the hand is down."""
    up = Hand.objects.filter(classroom=seat.classroom, user=user_id, answered_at=None)
    text = up.values_list("text", flat=True).first()
    fields = {"answered_at": clock.now(), "answer": answer, "answered_by": seat.user_id}
    if text is None or not up.update(**fields):
        return None
    return HandAnswered(seat.classroom, text, answer, seat.name)


def own_hand(seat: Seat) -> Hand | None:
    """The member's last one."""
    hands = Hand.objects.filter(classroom=seat.classroom, user=seat.user_id)
    found: Hand | None = hands.select_related("answered_by").first()
    return found
