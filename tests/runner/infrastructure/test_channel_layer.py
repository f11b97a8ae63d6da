"""The channel layer on a real Redis, beside the layer whose language it speaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import redis
from channels.layers import get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer
from pytest_django import Settings

from runner.infrastructure import messaging
from runner.infrastructure.channel_layer import Inbox, PubSubLayer
from runner.infrastructure.redis_pubsub import RedisAway, _Connection
from runner.operations import health
from tests.services import RedisServer, free_port, wait_until

MESSAGE = {"type": "run.event", "data": b"\x00\xff", "offset": 2**40}


@pytest.fixture
async def layer(redis_server: RedisServer) -> AsyncIterator[PubSubLayer]:
    opened = PubSubLayer(hosts=[redis_server.url])
    yield opened
    await opened.flush()


async def received(layer: Any, channel: str) -> Any:
    async with asyncio.timeout(10):
        return await layer.receive(channel)


async def test_a_message_arrives_as_it_was_sent(layer: PubSubLayer) -> None:
    channel = await layer.new_channel()
    await layer.send(channel, MESSAGE)
    assert await received(layer, channel) == MESSAGE


async def test_messages_keep_their_order_while_redis_takes_its_time(layer: PubSubLayer) -> None:
    channel = await layer.new_channel()
    for number in range(100):
        await layer.send(channel, {"type": "x", "number": number, "data": bytes(50_000)})
    assert [(await received(layer, channel))["number"] for _ in range(100)] == list(range(100))


async def test_a_group_reaches_all_its_channels_until_they_leave(layer: PubSubLayer) -> None:
    one, other = await layer.new_channel(), await layer.new_channel()
    for channel in (one, other):
        await layer.group_add("executors", channel)
    await layer.group_send("executors", MESSAGE)
    assert await received(layer, one) == await received(layer, other) == MESSAGE
    await layer.group_discard("executors", one)
    await layer.group_send("executors", MESSAGE)
    assert await received(layer, other) == MESSAGE
    await layer.send(one, {"type": "last"})
    assert await received(layer, one) == {"type": "last"}


async def test_processes_with_the_layer_of_channels_redis_are_understood(
    layer: PubSubLayer, redis_server: RedisServer
) -> None:
    other = RedisPubSubChannelLayer(hosts=[redis_server.url])
    ours, theirs = await layer.new_channel(), await other.new_channel()
    await layer.group_add("executors", ours)
    await other.send(ours, MESSAGE)
    assert await received(layer, ours) == MESSAGE
    await other.group_send("executors", MESSAGE)
    assert await received(layer, ours) == MESSAGE
    await layer.send(theirs, MESSAGE)
    assert await received(other, theirs) == MESSAGE
    await other.flush()


async def test_a_lost_connection_comes_back_with_its_channels(
    layer: PubSubLayer, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    channel = await layer.new_channel()
    with redis.Redis.from_url(redis_server.url) as client:
        client.client_kill_filter(_type="pubsub")

    async def send_until_it_arrives() -> None:
        while True:
            with suppress(RedisAway):
                await layer.send(channel, MESSAGE)
            await asyncio.sleep(0.01)  # repeats, as everybody does who sends here

    sending = asyncio.create_task(send_until_it_arrives())
    assert await received(layer, channel) == MESSAGE
    sending.cancel()
    assert "Lost the connection to Redis." in caplog.text


async def test_a_redis_that_is_away_is_an_error_at_once() -> None:
    layer = PubSubLayer(hosts=[f"redis://127.0.0.1:{free_port()}"])
    channel = await layer.new_channel()  # it will be heard when Redis comes
    with pytest.raises(RedisAway):
        await layer.send(channel, MESSAGE)
    await layer.flush()


async def test_a_look_at_a_redis_that_is_away_leaves_nothing_to_hear(settings: Settings) -> None:
    hosts = [f"redis://127.0.0.1:{free_port()}"]
    backend = {
        "BACKEND": "runner.infrastructure.channel_layer.PubSubLayer",
        "CONFIG": {"hosts": hosts},
    }
    settings.CHANNEL_LAYERS = {"default": backend}
    layer = get_channel_layer()
    with pytest.raises(RedisAway):
        await health._round_trip(layer)
    assert not layer._here().channels
    await layer.flush()


async def test_a_wrong_password_is_no_connection(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    layer = PubSubLayer(hosts=[redis_server.url.replace("redis://", "redis://nobody:wrong@")])
    with pytest.raises(RedisAway):
        await layer.send("x", MESSAGE)
    assert "nobody:wrong" not in caplog.text
    await layer.flush()


async def test_what_redis_refuses_is_logged(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        allowed = ["+subscribe", "+unsubscribe", "+hello", "+ping"]
        client.acl_setuser("silent", enabled=True, nopass=True, channels=["*"], commands=allowed)
    answered, refused = asyncio.Event(), _Connection._refused

    def note(connection: _Connection, error: Exception) -> None:
        refused(connection, error)
        answered.set()

    monkeypatch.setattr(_Connection, "_refused", note)
    layer = PubSubLayer(hosts=[redis_server.url.replace("redis://", "redis://silent:x@")])
    await layer.send("a channel", MESSAGE)
    async with asyncio.timeout(10):
        await answered.wait()
    assert "Redis returned an error" in caplog.text
    await layer.flush()


async def test_a_cancelled_receiver_gives_its_channel_up(
    layer: PubSubLayer, redis_server: RedisServer
) -> None:
    channel = await layer.new_channel()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await layer.receive(channel)
    with redis.Redis.from_url(redis_server.url) as client:
        await asyncio.to_thread(
            wait_until, lambda: channel.encode() not in client.pubsub_channels(), "the end of it"
        )


async def test_an_inbox_is_bounded_in_bytes() -> None:
    inbox = Inbox(max_bytes=100)
    for number in range(20):
        inbox.put(bytes([number]) * 10)
    assert [(await inbox.get())[0] for _ in range(10)] == list(range(10))
    inbox.put(b"later")
    assert await inbox.get() == b"later"


async def test_one_message_goes_to_one_receiver() -> None:
    inbox = Inbox(max_bytes=100)
    first, second = asyncio.create_task(inbox.get()), asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    inbox.put(b"a")
    first.cancel()  # in the same instant
    assert await asyncio.wait_for(second, 5) == b"a"


async def test_a_channel_that_is_given_up_keeps_no_messages(
    settings: Settings, redis_server: RedisServer
) -> None:
    """Whatever the last receiver was doing: it may have been between two messages."""
    backend = f"{PubSubLayer.__module__}.{PubSubLayer.__qualname__}"
    config = {"hosts": [redis_server.url]}
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": backend, "CONFIG": config}}
    ours: Any = get_channel_layer()
    channel = await ours.new_channel()
    for number in range(3):
        await ours.send(channel, MESSAGE | {"number": number})
    assert (await received(ours, channel))["number"] == 0
    await messaging.give_up(channel)
    assert ours._here().channels == {}
    with redis.Redis.from_url(redis_server.url) as client:
        await asyncio.to_thread(
            wait_until, lambda: channel.encode() not in client.pubsub_channels(), "the end of it"
        )
    await ours.flush()
