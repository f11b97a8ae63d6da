"""Back-pressure for responses that are sent in pieces: Daphne would hold in memory whatever a
client does not read."""

import asyncio
from typing import Any

from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer  # type: ignore[import-untyped]

STALLED_SECONDS = 60.0  # a client that reads nothing for so long is cut off


@implementer(IPushProducer)
class ResponseOutlet:
    """Twisted calls this when the send buffer of the connection is full, and when it has room."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._open = asyncio.Event()
        self._open.set()
        request.registerProducer(self, True)

    def pauseProducing(self) -> None:
        self._open.clear()

    def resumeProducing(self) -> None:
        self._open.set()

    def stopProducing(self) -> None:
        self._open.set()

    async def wait(self) -> None:
        """Waits for room. After `STALLED_SECONDS` the connection is aborted."""
        if self._open.is_set():
            return
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                await self._open.wait()
        except TimeoutError:
            self._request.transport.abortConnection()

    def leave(self) -> None:
        if self._request.channel is not None:
            self._request.unregisterProducer()


class PacedResponses:
    """ASGI middleware for HTTP: sending a piece waits until the client has read earlier ones."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Daphne's `send` is a partial over its request; other servers wait by themselves.
        request = next(iter(getattr(send, "args", ())), None)
        outlet: ResponseOutlet | None = None

        async def paced(message: dict[str, Any]) -> None:
            nonlocal outlet
            more = message["type"] == "http.response.body" and message.get("more_body", False)
            if more and outlet is None and getattr(request, "channel", None) is not None:
                outlet = ResponseOutlet(request)
            if outlet is not None and not more:
                outlet.leave()
                outlet = None
            await send(message)
            if outlet is not None:
                await outlet.wait()

        await self._application(scope, receive, paced)
