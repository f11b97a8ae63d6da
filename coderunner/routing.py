"""Routes connections: HTTP to Django, WebSockets to their consumers."""

import sys
from typing import Any

from channels.auth import AuthMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import SessionMiddlewareStack
from daphne.ws_protocol import WebSocketFactory
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from runner.infrastructure import heap
from runner.infrastructure.http.forwarded import ClientAddress
from runner.infrastructure.http.request_id import RequestId
from runner.infrastructure.optimisations import Optimisation
from runner.infrastructure.server import access_log, bounded_requests
from runner.infrastructure.server.backpressure import BackPressure
from runner.infrastructure.server.bounded_reads import BoundedProtocol
from runner.infrastructure.server.paced_responses import PacedResponses
from runner.infrastructure.server.prompt_writes import PromptProtocol
from runner.infrastructure.server.url_prefix import UrlPrefix

# Threads that make pages give way to the event loop so soon. Python's own 5 ms are felt in an echo,
# which needs several turns.
SWITCH_SECONDS = 0.0005
TERMINALS = "/ws/terminal/"


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """A WebSocket on a path that has none: closed before it is accepted, which is HTTP 403."""
    await send({"type": "websocket.close"})


def asgi_application() -> ProtocolTypeRouter:
    pages = get_asgi_application()  # sets Django up; models may be imported from here on

    from runner.classroom import ClassConsumer
    from runner.infrastructure.server.handshakes import Handshakes
    from runner.infrastructure.server.page_slots import PageSlots
    from runner.infrastructure.server.polled import PolledSockets
    from runner.rooms import RoomConsumer, RoomTerminal, TicketAuth
    from runner.visitors import VisitorTickets

    optimisations = settings.OPTIMISATIONS
    terminal = SessionMiddlewareStack(AuthMiddleware(TicketAuth(RoomTerminal.as_asgi())))
    of_visitors = VisitorTickets(terminal)
    classroom = SessionMiddlewareStack(AuthMiddleware(ClassConsumer.as_asgi()))
    room = SessionMiddlewareStack(AuthMiddleware(TicketAuth(RoomConsumer.as_asgi())))
    sockets = URLRouter(
        [
            path(TERMINALS.lstrip("/"), of_visitors),  # type: ignore[arg-type]
            path("ws/class/<int:classroom>/", classroom),
            path("ws/room/<int:room>/", room),
            re_path("", refuse),  # type: ignore[arg-type]  # a program, not a view
        ]
    )
    handshakes = Handshakes(sockets)  # of WebSockets and of what stands for them
    polled = PolledSockets(PageSlots(pages), handshakes, TERMINALS)
    prompt = Optimisation.PROMPT_WRITES in optimisations
    WebSocketFactory.protocol = PromptProtocol if prompt else BoundedProtocol
    limits = settings.LIMITS
    bounded_requests.install(limits.request_bytes, limits.data_request_bytes)
    access_log.install()
    heap.prepare(optimisations)
    sys.setswitchinterval(SWITCH_SECONDS)
    return ProtocolTypeRouter(
        {
            "http": PacedResponses(RequestId(ClientAddress(UrlPrefix(polled)))),
            "websocket": RequestId(ClientAddress(BackPressure(UrlPrefix(handshakes)))),
        }
    )
