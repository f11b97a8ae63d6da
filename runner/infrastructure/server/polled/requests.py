"""The requests of polled sockets: `POST /terminal/open/`, `poll/`, `send/` and `close/`.

Opening one is a handshake: it costs and is refused what a WebSocket's is. What follows is checked
without the database: it needs the token of the socket and the cookie of the session that opened it,
and the consumer ends when its user has signed out. Each request comes from a page of this site
(`Origin`, CSRF token), at a rate, and holds a place until its answer has been read.
"""

import asyncio
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language_from_request, override
from pydantic import ValidationError

from runner.infrastructure import sentences
from runner.infrastructure.http import way_here
from runner.infrastructure.http.forwarded import Headers
from runner.infrastructure.http.way_here.pages import cause
from runner.infrastructure.server.polled import holder
from runner.infrastructure.server.polled.places import Places
from runner.infrastructure.server.visitors import session_of, visitor_of
from runner.limits import KIB
from runner.protocol.http import HttpError
from runner.protocol.messages import Message
from runner.protocol.polled import (
    POLL_SECONDS,
    Poll,
    PolledClose,
    PolledMessages,
    PolledOpened,
    PolledRefusal,
)
from runner.protocol.reasons import ErrorCode, ReasonCode, known

OPEN = "open"
KINDS: dict[str, Any] = {"poll": Poll, "send": PolledMessages, "close": PolledClose}
# `no-transform`: proxies neither compress nor change it. nginx holds back nothing.
HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Refusal(Exception):
    """`status` 404: open another one; 429 and 503: ask again; else a person has to do something."""

    def __init__(self, status: HTTPStatus, code: ReasonCode, what: str, **figures: int) -> None:
        super().__init__(code)
        self.status, self.code, self.what, self.figures = status, code, what, figures


GONE = Refusal(HTTPStatus.NOT_FOUND, ReasonCode.TERMINAL_GONE, ErrorCode.NOT_FOUND)
WRONG = Refusal(HTTPStatus.BAD_REQUEST, ReasonCode.REQUEST_NOT_UNDERSTOOD, ErrorCode.BAD_MESSAGE)
BUSY = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, ReasonCode.SERVER_BUSY, ErrorCode.UNAVAILABLE)
TOO_MANY = Refusal(
    HTTPStatus.TOO_MANY_REQUESTS, ReasonCode.TOO_MANY_MESSAGES, ErrorCode.RATE_LIMITED
)
TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ReasonCode.REQUEST_TOO_LARGE, ErrorCode.TOO_LARGE
)


class Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        response = HttpResponse(status=HTTPStatus.FORBIDDEN)
        response.reason_phrase = reason
        return response


class PolledSockets:
    """ASGI middleware for HTTP. `sockets`: the application of WebSockets."""

    def __init__(self, application: Any, sockets: Any, path: str) -> None:
        self._application = application
        self._path = path  # of the WebSocket that a polled one stands for
        self._holder = holder.Holder(sockets)
        self._places = Places(settings.LIMITS)
        self._csrf = Csrf(lambda _: HttpResponse())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        kind = _kind(scope)
        if kind is None:
            await self._application(scope, receive, send)
            return
        async with self._places.one(visitor_of(scope)) as free:
            try:
                if not free:
                    raise TOO_MANY
                answer = await self._answer(scope, receive, kind)
                await _send(send, HTTPStatus.OK, answer)
            except Refusal as refusal:
                await _send(send, refusal.status, _worded(scope, refusal))

    async def _answer(self, scope: Any, receive: Any, kind: str) -> Message:
        self._check_page(scope)
        body = await _body(receive, settings.LIMITS.request_bytes)
        session = session_of(scope)
        if kind == OPEN:
            return await self._open(scope, session)
        try:
            asked = KINDS[kind].model_validate_json(body)
            name = holder.name_in(asked.socket, session)
            return await _while_there(receive, self._holder.ask(name, kind, asked, POLL_SECONDS))
        except ValidationError:
            raise WRONG from None
        except holder.Gone:
            raise GONE from None
        except holder.Misused:
            raise WRONG from None
        except holder.Busy:
            raise BUSY from None

    def _check_page(self, scope: Any) -> None:
        """Raises a `Refusal` for a request that no page of this site has sent."""
        request = ASGIRequest(scope | {"headers": _without_form(scope["headers"])}, BytesIO())
        try:
            self._csrf.process_request(request)
            rejected = self._csrf.process_view(request, _nothing, (), {})
        except DisallowedHost:
            code = ReasonCode.HOST_NOT_ALLOWED
        else:
            if rejected is None:
                return
            code, _origin, _host = cause(request, rejected.reason_phrase)
        way_here.log("A terminal by HTTP", code, *_origin_and_host(scope))
        raise Refusal(HTTPStatus.FORBIDDEN, code, "csrf")

    async def _open(self, scope: Any, session: str) -> Message:
        socket = {
            "type": "websocket", "path": self._path, "raw_path": self._path.encode(),
            "query_string": scope.get("query_string", b""), "subprotocols": [],
            "scheme": scope.get("scheme", "http"),
            "headers": scope["headers"], "client": scope.get("client"),
            "server": scope.get("server"), "root_path": "",
        }  # fmt: skip
        name, reason = await self._holder.open(socket)
        if name is not None:
            return PolledOpened(socket=holder.token(name, session))
        code = known(reason) or ReasonCode.SITE_BUSY
        if code is ReasonCode.SITE_BUSY:
            raise BUSY
        figures = {"limit": settings.LIMITS.sockets_per_user}
        what = "signed_out" if code is ReasonCode.SIGNED_OUT else ErrorCode.NOT_ALLOWED
        told = figures if code is ReasonCode.TOO_MANY_TERMINALS else {}
        raise Refusal(HTTPStatus.FORBIDDEN, code, what, **told)


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _kind(scope: Any) -> str | None:
    before, _, kind = scope["path"].rstrip("/").rpartition("/")
    ours = before == f"{settings.URL_PREFIX}/terminal" and (kind == OPEN or kind in KINDS)
    return kind if ours and scope["method"] == "POST" else None


async def _body(receive: Any, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            raise TOO_LARGE
        if not message.get("more_body"):
            return bytes(body)


async def _while_there(receive: Any, answering: Any) -> Message:
    """The answer, unless the browser leaves: then nobody polls."""
    answer, gone = asyncio.ensure_future(answering), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait([answer, gone], return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise GONE
        found: Message = answer.result()
        return found
    finally:
        answer.cancel()
        gone.cancel()


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _without_form(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Django looks for the token in a form, too. There is none, whatever a client says of it: what
    it cannot be read as would be an error of ours."""
    return [(name, value) for name, value in headers if name != b"content-type"]


def _origin_and_host(scope: Any) -> tuple[str, str]:
    headers = dict(scope["headers"])
    return headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode(
        "latin-1"
    )


def _worded(scope: Any, refusal: Refusal) -> PolledRefusal:
    request = ASGIRequest(scope, BytesIO())
    with override(get_language_from_request(request)):
        told = sentences.sentence(refusal.code, refusal.figures)
        return PolledRefusal(
            error=HttpError.model_validate({"code": refusal.what, "message": told}),
            reason_code=refusal.code,
            figures=refusal.figures,
            advice=way_here.advice(refusal.code, *_origin_and_host(scope)),
        )


async def _send(send: Any, status: HTTPStatus, answer: Message) -> None:
    """In two pieces: `PacedResponses` waits until the first one has been read."""
    body = answer.model_dump_json().encode()
    headers = [*HEADERS, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    if len(body) > 16 * KIB:
        await send({"type": "http.response.body", "body": body, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})
