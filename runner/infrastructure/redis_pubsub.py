"""One connection to Redis that publishes and subscribes, and reconnects by itself.

It uses RESP 3, in which a subscribed connection may also publish (redis.io/docs, "RESP protocol",
pushed data), and does not wait for the answer to a PUBLISH: senders repeat their messages until the
receiver has answered.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import hiredis
from redis.asyncio.connection import SSLConnection, parse_url

logger = logging.getLogger(__name__)
CONNECT_SECONDS = 5.0
FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 0.05, 1.0
PING_SECONDS = 5.0  # a connection without data for twice as long is dead
WRITABLE_SECONDS = 5.0  # for Redis to accept what was sent
NOTHING = object()  # "no complete answer yet"; False is an answer

OnMessage = Callable[[bytes, bytes], None]


class RedisAway(ConnectionError):
    """There is no connection; the message is lost."""


class _Connection(asyncio.Protocol):
    """Parses answers and messages. Both directions are bounded by Redis and the kernel."""

    def __init__(self, on_message: OnMessage) -> None:
        self._on_message = on_message
        self._reader = hiredis.Reader(notEnoughData=NOTHING)
        loop = asyncio.get_running_loop()
        self.greeted: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[None] = loop.create_future()
        self.writable = asyncio.Event()
        self.writable.set()
        self.heard = True  # since the last ping

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.writable.set()
        if not self.lost.done():
            self.lost.set_result(None)
        if not self.greeted.done():
            self.greeted.set_exception(error or RedisAway("Redis closed the connection"))

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def write(self, *words: Any) -> None:
        self.transport.write(hiredis.pack_command(words))

    def data_received(self, data: bytes) -> None:
        self.heard = True
        self._reader.feed(data)
        while (answer := self._reader.gets()) is not NOTHING:
            if isinstance(answer, hiredis.PushNotification):
                match answer:
                    case [b"message", bytes(channel), bytes(message)]:
                        self._on_message(channel, message)
            elif isinstance(answer, hiredis.ReplyError):
                self._refused(answer)
            elif not self.greeted.done():
                self.greeted.set_result(None)

    def _refused(self, error: Exception) -> None:
        if not self.greeted.done():
            self.greeted.set_exception(RedisAway(str(error)))
        else:
            logger.error("Redis returned an error: %s", error)


class RedisPubSub:
    """`on_message(channel, data)` for every message on a subscribed channel."""

    def __init__(self, url: str, on_message: OnMessage) -> None:
        self._url = url
        self._on_message = on_message
        self._names: set[str] = set()
        self._connection: _Connection | None = None
        self._tried = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    async def publish(self, name: str, data: bytes) -> None:
        """Raises `RedisAway` immediately while there is no connection. Waits only while Redis
        accepts no more bytes, and raises `TimeoutError` if that takes too long.
        """
        connection = self._connection or await self._first_connection()
        connection.write("PUBLISH", name, data)
        if not connection.writable.is_set():
            async with asyncio.timeout(WRITABLE_SECONDS):
                await connection.writable.wait()

    async def subscribe(self, name: str) -> None:
        """Subscribes, also after reconnects. When this returns, no later message is missed."""
        self._names.add(name)
        if self._connection is not None:
            self._connection.write("SUBSCRIBE", name)
        else:
            with suppress(RedisAway):
                await self._first_connection()  # which subscribes to all names

    def unsubscribe(self, name: str) -> None:
        self._names.discard(name)
        if self._connection is not None:
            self._connection.write("UNSUBSCRIBE", name)

    async def close(self) -> None:
        self._names.clear()
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
            self._keeping = None

    async def _first_connection(self) -> _Connection:
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_connected())
        await self._tried.wait()
        if self._connection is None:
            raise RedisAway("Redis is away")
        return self._connection

    async def _keep_connected(self) -> None:
        delay = FIRST_RETRY_SECONDS
        while True:
            connection = None
            try:
                connection = await self._connect()
                delay = FIRST_RETRY_SECONDS
                self._tried.set()
                await self._until_lost(connection)
                logger.warning("Lost the connection to Redis.")
            except (OSError, TimeoutError) as error:
                logger.warning("Redis is not available: %r", error)
            finally:
                self._connection = None
                self._tried.set()
                if connection is not None:
                    connection.transport.abort()
            await asyncio.sleep(delay * random.uniform(0.5, 1.0))
            delay = min(2 * delay, LAST_RETRY_SECONDS)

    async def _connect(self) -> _Connection:
        async with asyncio.timeout(CONNECT_SECONDS):
            connection, hello = await _open(self._url, lambda: _Connection(self._on_message))
            try:
                connection.write(*hello)
                await connection.greeted
            except BaseException:
                connection.transport.abort()
                raise
        if self._names:
            connection.write("SUBSCRIBE", *self._names)
        self._connection = connection
        return connection

    async def _until_lost(self, connection: _Connection) -> None:
        while not connection.lost.done():
            connection.write("PING")
            connection.heard = False
            await asyncio.wait([connection.lost], timeout=2 * PING_SECONDS)
            if not connection.heard:
                return


async def _open(url: str, protocol: Callable[[], _Connection]) -> tuple[_Connection, Iterable[str]]:
    """Opens a connection to `url` (as redis-py reads it); returns it and its first commands."""
    options: dict[str, Any] = dict(parse_url(url))
    hello = ["HELLO", "3"]
    user, password = options.pop("username", None), options.pop("password", None)
    if password:
        hello += ["AUTH", user or "default", password]
    loop = asyncio.get_running_loop()
    if path := options.get("path"):
        return (await loop.create_unix_connection(protocol, path))[1], hello
    tls: ssl.SSLContext | None = None
    if options.pop("connection_class", None) is SSLConnection:
        tls = SSLConnection(**options).ssl_context.get()
    host, port = options.get("host", "localhost"), options.get("port", 6379)
    return (await loop.create_connection(protocol, host, port, ssl=tls))[1], hello
