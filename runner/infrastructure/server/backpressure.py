"""Back-pressure for Daphne, which buffers without bound whatever a client does not read."""

import asyncio
from typing import Any

from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer  # type: ignore[import-untyped]

from runner.infrastructure.metrics import SENT_BYTES

STALLED_SECONDS = 20.0  # a client that reads nothing for so long has to come back


@implementer(IPushProducer)
class Outlet:
    """Twisted calls this when the send buffer of a connection is full, and when it has room."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._open = asyncio.Event()
        self._open.set()
        transport.unregisterProducer()  # that of the HTTP request before the upgrade
        transport.registerProducer(self, True)

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
            self._transport.abortConnection()

    def leave(self) -> None:
        """Nothing is sent any more: a client that does not read the rest is cut off.

        Twisted closes a connection when its buffer is empty, and waits for that without a limit.
        """
        if self._transport.connected:
            loop = asyncio.get_running_loop()
            loop.call_later(STALLED_SECONDS, self._transport.abortConnection)


class BackPressure:
    """ASGI middleware: sending a binary frame waits until the browser has read earlier ones.

    Text frames do not wait. They are few, and waiting would delay reading the browser's ^C.
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Daphne's `send` is a partial over its protocol; other servers wait by themselves.
        protocol = next(iter(getattr(send, "args", ())), None)
        transport = getattr(protocol, "transport", None)
        if transport is None:
            await self._application(scope, receive, send)
            return
        outlet = Outlet(transport)

        async def paced(message: dict[str, Any]) -> None:
            await send(message)
            if data := message.get("bytes"):
                SENT_BYTES.inc(len(data))
                await outlet.wait()

        try:
            await self._application(scope, receive, paced)
        finally:
            outlet.leave()
