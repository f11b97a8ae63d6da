"""The terminal of a visitor, who has a ticket and no account."""

import asyncio
import contextlib
import logging
from collections import Counter
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from runner import access, runs
from runner.infrastructure.database import in_database
from runner.infrastructure.http.forwarded import is_secure
from runner.infrastructure.metrics import VISITOR_RUNS
from runner.protocol import messages
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.run_state import Outcome
from runner.terminal import (
    SOCKET_WAIT_SECONDS,
    WAITING,
    AlreadyRunning,
    TerminalConsumer,
    charge,
    language_of,
    rates_of,
)
from runner.visitors import places, visits

logger = logging.getLogger(__name__)
SOCKETS, SOCKETS_OF_NETWORK, SOCKETS_OF_VISITOR = 500, 100, 2  # of this web worker
SOCKET_SECONDS = 1800.0  # then the page opens another one, if it is there still
MOST_QUERY_BYTES = 2000  # that are looked at
OPEN_TO_VISITORS = (
    messages.Ack, messages.Ping, messages.Resize, messages.SendInput, messages.Stop,
)  # fmt: skip

_open: Counter[str] = Counter()  # sockets, by visitor and by network


class Somebody:
    """In place of a user, for what every terminal says of its own."""

    def __init__(self, number: int) -> None:
        self.pk = number

    def get_username(self) -> str:
        return "visitor"


class VisitorTerminal(TerminalConsumer):
    visitor: visits.Visitor | None = None
    closing: asyncio.TimerHandle | None = None

    async def connect(self) -> None:
        visitor: visits.Visitor | None = self.scope["visitor"]
        allowed = settings.VISITORS != "off" and not self._from_elsewhere()
        if visitor is None or not allowed or _full(visitor):
            await self.close()
            return
        # Counted before it waits: of many that come in one instant, all would find a place.
        self.visitor, self.user = visitor, Somebody(visitor.number)
        _open.update((visitor.name, visitor.network, ""))
        self.rates = rates_of(visitor.number, settings.LIMITS)
        if not await self.rates.sockets.wait(SOCKET_WAIT_SECONDS, WAITING):
            await self.close()
            return
        self.language, self.linking = language_of(self.scope), asyncio.Lock()
        await self.accept()
        self.closing = asyncio.get_running_loop().call_later(SOCKET_SECONDS, self.end)
        await self.tell(messages.Connected(user=self.user.get_username(), protocol=self.protocol))

    def _from_elsewhere(self) -> bool:
        """Whether no page of this site has opened it: frames are such pages."""
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        origin, host = headers.get(b"origin", ""), headers.get(b"host", "")
        return access.origin_problem(origin, host, secure=is_secure(self.scope)) is not None

    async def leave(self) -> None:
        if self.closing is not None:
            self.closing.cancel()
        if self.visitor is not None:
            for name in (self.visitor.name, self.visitor.network, ""):
                _open[name] -= 1
                if not _open[name]:
                    del _open[name]
        if self.link is not None and not self.link.over:
            await self._leave_queue()
        await super().leave()

    async def _leave_queue(self) -> None:
        """A program that nobody waits for any more does not start. One that runs ends soon: see
        `visitor_detach_seconds`."""
        assert self.link is not None
        with contextlib.suppress(DatabaseError, InterfaceError):
            await in_database(_end_queued, self.link.run_id, self.channel_name)

    async def obey(self, message: Any) -> None:
        match message:
            case messages.StartInteractive() | messages.Attach():
                await super().obey(message)
            case _ if isinstance(message, OPEN_TO_VISITORS):
                await super().obey(message)
            case _:
                raise NotAllowed(ReasonCode.VISITORS_CANNOT)

    async def start(self, message: messages.StartInteractive) -> None:
        if self.link is not None and not self.link.over:
            raise AlreadyRunning(ReasonCode.ALREADY_RUNNING)
        assert self.visitor is not None
        await charge(self.rates.starts, ReasonCode.TOO_MANY_STARTS)
        await in_database(places.check_start, self.visitor.place, message)
        visit = runs.Visit(self.visitor.name, self.visitor.network)
        run, position = await runs.create_visitor_run(visit, message, self.channel_name)
        VISITOR_RUNS.inc()
        self.link = self._follow(run, 0)
        await self.link.begin(position)

    async def attach(self, message: messages.Attach) -> None:
        """To the visitor's own run, after a gap in the connection."""
        assert self.visitor is not None
        await charge(self.rates.attaches, ReasonCode.TOO_MANY_ATTACHES)
        run = await in_database(access.visitors_run, self.visitor.name, message.run)
        if self.link is not None and not self.link.over:
            await self.link.close()
        # Before it is told anything: who is told `queued` relies on it, and the run would end with
        # the socket that the database still knows.
        asked_at = run.viewer_asked_at or run.created_at
        await in_database(runs.wait_for, run.pk, self.channel_name, asked_at)
        self.link = self._follow(run, message.offset)
        self.link.resume()

    def _follow(self, run: Any, offset: int) -> Any:
        wish = {"control": True, "asked_at": run.viewer_asked_at, "own": True}
        return self.link_to(run, offset, **wish)


def _end_queued(run_id: UUID, viewer: str) -> None:
    """Unless the visitor's other socket waits for it, after a gap in the connection of this one."""
    runs.finish_queued(run_id, Outcome.STOPPED, ReasonCode.STOPPED, viewer=viewer)


def _full(visitor: visits.Visitor) -> bool:
    return (
        _open[""] >= SOCKETS
        or _open[visitor.network] >= SOCKETS_OF_NETWORK
        or _open[visitor.name] >= SOCKETS_OF_VISITOR
    )


class VisitorTickets:
    """ASGI middleware: a socket with a visitor's ticket is that visitor's, and nobody asks for a
    session, whoever the browser is signed in as. All others go on to `application`."""

    def __init__(self, application: Any) -> None:
        self._application, self._visitors = application, VisitorTerminal.as_asgi()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        query = scope.get("query_string", b"")[:MOST_QUERY_BYTES].decode("latin-1")
        ticket = parse_qs(query).get("ticket", [""])[-1]
        if not ticket.startswith(visits.TICKET_PREFIX):
            await self._application(scope, receive, send)
            return
        address, *_ = scope.get("client") or [""]
        visitor = await visits.visitor_by_ticket(ticket, visits.network_of(str(address)))
        await self._visitors({**scope, "visitor": visitor, "user": None}, receive, send)
