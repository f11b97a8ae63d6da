"""A terminal whose user is a member of classes: it raises and lowers a hand in them, and tells who
teaches of a run that waits in the queue."""

from typing import Any

from runner.classroom import hands
from runner.classroom.seats import Seat, seat_of
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol import messages
from runner.protocol.classes import channel as events
from runner.protocol.classes.messages import MemberState
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.terminal import TerminalConsumer, charge


class ClassTerminal(TerminalConsumer):
    async def obey(self, message: Any) -> None:
        match message:
            case messages.RaiseHand():
                await self.change_hand(message.class_, message.text)
            case messages.LowerHand():
                await self.change_hand(message.class_, "")
            case _:
                await super().obey(message)

    async def change_hand(self, classroom: int, text: str) -> None:
        await charge(self.rates.attaches, ReasonCode.TOO_MANY_ATTACHES)
        seat = await in_database(seat_of, self.user, classroom)
        if seat.may_watch:
            raise NotAllowed(ReasonCode.CLASS_ROLE)  # whose hand nobody would see
        changed = await in_database(change_hand, seat, text)
        for group in (
            events.staff_group(classroom),
            events.member_group(classroom, seat.user_id),
        ):
            await messaging.send_to_class(group, changed)

    async def begun(self, run: Any) -> None:
        """A run of this terminal is in the queue."""
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


def change_hand(seat: Seat, text: str) -> events.HandChanged:
    return hands.raise_hand(seat, text) if text else hands.lower_hand(seat)
