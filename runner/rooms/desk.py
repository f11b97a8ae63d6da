"""One open page of a room: what it has been sent, and what it says to the others.

The page gets updates in their order, each once: what is missing between two of them is read from
the database. So a page never sees what the channel layer has lost, doubled or mixed up.
"""

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from accounts.models import User
from runner import access
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.models import MAX_UPDATE_BYTES, RoomRole
from runner.protocol.messages import Message
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, RateLimited, TooLarge
from runner.protocol.rooms import channel, frames, messages
from runner.rooms import store
from runner.rooms.keeper import keeper
from runner.rooms.presence import Presence
from runner.rooms.reading.costs import Costs
from runner.terminal import Rates

CURSORS_PER_SECOND, CURSORS_BURST = 12, 24  # pages send 10
LINES_PER_SECOND, LINES_BURST = 1, 5
SYNCS_PER_SECOND, SYNCS_BURST = 1, 20  # a worker that has gone: all pages come back


@dataclass(frozen=True, slots=True)
class Seat:
    room: int
    user: User
    name: str
    role: RoomRole
    epoch: int
    seq: int


def seat_of(user: User, room_id: int) -> Seat:
    room, role = access.room(user, room_id)
    return Seat(room.pk, user, store.name_of(user), role, room.epoch, room.seq)


class Browser(Protocol):
    async def tell(self, message: Message) -> None: ...
    async def send_frame(self, *, bytes: bytes) -> None: ...


class RoomDesk:
    def __init__(self, seat: Seat, browser: Browser, rates: Rates) -> None:
        self.seat, self._browser = seat, browser
        self.page = secrets.token_hex(6)
        self._epoch, self._sent = seat.epoch, 0
        self._synced = False  # the page has asked for updates
        self._sending = asyncio.Lock()
        self._since = time.time()
        self._presence = Presence()
        # Of the user: who opens twenty pages sends no more than by one.
        self._cursors = rates.bucket("room cursors", CURSORS_PER_SECOND, CURSORS_BURST)
        self._lines = rates.bucket("room lines", LINES_PER_SECOND, LINES_BURST)
        self._syncs = rates.bucket("room syncs", SYNCS_PER_SECOND, SYNCS_BURST)
        self._costs = Costs(seat.room, rates)
        self._run: tuple[str, str] | None = None
        self._saved: messages.RoomSaved | None = None
        self._timer: tuple[float | None, float | None] | None = None

    @property
    def group(self) -> str:
        return channel.room_group(self.seat.room)

    async def open(self) -> None:
        keeper.enter(self.seat.room, self)
        await self._browser.tell(self._joined(self.seat.seq))
        for line in await in_database(store.lines_of, self.seat.room):
            user = line.author.get_username()
            await self._tell_line(line.pk, user, line.name, line.text, line.at.timestamp())
        state = await in_database(store.state, self.seat.room)
        if state is not None:
            await self._tell_of(state)
        await self._to_room(self._here)
        await self._to_room(channel.PagesWanted(self.seat.room))

    async def close(self) -> None:
        keeper.leave(self.seat.room, self)
        await self._to_room(channel.PageGone(self.seat.room, self.page))

    # --- From the page ---------------------------------------------------------------------------
    async def sync(self, message: messages.SyncRoom) -> None:
        if not self._syncs.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        async with self._sending:
            self._synced = True
            self._sent = message.seq if message.epoch == self._epoch else 0
            await self._send_missing()

    async def store_update(self, update: frames.SentUpdate) -> None:
        """Raises a `Refused`."""
        if self.seat.role not in access.EDITING:
            raise NotAllowed(ReasonCode.ROOM_ROLE)
        if len(update.data) > MAX_UPDATE_BYTES:
            raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=MAX_UPDATE_BYTES)
        await self._costs.look_at(update.data)
        room = self.seat.room
        seq = await in_database(store.append, room, update.epoch, self.seat.user, update.data)
        await self._browser.tell(messages.Confirmed(number=update.number, seq=seq))
        stored = channel.UpdateStored(room, update.epoch, seq, self.page, update.data)
        await self._to_room(stored)

    async def move_cursor(self, message: messages.MoveCursor) -> None:
        if not self._cursors.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        place = message.file, message.anchor, message.head
        await self._to_room(channel.CursorAt(self.seat.room, self.page, *place))

    async def say(self, text: str) -> None:
        if not self._lines.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        line = await in_database(store.say, self.seat.room, self.seat.user, text)
        user = self.seat.user.get_username()
        said = line.pk, user, line.name, line.text, line.at.timestamp()
        await self._to_room(channel.LineStored(self.seat.room, *said))

    # --- From other pages, and from the keeper ---------------------------------------------------
    async def handle(self, event: channel.RoomMessage) -> None:
        match event:
            case channel.UpdateStored():
                await self._pass_on(event)
            case channel.PageHere():
                self._presence.here(event, time.monotonic())
                await self._tell_people()
            case channel.PageGone():
                self._presence.gone(event.page)
                await self._tell_people()
            case channel.PagesWanted():
                await self._to_room(self._here)
            case channel.CursorAt() if event.page != self.page and self._presence.knows(event.page):
                place = {"file": event.file, "anchor": event.anchor, "head": event.head}
                await self._browser.tell(messages.CursorMoved(page=event.page, **place))
            case channel.LineStored():
                await self._tell_line(event.id, event.user, event.name, event.text, event.at)
            case channel.RunBegun():
                await self._tell_run(event.run, event.user, event.name)

    async def note_state(self, state: store.RoomState) -> None:
        """What may have been lost."""
        async with self._sending:
            if self._synced and (state.epoch, state.seq) > (self._epoch, self._sent):
                await self._send_missing()
        await self._tell_of(state)
        await self._to_room(self._here)
        await self._tell_people()

    async def _pass_on(self, event: channel.UpdateStored) -> None:
        async with self._sending:
            if not self._synced or (event.epoch, event.seq) <= (self._epoch, self._sent):
                return
            if event.epoch != self._epoch or event.seq != self._sent + 1:
                await self._send_missing()
                return
            self._sent = event.seq
            if event.page != self.page:  # it has its own
                await self._send(event.seq, event.data)

    async def _send_missing(self) -> None:
        epoch, updates = await in_database(store.since, self.seat.room, self._sent)
        if epoch != self._epoch:
            await self._begin(epoch)
            epoch, updates = await in_database(store.since, self.seat.room, 0)
        for update in updates:
            self._sent = update.seq
            await self._send(update.seq, update.data)
        await self._browser.tell(messages.Synced(epoch=epoch, seq=self._sent))

    async def _begin(self, epoch: int) -> None:
        """The page drops its document: the next updates are those of another one."""
        self._epoch, self._sent = epoch, 0
        await self._browser.tell(self._joined(0))

    async def _send(self, seq: int, data: bytes) -> None:
        await self._browser.send_frame(bytes=frames.encode_told(self._epoch, seq, data))

    # --- What the page is told -------------------------------------------------------------------
    def _joined(self, seq: int) -> messages.RoomJoined:
        seat = self.seat
        return messages.RoomJoined(
            id=seat.room,
            page=self.page,
            user=seat.user.get_username(),
            name=seat.name,
            role=seat.role.value,
            guest=access.is_guest(seat.user),
            epoch=self._epoch,
            seq=seq,
            now=time.time(),
        )

    async def _tell_of(self, state: store.RoomState) -> None:
        saved = messages.RoomSaved(seq=state.stored_seq, problem=state.not_stored)
        if saved != self._saved:
            self._saved = saved
            await self._browser.tell(saved)
        if state.minutes is not None:
            await self._tell_timer(
                state.minutes, _seconds(state.started_at), _seconds(state.ends_at)
            )
        if state.run:
            await self._tell_run(state.run, state.run_user, state.run_name)

    async def _tell_timer(self, minutes: int, started: float | None, ends: float | None) -> None:
        if self._timer != (started, ends):
            self._timer = started, ends
            times = {"started_at": started, "ends_at": ends, "now": time.time()}
            await self._browser.tell(messages.InterviewTimer(minutes=minutes, **times))

    async def _tell_run(self, run: str, user: str, name: str) -> None:
        if self._run != (run, user):
            self._run = run, user
            await self._browser.tell(messages.RoomRun(run=UUID(run), user=user, name=name))

    async def _tell_people(self) -> None:
        if (people := self._presence.news(time.monotonic())) is not None:
            await self._browser.tell(people)

    async def _tell_line(self, number: int, user: str, name: str, text: str, at: float) -> None:
        line = messages.LineSaid(id=number, user=user, name=name, text=text, at=at)
        await self._browser.tell(line)

    @property
    def _here(self) -> channel.PageHere:
        seat = self.seat
        user, guest = seat.user.get_username(), access.is_guest(seat.user)
        said = self.page, user, seat.name, seat.role.value, guest, self._since
        return channel.PageHere(seat.room, *said)

    async def _to_room(self, message: channel.RoomMessage) -> None:
        await messaging.send_to_room(message)


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at is not None else None
