"""Back-pressure for Daphne, which buffers without bound whatever a client does not read."""

import asyncio
from typing import Any

from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer  # type: ignore[import-untyped]

from runner.infrastructure.metrics import SENT_BYTES
from runner.infrastructure.server.bounded_reads import BoundedProtocol

TEXT_CHARACTERS = 1024 * 1024  # that wait to be sent, before the next text waits as well
STALLED_SECONDS = 20.0  # a client that reads nothing for so long has to come back


@implementer(IPushProducer)
class Outlet:
    """Twisted calls this when the send buffer of a connection is full, and when it has room."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._open = asyncio.Event()
        self._open.set()
        self._waiting_text = 0  # characters sent since the buffer was full
        transport.unregisterProducer()  # that of the HTTP request before the upgrade
        transport.registerProducer(self, True)

    def pauseProducing(self) -> None:
        self._open.clear()

    def resumeProducing(self) -> None:
        self._waiting_text = 0
        self._open.set()

    def stopProducing(self) -> None:
        self._open.set()

    @property
    def has_room(self) -> bool:
        return self._open.is_set()

    async def sent(self, message: dict[str, Any]) -> None:
        """Output waits as soon as the buffer is full, text only when much of it waits there.

        Waiting would delay reading the browser's ^C.
        """
        data, text = message.get("bytes"), message.get("text")
        if data:
            SENT_BYTES.inc(len(data))
            await self._wait()
        elif text and not self.has_room:
            self._waiting_text += len(text)
            if self._waiting_text > TEXT_CHARACTERS:
                await self._wait()

    async def _wait(self) -> None:
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
    """ASGI middleware: sending waits until the browser has read earlier messages.

    The protocol is told what the consumer has taken (`bounded_reads.py`). Between two messages that
    wait for it the consumer lets others run, so that nobody's messages hold up everybody's keys.
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
            await outlet.sent(message)

        if isinstance(protocol, BoundedProtocol):
            protocol.outlet = outlet
            receive = _taking_turns(protocol, receive)
        try:
            await self._application(scope, receive, paced)
        finally:
            outlet.leave()


def _taking_turns(protocol: BoundedProtocol, receive: Any) -> Any:
    async def taken() -> dict[str, Any]:
        message: dict[str, Any] = await receive()
        if message["type"] == "websocket.receive":
            protocol.message_taken()
            if protocol.holds_messages:
                await asyncio.sleep(0)
        return message

    return taken
