"""A ticket opens one socket, wherever it is noted that it has done so."""

import asyncio
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from pytest_django import Settings

from runner.models import Snippet
from runner.visitors import visits
from tests.runner.visitors.test_terminal import ADDRESS, Socket
from tests.services import RedisServer

pytestmark = pytest.mark.django_db(transaction=True)
REDIS = "django.core.cache.backends.redis.RedisCache"


@pytest.fixture
def on_redis(settings: Settings, redis_server: RedisServer) -> Iterator[RedisServer]:
    seconds = {"socket_connect_timeout": 1, "socket_timeout": 1}
    about = {"BACKEND": REDIS, "LOCATION": redis_server.url, "OPTIONS": seconds}
    settings.CACHES = settings.CACHES | {"visitors": about}
    caches["visitors"].clear()
    yield redis_server
    if redis_server.process.exit_code is not None:
        redis_server.start()


@pytest.fixture(params=["memory", "redis"])
def _noted_in(request: pytest.FixtureRequest) -> None:
    if request.param == "redis":
        request.getfixturevalue("on_redis")


def a_ticket(snippet: Snippet, name: str = "a" * 32) -> str:
    return visits.ticket_for(visits.Visitor(name, str(snippet.slug), visits.network_of(ADDRESS)))


async def opened(*tickets: str) -> list[bool]:
    """Which of them open a socket, all in one instant."""
    sockets = [Socket(ticket) for ticket in tickets]
    found = await asyncio.gather(*(socket.open() for socket in sockets))
    for socket in sockets:
        await socket.channel.disconnect()
    return found


@pytest.mark.usefixtures("_noted_in")
async def test_of_sockets_with_one_ticket_one_is_opened(snippet: Snippet) -> None:
    ticket = a_ticket(snippet)
    assert sorted(await opened(ticket, ticket, ticket, ticket)) == [False, False, False, True]
    assert await opened(ticket) == [False]  # nor afterwards


@pytest.mark.usefixtures("_noted_in")
async def test_each_ticket_of_a_visit_opens_one(snippet: Snippet) -> None:
    assert await opened(a_ticket(snippet), a_ticket(snippet)) == [True, True]


@pytest.mark.usefixtures("_noted_in")
async def test_who_holds_it_elsewhere_does_not_use_it_up(snippet: Snippet) -> None:
    ticket = a_ticket(snippet)
    stolen = Socket(ticket, address="203.0.113.1")
    assert not await stolen.open()
    assert await opened(ticket) == [True]


async def test_where_nothing_can_be_noted_none_is_opened(
    snippet: Snippet, on_redis: RedisServer
) -> None:
    ticket = a_ticket(snippet)
    on_redis.stop()
    assert await opened(ticket, a_ticket(snippet, "b" * 32)) == [False, False]
    on_redis.start()
    assert await opened(ticket) == [True]
