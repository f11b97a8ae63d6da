"""One socket: from its opening to its end, however it ends."""

import asyncio
import contextlib
import logging
from functools import partial
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.conf import settings

from runner.infrastructure import messaging, sentences
from runner.infrastructure.log_context import bind_log_ids
from runner.infrastructure.metrics import IGNORED_MESSAGES, SOCKETS
from runner.infrastructure.server import socket_loops
from runner.infrastructure.server.closing import CLOSED
from runner.protocol import frames, messages
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, RateLimited
from runner.terminal.gate.rate_limit import Refusals
from runner.terminal.gate.refusals import error_of

logger = logging.getLogger(__name__)
SIGNED_OUT_CODE = 4401  # close code for a user who has been signed out
MISUSE_CODE = 1008  # "policy violation" of RFC 6455, for a client that goes on being refused
PART_SECONDS = 1.0


class Socket(AsyncWebsocketConsumer):  # type: ignore[misc]
    """A consumer that can be expelled, and always leaves."""

    accepted = False
    language = settings.LANGUAGE_CODE  # of the sentences that this socket is sent
    own = True  # whether they are about a run of its user's

    async def __call__(
        self, scope: dict[str, Any], receive: socket_loops.Receive, send: Any
    ) -> None:
        self.scope, self._send, self.base_send = scope, send, self._send_if_open
        self._expelled = asyncio.get_running_loop().create_future()
        self._closed = asyncio.get_running_loop().create_future()
        bind_log_ids(user=getattr(scope.get("user"), "pk", None))
        self.channel_layer = get_channel_layer(self.channel_layer_alias)
        self.channel_name = await self.channel_layer.new_channel()
        from_layer = partial(self.channel_layer.receive, self.channel_name)
        loops = socket_loops.start(self, receive, from_layer)
        try:
            waiting = [*loops, self._expelled, self._closed]
            ended, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for each in ended:
                each.result()  # a bug is raised here, for the server to log
        finally:
            for loop in loops:
                loop.cancel()
            try:
                await asyncio.gather(*loops, return_exceptions=True)
                if self._expelled.done():  # nothing is obeyed any more
                    await self._part()
            finally:
                await self._forget()

    async def _forget(self) -> None:
        try:
            # Else its inbox stays for ever where a loop was cancelled between two messages.
            await messaging.give_up(self.channel_name)
        finally:
            await self.leave()
            if self.accepted:
                SOCKETS.dec()
                logger.info("Terminal closed.", extra={"event": "disconnect"})

    async def accept(self, *args: Any, **kwargs: Any) -> None:
        await super().accept(*args, **kwargs)
        self.accepted = True
        SOCKETS.inc()
        logger.info("Terminal opened.", extra={"event": "connect"})

    def expel(self) -> None:
        """Its user has signed out, or may not be here any more."""
        if not self._expelled.done():
            self._expelled.set_result(None)

    async def _part(self) -> None:
        logger.info("Terminal closed: its user has been signed out.", extra={"event": "expel"})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PART_SECONDS):
                await self.tell(error_of(NotAllowed(ReasonCode.SIGNED_OUT), None))
                await self.close(SIGNED_OUT_CODE)

    async def tell(self, message: messages.Message) -> None:
        worded = sentences.worded(message, self.language, own=self.own)
        await self.send_frame(text=messages.encode(worded))

    async def show(self, offset: int, data: bytes, channel: int = frames.TERMINAL) -> None:
        await self.send_frame(bytes=frames.encode_output(offset, data, channel))

    async def answer_refusal(self, error: messages.Error, refusals: Refusals) -> None:
        """Up to a rate. Who goes on is told so once, then ignored, and then closed."""
        if refusals.answer():
            await self.tell(error)
            return
        IGNORED_MESSAGES.inc()
        if not refusals.ignore():
            logger.warning("Terminal closed: too many refused messages.", extra={"event": "misuse"})
            await self.close(MISUSE_CODE)
            self.end()
        elif refusals.warn():
            await self.tell(error_of(RateLimited(ReasonCode.TOO_MANY_MESSAGES), error.run))

    async def send_frame(self, **content: str | bytes) -> None:
        """`text` or `bytes`. Dropped once the connection is being closed: then the socket ends."""
        try:
            await self._send({"type": "websocket.send", **content})
        except CLOSED:
            self.end()

    async def _send_if_open(self, message: dict[str, Any]) -> None:
        """The same for what Channels sends: `accept` and `close`."""
        try:
            await self._send(message)
        except CLOSED:
            self.end()

    def end(self) -> None:
        """Ends the socket at once: Daphne tells of a closed connection only once it is empty."""
        if not self._closed.done():
            self._closed.set_result(None)

    async def leave(self) -> None:
        """Called once, however the socket ended."""
