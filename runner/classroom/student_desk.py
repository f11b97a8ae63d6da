"""A student's page: raises a hand, is told who watches, and sends its code while somebody does."""

import logging
import time
from dataclasses import replace

from runner.classroom.desk import Desk, Page
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol.classes import channel as events
from runner.protocol.classes import messages
from runner.protocol.messages import Message, encode
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, NotAllowed, RateLimited
from runner.seats import Seat, hands, joined, records_writing
from runner.terminal import Rates

logger = logging.getLogger(__name__)
WATCHED_SECONDS = 12.0  # who watches says so every five
MOST_WATCHERS = 30  # the instructors of a school, as for a run
EDITS_PER_SECOND, EDITS_BURST = 0.5, 2  # that are told; a page sends fewer
CODES_PER_SECOND, CODES_BURST = 3, 6
RULES_CYCLES = 3  # between two looks at the rules
SHOW_ALLOWED_SECONDS = 2 * 3600.0  # a lesson


class StudentDesk(Desk):
    def __init__(self, seat: Seat, page: Page, rates: Rates) -> None:
        super().__init__(seat, page, rates)
        self._watchers: dict[str, tuple[float, events.WatchesCode]] = {}  # until, by channel
        self._told = messages.Watched(by=(), code=False)
        self._edits = rates.bucket("class edits", EDITS_PER_SECOND, EDITS_BURST)
        self._codes = rates.bucket("class codes", CODES_PER_SECOND, CODES_BURST)
        self._show_asked_by = 0
        self._cycles = 0
        self._may_show_until = float("-inf")

    async def open(self) -> None:
        await super().open()
        await self._to_staff(events.MemberOnline(self.seat.classroom, self.seat.user_id, True))
        await self._tell_hand()

    async def close(self) -> None:
        await super().close()
        await self._to_staff(events.MemberOnline(self.seat.classroom, self.seat.user_id, False))

    async def cycle(self) -> None:
        await super().cycle()
        await self._tell_watched()
        self._cycles += 1
        if self._cycles % RULES_CYCLES == 0:
            await self._tell_rules()

    async def _tell_rules(self) -> None:
        """An exam begins and ends by itself, and instructors change rules."""
        user = self.seat.user_id
        recorded = await in_database(records_writing, user, self.seat.classroom)
        if recorded != self.seat.recorded:
            self.seat = replace(self.seat, recorded=recorded)
            await self._page.tell(joined(self.seat))

    @property
    def may_show(self) -> bool:
        """By the student's own answer to somebody who may show programs."""
        return time.monotonic() < self._may_show_until

    # --- From the page ---------------------------------------------------------------------------
    async def obey(self, message: Message) -> None:
        match message:
            case messages.RaiseHand():
                self.charge()
                check_class(self.seat, message.class_)
                await self._to_staff(await in_database(hands.raise_hand, self.seat, message.text))
                await self._tell_hand()
            case messages.LowerHand():
                self.charge()
                check_class(self.seat, message.class_)
                await self._to_staff(await in_database(hands.lower_hand, self.seat))
                await self._tell_hand()
            case messages.Editing():
                if self._edits.take():  # further ones say the same
                    editing = self.seat.user_id, message.language
                    await self._to_staff(events.MemberEditing(self.seat.classroom, *editing))
            case messages.SendCode():
                await self._send_code(message)
            case messages.AllowShow():
                await self._answer_show(allow=message.allow)
            case _:
                raise NotAllowed(ReasonCode.CLASS_ROLE)

    async def _send_code(self, message: messages.SendCode) -> None:
        if not self._codes.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        code = messages.MemberCode(
            user=self.seat.user,
            files=message.files,
            main=message.main,
            line=message.line,
            cut=message.cut,
            live=True,
        )
        sent = events.CodeSent(self.seat.classroom, self.seat.user_id, encode(code))
        for watcher in self._alive():
            await messaging.send_to_page(watcher, sent)

    async def _answer_show(self, *, allow: bool) -> None:
        asker, self._show_asked_by = self._show_asked_by, 0
        if not asker:
            raise NotAllowed(ReasonCode.CLASS_ROLE)
        self._may_show_until = time.monotonic() + SHOW_ALLOWED_SECONDS if allow else float("-inf")
        await self._to_member(asker, events.ShowAllowed(self.seat.classroom, self.seat.user, allow))

    async def end_show(self) -> None:
        self._may_show_until = float("-inf")
        await super().end_show()

    # --- From other pages ------------------------------------------------------------------------
    async def handle(self, event: events.ClassMessage) -> None:
        match event:
            case events.WatchesCode():
                await self._note_watcher(event)
            case events.HandAnswered() | events.HandChanged():
                await self._tell_hand()
            case events.ShowRequested():
                self._show_asked_by = event.asker
                await self._page.tell(messages.ShowAsked(by=event.by))
            case _:
                await super().handle(event)

    async def _note_watcher(self, event: events.WatchesCode) -> None:
        if not event.watching:
            self._watchers.pop(event.watcher, None)
        elif event.watcher in self._watchers or len(self._watchers) < MOST_WATCHERS:
            self._watchers[event.watcher] = time.monotonic() + WATCHED_SECONDS, event
        await self._tell_watched()

    def _alive(self) -> list[str]:
        now = time.monotonic()
        self._watchers = {name: one for name, one in self._watchers.items() if one[0] > now}
        return list(self._watchers)

    async def _tell_watched(self) -> None:
        watching = bool(self._alive())
        names = {event.name for _, event in self._watchers.values() if not event.quiet}
        now = messages.Watched(by=tuple(sorted(names)), code=watching)
        if now != self._told:
            self._told = now
            await self._page.tell(now)

    async def _tell_hand(self) -> None:
        hand = await in_database(hands.own_hand, self.seat)
        by = hand.answered_by if hand else None
        await self._page.tell(
            messages.OwnHand(
                raised=hand is not None and hand.answered_at is None,
                text=hand.text if hand else "",
                answer=hand.answer if hand else "",
                answered_by=(by.get_full_name() or by.username) if by else "",
            )
        )


def check_class(seat: Seat, classroom: int) -> None:
    if classroom != seat.classroom:
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem="another class")
