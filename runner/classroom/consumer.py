"""The socket of a member's page of a class: decode, gate, call, encode. Nothing else."""

import logging
from typing import Any

from django.conf import settings

from runner.classroom.desk import Desk
from runner.classroom.student_desk import StudentDesk
from runner.classroom.teacher_desk import TeacherDesk
from runner.infrastructure.database import in_database
from runner.protocol.classes import channel as class_channel
from runner.protocol.classes import messages
from runner.protocol.messages import Ping, Pong
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, RateLimited, Refused, TooLarge, Unavailable
from runner.seats import joined, seat_of
from runner.terminal import (
    NotAdmitted,
    Rates,
    Socket,
    admit,
    cost_of,
    error_of,
    language_of,
    open_sockets,
)

logger = logging.getLogger(__name__)


class ClassConsumer(Socket):
    desk: TeacherDesk | StudentDesk | None = None
    rates: Rates
    number: int | None = None  # among everybody's open sockets

    async def connect(self) -> None:
        classroom = int(self.scope["url_route"]["kwargs"]["classroom"])
        try:
            admitted = await admit(self.scope, open_sockets, self.expel, classroom)
            self.rates, self.number = admitted
            seat = await in_database(seat_of, self.scope["user"], classroom)
        except (NotAdmitted, Refused) as refused:
            await self.close(reason=refused.reason_code)
            return
        self.language = language_of(self.scope)
        self.desk = (TeacherDesk if seat.may_watch else StudentDesk)(seat, self, self.rates)
        await self.join(self.desk)
        await self.accept()
        await self.tell(joined(seat))
        await self.desk.open()

    async def join(self, desk: Desk) -> None:
        for group in desk.groups:
            await self.channel_layer.group_add(group, self.channel_name)

    async def leave(self) -> None:
        if self.number is not None:
            open_sockets.leave(self.number)
        if self.desk is not None:
            for group in self.desk.groups:
                await self.channel_layer.group_discard(group, self.channel_name)
            await self.desk.close()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.rates.received.wait(cost=cost_of(text_data or bytes_data))
        try:
            await self.obey(self.decoded(text_data))
        except Refused as refusal:
            await self.answer_refusal(error_of(refusal, None), self.rates.refusals)
        except Exception:
            logger.exception("Handling a message from user %s failed.", self.scope["user"])
            failed = error_of(Unavailable(ReasonCode.SERVER_FAILED), None)
            await self.answer_refusal(failed, self.rates.refusals)

    def decoded(self, text: str | None) -> Any:
        if text is None:
            raise BadMessage(ReasonCode.BINARY_FRAME)
        most = settings.LIMITS.text_frame_bytes
        if len(text.encode(errors="surrogatepass")) > most:
            raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=most)
        if not self.rates.messages.take():
            raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
        return messages.decode(text)

    async def obey(self, message: Any) -> None:
        assert self.desk is not None
        match message:
            case Ping():
                await self.tell(Pong(id=message.id))
            case messages.Show():
                await self.desk.show(message)
            case messages.EndShow():
                await self.desk.end_show()
            case _:
                await self.desk.obey(message)

    async def class_event(self, event: dict[str, Any]) -> None:
        try:
            message = class_channel.decode(event)
        except (KeyError, TypeError):
            return  # a process of another version
        if self.desk is not None and self.accepted:
            await self.desk.handle(message)
