"""The socket of a room's page: decode, gate, call, encode. Nothing else."""

import logging
from typing import Any

from django.conf import settings

from runner.infrastructure.database import in_database
from runner.models import MAX_UPDATE_BYTES
from runner.protocol.messages import Ping, Pong
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import (
    BadMessage,
    NotAllowed,
    RateLimited,
    Refused,
    TooLarge,
    Unavailable,
)
from runner.protocol.rooms import channel, frames, messages
from runner.rooms.desk import RoomDesk, seat_of
from runner.terminal import NotAdmitted, Rates, Socket, admit, error_of, language_of, open_sockets

logger = logging.getLogger(__name__)
COST_BYTES = 4096  # of a message that count as one more
FULL_CODE = 4409  # close code for a page more than a room admits: it may try again


class RoomConsumer(Socket):
    desk: RoomDesk | None = None
    rates: Rates
    number: int | None = None  # among everybody's open sockets

    async def connect(self) -> None:
        room = int(self.scope["url_route"]["kwargs"]["room"])
        most = settings.LIMITS.pages_per_room
        try:
            admitted = await admit(
                self.scope, open_sockets, self.expel, room=room, most_in_room=most
            )
            self.rates, self.number = admitted
            seat = await in_database(seat_of, self.scope["user"], room)
        except (NotAdmitted, Refused) as refused:
            await self.refuse(refused.reason_code, most)
            return
        self.language = language_of(self.scope)
        self.desk = RoomDesk(seat, self, self.rates)
        await self.channel_layer.group_add(self.desk.group, self.channel_name)
        await self.accept()
        await self.desk.open()

    async def refuse(self, reason: ReasonCode, most: int) -> None:
        """A browser tells a page nothing of a refused handshake: a member reads that it is full."""
        if reason != ReasonCode.ROOM_MEMBERS:
            await self.close(reason=reason)
            return
        self.language = language_of(self.scope)
        await self.accept()
        await self.tell(error_of(NotAllowed(reason, limit=most), None))
        await self.close(FULL_CODE)

    async def leave(self) -> None:
        if self.number is not None:
            open_sockets.leave(self.number)
        if self.desk is not None:
            await self.channel_layer.group_discard(self.desk.group, self.channel_name)
            await self.desk.close()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.desk is None:
            return  # of a page that was refused
        size = len(text_data or bytes_data or "")
        await self.rates.received.wait(cost=1 + size // COST_BYTES)  # who sends faster waits
        try:
            if not self.rates.messages.take():
                raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
            await self.obey(decoded(text_data, bytes_data))
        except Refused as refusal:
            await self.answer_refusal(error_of(refusal, None), self.rates.refusals)
        except Exception:
            logger.exception("Handling a message from user %s failed.", self.scope["user"])
            failed = error_of(Unavailable(ReasonCode.SERVER_FAILED), None)
            await self.answer_refusal(failed, self.rates.refusals)

    async def obey(self, message: Any) -> None:
        assert self.desk is not None  # see `receive`
        match message:
            case frames.SentUpdate():
                await self.desk.store_update(message)
            case messages.SyncRoom():
                await self.desk.sync(message)
            case messages.MoveCursor():
                await self.desk.move_cursor(message)
            case messages.SayLine():
                await self.desk.say(message.text)
            case Ping():
                await self.tell(Pong(id=message.id))

    async def room_event(self, event: dict[str, Any]) -> None:
        try:
            message = channel.decode(event)
        except (KeyError, TypeError):
            return  # a process of another version
        if self.desk is not None and self.accepted:
            await self.desk.handle(message)


def decoded(text: str | None, data: bytes | None) -> Any:
    """A message or an update. Raises a `Refused`."""
    if text is None:
        return _update(data or b"")
    most = settings.LIMITS.text_frame_bytes
    if len(text.encode(errors="surrogatepass")) > most:
        raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=most)
    return messages.decode(text)


def _update(data: bytes) -> frames.SentUpdate:
    if len(data) > frames.SENT_HEADER_BYTES + MAX_UPDATE_BYTES:
        raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=MAX_UPDATE_BYTES)
    try:
        return frames.decode_sent(data)
    except ValueError as error:
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem=str(error)) from error
