"""What a terminal says to the class of its user: a hand that is raised or lowered, and a run that
waits in the queue. From then on executors tell of the run."""

from typing import Any

from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol.classes import channel as events
from runner.protocol.classes.messages import MemberState
from runner.protocol.messages import LowerHand, RaiseHand
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.seats import Seat, hands, seat_of
from runner.terminal.gate.rate_limit import Rates, charge


async def change_hand(user: Any, rates: Rates, message: RaiseHand | LowerHand) -> None:
    classroom = message.class_
    await charge(rates.attaches, ReasonCode.TOO_MANY_ATTACHES)
    seat = await in_database(seat_of, user, classroom)
    if seat.may_watch:
        raise NotAllowed(ReasonCode.CLASS_ROLE)  # whose hand nobody would see
    text = message.text if isinstance(message, RaiseHand) else ""
    changed = await in_database(_change_hand, seat, text)
    for group in (events.staff_group(classroom), events.member_group(classroom, seat.user_id)):
        await messaging.send_to_class(group, changed)


def _change_hand(seat: Seat, text: str) -> events.HandChanged:
    return hands.raise_hand(seat, text) if text else hands.lower_hand(seat)


async def tell_queued(run: Any) -> None:
    """To who teaches the run's class, if it has one."""
    if run.classroom_id is None:
        return
    created_at = run.created_at.timestamp()
    report = events.RunReport(
        run.classroom_id,
        user=run.owner_id,
        run=str(run.pk),
        language=run.language,
        state=MemberState.QUEUED.value,
        since=created_at,
        order=created_at,
    )
    await messaging.send_to_class(events.staff_group(run.classroom_id), report)
