"""How many pages a web worker makes at once.

Each has a thread and a connection to the database, and Python runs one thread at a time: more would
only hold up terminals, and take connections from executors. Others wait in the order of arrival, so
many for each visitor, so that one who asks for hundreds does not hold up the rest. A session
without a proof may be one of any number of made-up ones: such sessions get half of all slots, and
those of one address cannot take all places to wait in. Sessions with a proof wait in places of
their own, and all those of a user are one visitor: who signs in and out again and again collects
proofs, which outlive their sessions.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.utils.translation import get_language_from_request, override

from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.any_host import FOR_MACHINES
from runner.infrastructure.server.visitors import Paces, Visitor, visitor_of
from runner.limits import Limits
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Unavailable

RETRY_SECONDS = 2
ALL_VISITS = b"visits"
REFUSED_SECONDS, HELD = 4.0, 2000  # refusals that are held: who asks again at once costs more
# Of an address, with sessions that have no proof: a class that signs in sends 200.
UNKNOWN_PER_SECOND, UNKNOWN_BURST = 50, 300
# Of people without an account who want to run a program, all together: two for each program, of
# which an executor starts four in a second. A class of 120 may press Run in the same instant.
VISITS, VISITS_PER_SECOND, VISITS_BURST = "/try/", 10, 240
VISITS_WAITING, VISITS_OF_ADDRESS, VISIT_SECONDS = 600, 450, 8  # a page waits for ten


class Busy(Exception):
    """Too many wait, or this one has waited too long."""


class Slots:
    """Of one event loop. `share`: of the slots, that sessions without a proof may take."""

    def __init__(self, limits: Limits, share: float) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.pages_at_once)
        self._paces = Paces(limits.page_requests_per_second, limits.page_requests_burst)
        self._unknown_paces = Paces(UNKNOWN_PER_SECOND, UNKNOWN_BURST)
        self._of: defaultdict[bytes, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.pages_at_once_per_visitor)
        )
        self._unknown = asyncio.Semaphore(max(1, int(limits.pages_at_once * share)))
        # Waiting or being served; by name, and by group of those who are known or are not:
        self._there: Counter[bytes] = Counter()
        self._groups: dict[bool, Counter[bytes]] = {True: Counter(), False: Counter()}

    @asynccontextmanager
    async def one(self, visitor: Visitor) -> AsyncIterator[None]:
        name = visitor.name
        groups = self._groups[visitor.is_known]
        if self._full(visitor):
            raise Busy
        self._there[name] += 1
        groups[visitor.group] += 1
        try:
            if visitor.has_session:
                await self._turn(visitor)
            async with self._taken(self._of[name]), self._slot(visitor):
                yield
        finally:
            groups[visitor.group] -= 1
            if not groups[visitor.group]:
                del groups[visitor.group]
            self._there[name] -= 1
            if not self._there[name]:
                del self._there[name]
                self._of.pop(name, None)

    async def _turn(self, visitor: Visitor) -> None:
        paces = [self._paces.of(visitor.name)]
        if not visitor.is_known:
            paces.append(self._unknown_paces.of(visitor.group))
        for pace in paces:
            if not await pace.wait(self._limits.page_wait_seconds):
                raise Busy

    def _full(self, visitor: Visitor) -> bool:
        limits, groups = self._limits, self._groups[visitor.is_known]
        most = limits.pages_at_once_per_visitor + limits.pages_waiting_per_visitor
        return (
            self._there[visitor.name] >= most
            or groups[visitor.group] >= limits.pages_waiting_per_group
            or groups.total() >= limits.pages_waiting
        )

    @asynccontextmanager
    async def _slot(self, visitor: Visitor) -> AsyncIterator[None]:
        async with AsyncExitStack() as taken:
            if not visitor.is_known:
                await taken.enter_async_context(self._taken(self._unknown))
            await taken.enter_async_context(self._taken(self._all))
            yield

    @asynccontextmanager
    async def _taken(self, slots: asyncio.Semaphore) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limits.page_wait_seconds):
                await slots.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            yield
        finally:
            slots.release()


class PageSlots:
    """ASGI middleware. Monitors have slots of their own: a worker that is busy is not dead. So have
    files of the site itself: they cost little, and a class that opens the page to sign in asks for
    hundreds, from one address and without a session."""

    def __init__(self, application: Any) -> None:
        self._application = application
        limits = settings.LIMITS
        self._pages, self._machines = Slots(limits, 1 / 2), Slots(limits, 1)
        self._files = Slots(_of_files(limits), 3 / 4)
        self._visits = Slots(_of_visits(limits), 1)
        self._held = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        is_file = path.startswith(settings.STATIC_URL)
        own_path = path.removeprefix(settings.URL_PREFIX)
        is_machine = own_path in FOR_MACHINES
        is_visit = scope.get("method") == "POST" and own_path.startswith(VISITS)
        slots = self._machines if is_machine else self._files if is_file else self._pages
        visitor = visitor_of(scope)
        if is_visit:
            slots, visitor = self._visits, visitor_of({**scope, "headers": []})
            visitor = visitor._replace(name=ALL_VISITS, has_session=True, is_known=True)
        elif slots is not self._pages:  # sessions play no part there
            visitor = visitor._replace(name=visitor.group, has_session=False)
        elif visitor.is_known:
            visitor = visitor._replace(name=visitor.group)
        try:
            async with AsyncExitStack() as place:
                await place.enter_async_context(slots.one(visitor))
                sent = send if is_file else _leaving(place, send)
                await self._application(scope, receive, sent)
        except Busy:
            await self._hold()
            await _refuse(scope, send)

    async def _hold(self) -> None:
        if self._held < HELD:
            self._held += 1
            try:
                await asyncio.sleep(REFUSED_SECONDS)
            finally:
                self._held -= 1


def _leaving(place: AsyncExitStack, send: Any) -> Any:
    """Gives the place back before the response is sent: a client may read as slowly as it likes.

    What is done after it (mail, see `after_response.py`) has rates of its own, and would tell the
    next request how long it took."""

    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await place.aclose()
        await send(message)

    return sent


def _of_files(limits: Limits) -> Limits:
    """A file is in memory until its client has read it, so it keeps its place for so long, and
    a user or an address gets half of the places."""
    waiting = limits.files_waiting
    return replace(
        limits,
        pages_at_once=limits.files_at_once,
        pages_at_once_per_visitor=limits.files_at_once // 2,
        pages_waiting_per_visitor=waiting // 2,
        pages_waiting_per_group=waiting // 2,
        pages_waiting=waiting,
    )


def _of_visits(limits: Limits) -> Limits:
    """One at a time, at a pace that they share: terminals are not to feel them."""
    return replace(
        limits,
        pages_at_once=1,
        pages_at_once_per_visitor=1,
        page_requests_per_second=VISITS_PER_SECOND,
        page_requests_burst=VISITS_BURST,
        pages_waiting=VISITS_WAITING,
        pages_waiting_per_group=VISITS_OF_ADDRESS,
        pages_waiting_per_visitor=VISITS_WAITING,
        page_wait_seconds=VISIT_SECONDS,
    )


async def _refuse(scope: Any, send: Any) -> None:
    """Without the templates of a page: this costs next to nothing."""
    request = ASGIRequest(scope, BytesIO())
    refused = Unavailable(ReasonCode.SERVER_BUSY)
    with override(get_language_from_request(request)):
        if json_api.is_preferred(request):
            response: HttpResponse = json_api.refusal(refused)
        else:
            text = sentences.of_refusal(refused)
            response = HttpResponse(text, "text/plain; charset=utf-8", status=503)
    headers = [(b"content-type", response["Content-Type"].encode())]
    headers += [(b"retry-after", b"%d" % RETRY_SECONDS), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
