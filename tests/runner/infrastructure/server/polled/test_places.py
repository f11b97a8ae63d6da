"""How many requests of polled sockets one user may send, and have wait."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from runner.infrastructure.server.polled import places as module
from runner.infrastructure.server.polled.places import Places
from runner.infrastructure.server.visitors import Visitor
from runner.limits import Limits

LIMITS = Limits(
    polled_requests_per_second=10,
    polled_requests_burst=20,
    polled_requests_at_once=12,
    sockets_per_user=2,
)


def somebody(group: str, *, known: bool = True, session: str = "s") -> Visitor:
    return Visitor(session.encode(), True, group.encode(), known)


async def taken(places: Places, visitor: Visitor) -> bool:
    async with places.one(visitor) as free:
        return free


async def test_one_user_asks_at_a_rate_whatever_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.0)
    places = Places(LIMITS)
    asked = [await taken(places, somebody("1", session=str(number))) for number in range(40)]
    assert 20 <= asked.count(True) <= 22
    assert await taken(places, somebody("2"))


async def test_a_user_has_so_many_at_a_time_and_others_have_theirs() -> None:
    places = Places(LIMITS)
    async with AsyncExitStack() as held:
        free = [await held.enter_async_context(places.one(somebody("1"))) for _ in range(10)]
        assert free == [True] * 8 + [False] * 2
        assert await taken(places, somebody("2"))
    assert await taken(places, somebody("1"))  # they are given back


async def test_made_up_sessions_take_no_place_of_users() -> None:
    places = Places(LIMITS)
    async with AsyncExitStack() as held:
        for address in range(20):
            stranger = somebody(f"192.0.2.{address}", known=False)
            await held.enter_async_context(places.one(stranger))
        assert not await taken(places, somebody("192.0.2.99", known=False))
        assert await taken(places, somebody("1"))


async def test_who_waits_and_leaves_gives_the_place_back() -> None:
    places = Places(LIMITS)
    for _ in range(20):
        assert await taken(places, somebody("1"))
    waiting = [asyncio.create_task(taken(places, somebody("1"))) for _ in range(8)]
    await asyncio.sleep(0)
    assert not await taken(places, somebody("1"))
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await taken(places, somebody("1"))
