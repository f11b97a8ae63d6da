"""Which program answers which connection."""

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from coderunner.backpressure import BackPressure
from coderunner.request_id import RequestId


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """A WebSocket on a path that has none: closed before it is accepted, which is HTTP 403."""
    await send({"type": "websocket.close"})


def asgi_application() -> ProtocolTypeRouter:
    pages = get_asgi_application()  # sets Django up; models may be imported from here on

    from runner.terminal.consumer import TerminalConsumer

    sockets = URLRouter(
        [
            path("ws/terminal/", AuthMiddlewareStack(TerminalConsumer.as_asgi())),
            re_path("", refuse),  # type: ignore[arg-type]  # a program, not a view
        ]
    )
    return ProtocolTypeRouter(
        {"http": RequestId(pages), "websocket": RequestId(BackPressure(sockets))}
    )
