"""Channels' WebSocket consumer, with less work for each message."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer

from runner import messaging
from runner.log_context import about
from runner.metrics import SOCKETS

logger = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Socket(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Takes what the browser and the channel layer send in two loops that last as long as it does.

    Channels starts a task for every message, and a thread to close old database connections, of
    which there are none here: queries run in threads of their own, which close them. For a key and
    its echo that is half of the work.
    """

    accepted = False

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Any) -> None:
        self.scope, self.base_send = scope, send
        about(user=getattr(scope.get("user"), "pk", None))
        self.channel_layer = get_channel_layer(self.channel_layer_alias)
        self.channel_name = await self.channel_layer.new_channel()
        from_layer = partial(self.channel_layer.receive, self.channel_name)
        loops = [asyncio.create_task(self._obey(source)) for source in (receive, from_layer)]
        try:
            ended, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            for loop in ended:
                loop.result()  # a bug is raised here, for the server to log
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            # Else its inbox stays for ever where a loop was cancelled between two messages.
            await messaging.give_up(self.channel_name)
            await self.leave()
            if self.accepted:
                SOCKETS.dec()
                logger.info("Terminal closed.", extra={"event": "disconnect"})

    async def accept(self, *args: Any, **kwargs: Any) -> None:
        await super().accept(*args, **kwargs)
        self.accepted = True
        SOCKETS.inc()
        logger.info("Terminal opened.", extra={"event": "connect"})

    async def send_frame(self, **content: str | bytes) -> None:
        """`text` or `bytes`."""
        await self.base_send({"type": "websocket.send", **content})

    async def leave(self) -> None:
        """Called once, however the socket ended."""

    async def _obey(self, receive: Receive) -> None:
        try:
            while True:
                message = await receive()
                await getattr(self, get_handler_name(message))(message)
        except StopConsumer:
            pass
