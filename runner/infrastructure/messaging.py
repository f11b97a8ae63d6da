"""Sends and receives over the channel layer.

The layer may drop messages and be unavailable for a while. Senders repeat until they get an answer,
so a failure here is logged, not raised. The layer bounds how long sending takes.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import get_channel_layer

from runner.protocol import channel
from runner.protocol.channel import ChannelMessage
from runner.protocol.classes import channel as class_channel
from runner.protocol.rooms import channel as room_channel

logger = logging.getLogger(__name__)
RETRY_SECONDS = 1.0
LOG_SECONDS = 10.0


class _SeldomLogged:
    """Limits log lines of one kind to one every few seconds."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._logged_at = self.last_at = float("-inf")

    def log(self, *figures: object) -> None:
        self.last_at = now = time.monotonic()
        if now - self._logged_at >= LOG_SECONDS:
            self._logged_at = now
            logger.warning(self._line, *figures)


_failures = _SeldomLogged("Sending to the channel layer failed: %r")
_unknown = _SeldomLogged("Dropped channel messages of an unknown kind or version.")


def steady_seconds() -> float:
    """Seconds since the last failure of the channel layer that this process has seen."""
    return time.monotonic() - _failures.last_at


async def send(channel_name: str, message: ChannelMessage) -> None:
    try:
        await get_channel_layer().send(channel_name, channel.encode(message))
    except ChannelFull:
        pass
    except Exception as error:  # whatever the layer's client raises, the message is lost
        _failures.log(error)


async def send_to_executors(message: ChannelMessage) -> None:
    try:
        await get_channel_layer().group_send(channel.EXECUTORS, channel.encode(message))
    except Exception as error:  # likewise
        _failures.log(error)


async def send_to_class(group: str, message: class_channel.ClassMessage) -> None:
    """To one of the groups of `protocol/classes/channel.py`."""
    try:
        await get_channel_layer().group_send(group, class_channel.encode(message))
    except Exception as error:  # likewise
        _failures.log(error)


async def send_to_room(message: room_channel.RoomMessage) -> None:
    """To all open pages of its room."""
    try:
        group = room_channel.room_group(message.room)
        await get_channel_layer().group_send(group, room_channel.encode(message))
    except Exception as error:  # likewise
        _failures.log(error)


async def send_to_page(channel_name: str, message: class_channel.ClassMessage) -> None:
    """To one page of a class."""
    try:
        await get_channel_layer().send(channel_name, class_channel.encode(message))
    except ChannelFull:
        pass
    except Exception as error:  # likewise
        _failures.log(error)


async def give_up(channel_name: str) -> None:
    """Closes a channel of this process and drops the messages in it.

    Layers remove a channel, and its subscription, when a waiting receiver is cancelled.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            while True:
                await get_channel_layer().receive(channel_name)


def decoded(event: dict[str, Any]) -> ChannelMessage | None:
    """The message, or None if a process of another version sent an unknown one (logged seldom)."""
    try:
        return channel.decode(event)
    except (KeyError, TypeError, ValueError):
        _unknown.log()
        return None


async def listen(channel_name: str, handle: Callable[[ChannelMessage], None]) -> None:
    """Passes every message on the channel, and to all executors, to `handle`, until cancelled."""
    receive = _join_executors
    while True:
        try:
            event = await receive(channel_name)
            receive = get_channel_layer().receive
        except Exception as error:  # the layer is away: it comes back
            _failures.log(error)
            await asyncio.sleep(RETRY_SECONDS)
            continue
        message = decoded(event)
        if message is not None:
            try:
                handle(message)
            except Exception:  # a bug in one run's handling is not the end of the others
                logger.exception("Handling a channel message failed: %r", type(message))


async def _join_executors(channel_name: str) -> dict[str, Any]:
    """Joins the group of executors, then returns the first message."""
    layer = get_channel_layer()
    receiving = asyncio.create_task(layer.receive(channel_name))
    try:
        await asyncio.sleep(0)  # the layer knows a channel once somebody receives on it
        await layer.group_add(channel.EXECUTORS, channel_name)
        message: dict[str, Any] = await receiving
        return message
    finally:
        receiving.cancel()
