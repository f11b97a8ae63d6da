"""How many pages a web worker makes at once.

Each has a thread and a connection to the database, and Python runs one thread at a time: more would
only hold up terminals, and take connections from executors. Others wait in the order of arrival, so
many for each visitor, so that one who asks for hundreds does not hold up the rest.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.utils.translation import get_language_from_request, override

from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.any_host import FOR_MACHINES
from runner.infrastructure.server.visitors import Paces, visitor_of
from runner.limits import Limits
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Unavailable

RETRY_SECONDS = 2


class Busy(Exception):
    """Too many wait, or this one has waited too long."""


class Slots:
    """Of one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.pages_at_once)
        self._paces = Paces(limits.page_requests_per_second, limits.page_requests_burst)
        self._of: defaultdict[bytes, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.pages_at_once_per_visitor)
        )
        self._there: Counter[bytes] = Counter()  # waiting or being served

    @asynccontextmanager
    async def one(self, visitor: bytes, *, paced: bool) -> AsyncIterator[None]:
        limits = self._limits
        most = limits.pages_at_once_per_visitor + limits.pages_waiting_per_visitor
        if self._there[visitor] >= most or self._there.total() >= limits.pages_waiting:
            raise Busy
        self._there[visitor] += 1
        try:
            pace = self._paces.of(visitor)
            if paced and not await pace.wait(limits.page_wait_seconds):
                raise Busy
            async with self._taken(self._of[visitor]), self._taken(self._all):
                yield
        finally:
            self._there[visitor] -= 1
            if not self._there[visitor]:
                del self._there[visitor]
                self._of.pop(visitor, None)

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
    """ASGI middleware. Monitors have slots of their own: a worker that is busy is not dead."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._pages, self._machines = Slots(settings.LIMITS), Slots(settings.LIMITS)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        slots = self._machines if scope["path"] in FOR_MACHINES else self._pages
        try:
            visitor, has_session = visitor_of(scope)
            # Files of the site itself cost little, and a page that is loaded anew needs 40.
            paced = has_session and not scope["path"].startswith(settings.STATIC_URL)
            async with slots.one(visitor, paced=paced):
                await self._application(scope, receive, send)
        except Busy:
            await _refuse(scope, send)


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
