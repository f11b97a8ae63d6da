"""Routes connections: HTTP to Django, WebSockets to their consumers."""

from typing import Any

from channels.auth import AuthMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware, InstanceSessionWrapper, SessionMiddleware
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from runner.infrastructure.heap import keep_what_is_loaded, return_what_is_freed
from runner.infrastructure.http.request_id import RequestId
from runner.infrastructure.server import prompt_writes
from runner.infrastructure.server.backpressure import BackPressure


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """A WebSocket on a path that has none: closed before it is accepted, which is HTTP 403."""
    await send({"type": "websocket.close"})


class ReadSession(SessionMiddleware):  # type: ignore[misc]
    """A socket sends past the session: it never changes it, and each frame would be looked at."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        wrapper = InstanceSessionWrapper(scope, send)
        await wrapper.resolve_session()
        await self.inner(wrapper.scope, receive, send)


def asgi_application() -> ProtocolTypeRouter:
    pages = get_asgi_application()  # sets Django up; models may be imported from here on

    from runner.terminal import TerminalConsumer

    terminal = CookieMiddleware(ReadSession(AuthMiddleware(TerminalConsumer.as_asgi())))
    sockets = URLRouter(
        [
            path("ws/terminal/", terminal),
            re_path("", refuse),  # type: ignore[arg-type]  # a program, not a view
        ]
    )
    prompt_writes.install()
    keep_what_is_loaded()
    return_what_is_freed()
    return ProtocolTypeRouter(
        {"http": RequestId(pages), "websocket": RequestId(BackPressure(sockets))}
    )
