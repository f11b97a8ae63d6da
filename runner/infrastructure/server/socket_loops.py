"""How a consumer receives its messages: in two loops that last as long as its socket.

Channels starts a task for each message, and a thread that closes old database connections. There
are none here: queries run in threads of their own, which close them. For a key and its echo that is
half of the work of a web worker.

There are two loops also where Channels' own dispatch is used. In one, output that waits for a slow
browser would keep that browser's ^C from being read.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from channels.consumer import AsyncConsumer, get_handler_name
from channels.exceptions import StopConsumer
from channels.utils import await_many_dispatch
from django.conf import settings

from runner.infrastructure.optimisations import Optimisation

Receive = Callable[[], Awaitable[dict[str, Any]]]


def start(consumer: AsyncConsumer, *sources: Receive) -> list[asyncio.Task[None]]:
    """A task for each source of messages, which ends with the consumer or by a bug in a handler."""
    direct = Optimisation.SOCKET_LOOPS in settings.OPTIMISATIONS
    dispatch = _dispatch_directly if direct else _dispatch_as_channels
    return [asyncio.create_task(dispatch(consumer, source)) for source in sources]


async def _dispatch_directly(consumer: AsyncConsumer, receive: Receive) -> None:
    with suppress(StopConsumer):
        while True:
            message = await receive()
            await getattr(consumer, get_handler_name(message))(message)


async def _dispatch_as_channels(consumer: AsyncConsumer, receive: Receive) -> None:
    with suppress(StopConsumer):
        await await_many_dispatch([receive], consumer.dispatch)
