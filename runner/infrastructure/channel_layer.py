"""The channel layer on Redis: the pub/sub layer of channels-redis over a leaner connection.

Names, bytes and options are those of channels-redis, so processes with either layer understand
each other. There are three differences: one connection instead of two, no waiting for the answer
to PUBLISH, and inboxes bounded in bytes. A key and its echo are two messages, and each costs a
third of what it costs with channels-redis.
"""

import asyncio
import logging
from collections import deque
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from channels_redis.pubsub import RedisPubSubChannelLayer

from runner.infrastructure.redis_pubsub import RedisPubSub

logger = logging.getLogger(__name__)
INBOX_BYTES = 8 * 1024 * 1024  # 30 viewers' windows; more are dropped, and sent again

Message = dict[str, Any]


class Inbox:
    """Received messages of one channel. If it is full, new messages are dropped."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._waiting: deque[bytes] = deque()
        self._receivers: deque[asyncio.Future[None]] = deque()

    def put(self, data: bytes) -> None:
        if self._waiting and self._bytes + len(data) > self._max_bytes:
            return
        self._waiting.append(data)
        self._bytes += len(data)
        self._wake_one()

    async def get(self) -> bytes:
        while not self._waiting:
            receiver = asyncio.get_running_loop().create_future()
            self._receivers.append(receiver)
            try:
                await receiver
            except BaseException:
                if receiver.done() and not receiver.cancelled() and self._waiting:
                    self._wake_one()  # the message was meant for this one
                raise
        data = self._waiting.popleft()
        self._bytes -= len(data)
        return data

    def _wake_one(self) -> None:
        while self._receivers:
            receiver = self._receivers.popleft()
            if not receiver.done():
                receiver.set_result(None)
                return


class _Loop:
    """The connection, channels and groups of one event loop."""

    def __init__(self, url: str) -> None:
        self.channels: dict[str, Inbox] = {}
        self.groups: dict[str, set[str]] = {}
        self.redis = RedisPubSub(url, self._deliver)

    def _deliver(self, name: bytes, data: bytes) -> None:
        text = name.decode(errors="replace")
        for channel in self.groups.get(text, (text,)):
            if (inbox := self.channels.get(channel)) is not None:
                inbox.put(data)


class PubSubLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    def __init__(self, hosts: list[str], prefix: str = "asgi", **options: Any) -> None:
        """`hosts`: the URL of one Redis; `options` as for channels-redis."""
        super().__init__(**options)
        (self._url,) = hosts
        self._prefix = prefix
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Loop] = WeakKeyDictionary()

    extensions = ("groups", "flush")

    def _here(self) -> _Loop:
        loop = asyncio.get_running_loop()
        found = self._loops.get(loop)
        if found is None:
            found = self._loops[loop] = _Loop(self._url)
        return found

    async def send(self, channel: str, message: Message) -> None:
        await self._here().redis.publish(channel, self.serialize(message))

    async def new_channel(self, prefix: str = "specific.") -> str:
        name = f"{self._prefix}{prefix}{uuid4().hex}"
        await self._open(name)
        return name

    async def receive(self, channel: str) -> Message:
        """The next message. A receiver that is cancelled closes its channel."""
        here = self._here()
        try:
            inbox = here.channels.get(channel) or await self._open(channel)
            data = await inbox.get()
        except BaseException:
            if here.channels.pop(channel, None) is not None:
                here.redis.unsubscribe(channel)
            raise
        message: Message = self.deserialize(data)
        return message

    async def _open(self, channel: str) -> Inbox:
        here = self._here()
        inbox = here.channels[channel] = Inbox(INBOX_BYTES)
        await here.redis.subscribe(channel)
        return inbox

    async def group_add(self, group: str, channel: str) -> None:
        here, name = self._here(), self._group(group)
        if channel not in here.channels:
            raise RuntimeError(f"{channel} is not a channel of this process")
        here.groups.setdefault(name, set()).add(channel)
        await here.redis.subscribe(name)

    async def group_discard(self, group: str, channel: str) -> None:
        here, name = self._here(), self._group(group)
        members = here.groups.get(name, set())
        members.discard(channel)
        if not members and here.groups.pop(name, None) is not None:
            here.redis.unsubscribe(name)

    async def group_send(self, group: str, message: Message) -> None:
        await self._here().redis.publish(self._group(group), self.serialize(message))

    async def flush(self) -> None:
        if (here := self._loops.pop(asyncio.get_running_loop(), None)) is not None:
            await here.redis.close()

    def _group(self, group: str) -> str:
        return f"{self._prefix}__group__{group}"
