"""The web side of a terminal: decode, gate, call, encode. Nothing else happens here."""

import asyncio
import logging
from typing import Any

from django.conf import settings

from runner import access, runs
from runner.infrastructure import log_context, messaging
from runner.infrastructure.database import in_database
from runner.protocol import frames, messages
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, NotAllowed, RateLimited, Refused, Unavailable
from runner.terminal.gate.admission import NotAdmitted, admit
from runner.terminal.gate.decoding import decode, protocol_of, sides_of
from runner.terminal.gate.in_class import change_hand, tell_queued
from runner.terminal.gate.language import language_of
from runner.terminal.gate.open_sockets import OpenSockets
from runner.terminal.gate.rate_limit import Rates, charge, cost_of
from runner.terminal.gate.refusals import AlreadyRunning, NoRun, error_of
from runner.terminal.gate.sharing import share_control, wish_of, wish_of_owner
from runner.terminal.gate.socket import Socket
from runner.terminal.link.asking import ask
from runner.terminal.link.run_link import RunLink

logger = logging.getLogger(__name__)
open_sockets = OpenSockets()


class TerminalConsumer(Socket):
    link: RunLink | None = None
    user: Any = None
    rates: Rates
    protocol = 1
    number: int | None = None  # among everybody's open sockets

    async def connect(self) -> None:
        self.user = self.scope.get("user")
        try:
            self.rates, self.number = await admit(self.scope, open_sockets, self.expel)
        except NotAdmitted as refused:
            await self.close(reason=refused.reason_code)
            return
        self.language, self.linking = language_of(self.scope), asyncio.Lock()
        await self.accept()
        self.protocol = protocol_of(self.scope)
        await self.tell(messages.Connected(user=self.user.get_username(), protocol=self.protocol))

    async def leave(self) -> None:
        if self.number is not None:
            open_sockets.leave(self.number)
        if self.link is not None:
            await self.link.close()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.rates.received.wait(cost=cost_of(text_data or bytes_data))
        try:
            asked = self.rates, settings.LIMITS, self.protocol
            await self.obey(decode(text_data, bytes_data, *asked))
        except Refused as refusal:
            await self.refuse(refusal)
        except Exception:
            logger.exception("Handling a message from user %s failed.", self.user)
            await self.refuse(Unavailable(ReasonCode.SERVER_FAILED))

    async def obey(self, message: Any) -> None:
        match message:
            case messages.StartInteractive():
                async with self.linking:
                    await self.start(message)
            case messages.Attach():
                async with self.linking:
                    await self.attach(message)
            case messages.Ping():
                await self.tell(messages.Pong(id=message.id))
            case messages.Ack():
                # Also of a run that is over, whose last output comes before its end.
                if not (self.link or self.followed()).ack(message.offset, message.channel):
                    raise BadMessage(ReasonCode.OUTPUT_NEVER_SENT)
            case messages.SendInput():
                if not await self.controlled().type(message.seq, message.data):
                    raise RateLimited(ReasonCode.INPUT_NOT_READ)
            case frames.InputFrame():
                if not await self.controlled().send_aside(message):
                    raise RateLimited(ReasonCode.INPUT_NOT_READ)
            case messages.Resize():
                await self.controlled().resize(message.rows, message.cols)
            case messages.Stop():
                await self.controlled(stopping=True).stop()
            case messages.RaiseHand() | messages.LowerHand():
                await change_hand(self.user, self.rates, message)
            case messages.RequestControl() | messages.GrantControl() | messages.ReleaseControl():
                await share_control(self.user, self.followed(), message, self.rates, own=self.own)

    async def start(self, message: messages.StartInteractive) -> None:
        if self.link is not None and not self.link.over:
            raise AlreadyRunning(ReasonCode.ALREADY_RUNNING)
        await charge(self.rates.starts, ReasonCode.TOO_MANY_STARTS)
        run, position = await ask(self.user, message, self.channel_name)
        self.own, wish = True, wish_of_owner(self.user, run)
        self.link = self.link_to(run, 0, sides=sides_of(self.protocol), **wish)
        await self.link.begin(position)
        await tell_queued(run)
        logger.info("Run %s was requested.", run.pk, extra={"event": "ask"})

    async def attach(self, message: messages.Attach) -> None:
        busy = self.link is not None and not self.link.over
        if self.link is not None and busy and self.link.control and self.link.run_id != message.run:
            raise AlreadyRunning(ReasonCode.ALREADY_RUNNING)
        await charge(self.rates.attaches, ReasonCode.TOO_MANY_ATTACHES)
        self.user = await in_database(access.still_allowed, self.user)
        run = await in_database(access.attachable_run, self.user, message.run, self.scope)
        if self.link is not None and busy:
            await self.link.close()
        self.own = run.owner_id == self.user.pk
        role = None if self.own else await in_database(access.role_at_run, self.user, run)
        open_sockets.watch(self.number, None if self.own else run.pk, role)
        wish = await in_database(wish_of, self.user, run, message)
        sides = sides_of(self.protocol, message.offsets)
        self.link = self.link_to(run, message.offset, sides=sides, **wish)
        self.link.resume()

    def link_to(self, run: Any, offset: int, **wish: Any) -> RunLink:
        log_context.bind_log_ids(run=run.pk)
        wish |= {"language": run.language, "offset": offset, "reader": self.user.pk}
        return RunLink(run.pk, self.channel_name, self, limits=runs.limits_of(run), **wish)

    def followed(self) -> RunLink:
        if self.link is None or self.link.over:
            raise NoRun(ReasonCode.NO_RUN)
        return self.link

    def controlled(self, *, stopping: bool = False) -> RunLink:
        if not (link := self.followed()).control and not (stopping and self.own and link.lent):
            raise NotAllowed(ReasonCode.NO_CONTROL)
        return link

    async def run_event(self, event: dict[str, Any]) -> None:
        message = messaging.decoded(event)
        async with self.linking:  # an executor may be quicker than the answer of the database
            link = self.link
        if link is not None and message is not None and message.run == str(link.run_id):
            await link.handle(message)

    async def refuse(self, refusal: Refused) -> None:
        run = self.link.run_id if self.link is not None and not self.link.over else None
        await self.answer_refusal(error_of(refusal, run), self.rates.refusals)
