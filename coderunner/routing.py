"""Routes connections: HTTP to Django, WebSockets to their consumers."""

from typing import Any

from channels.auth import AuthMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from runner.infrastructure import heap
from runner.infrastructure.http.forwarded import ClientAddress
from runner.infrastructure.http.request_id import RequestId
from runner.infrastructure.optimisations import Optimisation
from runner.infrastructure.server import prompt_writes
from runner.infrastructure.server.backpressure import BackPressure


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """A WebSocket on a path that has none: closed before it is accepted, which is HTTP 403."""
    await send({"type": "websocket.close"})


def asgi_application() -> ProtocolTypeRouter:
    pages = get_asgi_application()  # sets Django up; models may be imported from here on

    from runner.terminal import TerminalConsumer

    optimisations = settings.OPTIMISATIONS
    terminal = SessionMiddlewareStack(AuthMiddleware(TerminalConsumer.as_asgi()))
    sockets = URLRouter(
        [
            path("ws/terminal/", terminal),
            re_path("", refuse),  # type: ignore[arg-type]  # a program, not a view
        ]
    )
    if Optimisation.PROMPT_WRITES in optimisations:
        prompt_writes.install()
    heap.prepare(optimisations)
    return ProtocolTypeRouter(
        {
            "http": RequestId(ClientAddress(pages)),
            "websocket": RequestId(ClientAddress(BackPressure(sockets))),
        }
    )
