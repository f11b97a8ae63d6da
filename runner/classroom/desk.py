"""What every member's page has: its place in the groups of the class, and what is shown to all."""

import asyncio
import logging
import time
from typing import Protocol

from runner.classroom.showing import Presenting, Seen
from runner.infrastructure import messaging
from runner.protocol.classes import channel as events
from runner.protocol.classes import messages
from runner.protocol.messages import Message
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, RateLimited
from runner.seats import Seat
from runner.terminal import Rates

logger = logging.getLogger(__name__)
CYCLE_SECONDS = 5.0  # between two times that what may have been lost is said again
SHOWS_PER_SECOND, SHOWS_BURST = 4, 8
ASKS_PER_SECOND, ASKS_BURST = 1, 10  # hands, answers, stops and the like


class Page(Protocol):
    """The socket of a member's page."""

    channel_name: str

    async def tell(self, message: Message) -> None: ...
    async def send_frame(self, *, text: str) -> None: ...


class Desk:
    def __init__(self, seat: Seat, page: Page, rates: Rates) -> None:
        self.seat, self._page = seat, page
        # Of the user: who opens twenty pages sends no more than by one.
        self._asks = rates.bucket("class asks", ASKS_PER_SECOND, ASKS_BURST)
        self._shows = rates.bucket("class shows", SHOWS_PER_SECOND, SHOWS_BURST)
        self._presenting: Presenting | None = None
        self._seen = Seen()
        self._cycling: asyncio.Task[None] | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """Of the channel layer, that the page is in."""
        classroom = self.seat.classroom
        return (
            events.class_group(classroom),
            events.member_group(classroom, self.seat.user_id),
        )

    async def open(self) -> None:
        self._cycling = asyncio.create_task(self._repeat())
        await self._to_class(events.ShowWanted(self.seat.classroom, self._page.channel_name))

    async def close(self) -> None:
        if self._cycling is not None:
            self._cycling.cancel()
        await self.end_show()

    async def cycle(self) -> None:
        """Every few seconds."""
        if self._presenting is not None:
            await self._to_class(self._presenting.alive)
        if self._seen.is_silent(time.monotonic()):
            await self._page.tell(messages.ShowEnded(by=self._seen.by))
            self._seen.forget()

    async def _repeat(self) -> None:
        while True:
            await asyncio.sleep(CYCLE_SECONDS)
            try:
                await self.cycle()
            except Exception:  # of one cycle; the next one says it again
                logger.exception("Keeping a page of class %s failed.", self.seat.classroom)

    # --- From the page ---------------------------------------------------------------------------
    def charge(self) -> None:
        if not self._asks.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)

    @property
    def may_show(self) -> bool:
        return self.seat.may_show

    async def show(self, message: messages.Show) -> None:
        if not self.may_show:
            raise NotAllowed(ReasonCode.CLASS_ROLE)
        if not self._shows.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        if self._presenting is None:
            presenter = self._page.channel_name
            self._presenting = Presenting(
                self.seat.classroom, presenter, self.seat.name, time.time()
            )
        await self._to_class(self._presenting.changed(message))

    async def end_show(self) -> None:
        if self._presenting is not None:
            over, self._presenting = self._presenting.over, None
            await self._to_class(over)

    # --- From other pages ------------------------------------------------------------------------
    async def handle(self, event: events.ClassMessage) -> None:
        match event:
            case events.ShowChanged():
                await self._see(event)
            case events.ShowAlive():
                if self._seen.has_missed(event, time.monotonic()):
                    await self._ask_for_show()
            case events.ShowOver():
                if self._seen.presenter == event.presenter:
                    self._seen.forget()
                    await self._page.tell(messages.ShowEnded(by=event.by))
            case events.ShowWanted():
                if self._presenting is not None and event.page != self._page.channel_name:
                    await messaging.send_to_page(event.page, self._presenting.whole)

    async def _see(self, event: events.ShowChanged) -> None:
        """Others' shows; the page knows its own."""
        if event.presenter == self._page.channel_name:
            return
        if self._seen.take(event, time.monotonic()):
            await self._page.send_frame(text=event.shown)
        elif self._seen.has_missed(event, time.monotonic()):
            await self._ask_for_show()

    async def _ask_for_show(self) -> None:
        await self._to_class(events.ShowWanted(self.seat.classroom, self._page.channel_name))

    async def _to_class(self, event: events.ClassMessage) -> None:
        await messaging.send_to_class(events.class_group(self.seat.classroom), event)

    async def _to_member(self, user: int, event: events.ClassMessage) -> None:
        await messaging.send_to_class(events.member_group(self.seat.classroom, user), event)

    async def _to_staff(self, event: events.ClassMessage) -> None:
        await messaging.send_to_class(events.staff_group(self.seat.classroom), event)
