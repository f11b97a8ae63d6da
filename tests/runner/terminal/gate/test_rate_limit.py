"""How much one browser may ask of us."""

import asyncio
from collections import OrderedDict

import pytest

from runner.infrastructure import token_bucket
from runner.infrastructure.token_bucket import TokenBucket
from runner.limits import Limits
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import RateLimited
from runner.terminal.gate import rate_limit
from runner.terminal.gate.rate_limit import Refusals, charge, rates_of


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ours = Clock()
    monkeypatch.setattr(rate_limit, "time", ours)
    monkeypatch.setattr(token_bucket, "time", ours)
    monkeypatch.setattr(rate_limit, "_recent", OrderedDict())
    return ours


def takes(bucket: TokenBucket, attempts: int) -> int:
    return sum(bucket.take() for _ in range(attempts))


def test_a_burst_is_allowed_and_no_more(clock: Clock) -> None:
    assert takes(TokenBucket(per_second=10, burst=5), 100) == 5


def test_an_empty_bucket_fills_with_time(clock: Clock) -> None:
    bucket = TokenBucket(per_second=10, burst=5)
    takes(bucket, 5)
    clock.now += 0.2
    assert takes(bucket, 100) == 2


def test_a_long_silence_saves_up_one_burst(clock: Clock) -> None:
    bucket = TokenBucket(per_second=10, burst=5)
    clock.now += 3600
    assert takes(bucket, 100) == 5


def test_who_asks_too_often_still_gets_the_average(clock: Clock) -> None:
    bucket = TokenBucket(per_second=10, burst=5)
    taken = 0
    for _ in range(1000):
        clock.now += 0.01
        taken += bucket.take()
    assert 100 <= taken <= 105


def test_a_users_sockets_share_what_the_user_may_send(clock: Clock) -> None:
    limits = Limits(messages_burst=5, messages_per_second=1)
    one, other, another_user = rates_of(1, limits), rates_of(1, limits), rates_of(2, limits)
    assert takes(one.messages, 3) + takes(other.messages, 100) == 5
    assert takes(another_user.messages, 100) == 5


def test_opening_another_socket_renews_nothing(clock: Clock) -> None:
    limits = Limits(messages_burst=5, messages_per_second=1)
    takes(rates_of(1, limits).messages, 5)  # and its last socket closes
    assert takes(rates_of(1, limits).messages, 100) == 0


def test_users_who_have_left_are_forgotten(clock: Clock) -> None:
    limits = Limits()
    for user in range(1000):
        rates_of(user, limits)
        clock.now += 1
    assert len(rate_limit._recent) <= rate_limit.KEPT_SECONDS + 1


async def test_who_asks_a_little_too_fast_waits() -> None:
    bucket = TokenBucket(per_second=50, burst=1)
    for _ in range(3):
        await charge(bucket, ReasonCode.TOO_MANY_STARTS)


async def test_what_costs_more_waits_longer_and_never_for_ever() -> None:
    bucket = TokenBucket(per_second=100, burst=10)
    assert await bucket.wait(cost=7)
    assert not bucket.take(4)
    assert await bucket.wait(cost=4)
    assert await bucket.wait(cost=1000)
    assert not bucket.take()


async def test_who_asked_first_is_served_first_and_wakes_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sleeps: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        sleeps.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr("runner.infrastructure.token_bucket.asyncio.sleep", counted)
    bucket = TokenBucket(per_second=50, burst=1)  # further apart than a busy loop is late
    served: list[int] = []

    async def ask(number: int) -> None:
        assert await bucket.wait()
        served.append(number)

    await asyncio.gather(*map(ask, range(12)))
    assert served == list(range(12))
    assert len(sleeps) == 11


async def test_who_gives_up_waiting_has_taken_nothing() -> None:
    bucket = TokenBucket(per_second=0.1, burst=1)
    assert bucket.take()
    before = bucket.wait_seconds
    waiting = asyncio.create_task(bucket.wait())
    await asyncio.sleep(0)
    assert bucket.wait_seconds > before + 5
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert bucket.wait_seconds <= before


async def test_who_would_have_to_wait_long_is_told_how_long() -> None:
    bucket = TokenBucket(per_second=0.1, burst=1)
    await charge(bucket, ReasonCode.TOO_MANY_STARTS)
    with pytest.raises(RateLimited) as refused:
        await charge(bucket, ReasonCode.TOO_MANY_STARTS)
    assert refused.value.figures == {"wait_seconds": 10}


async def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "WAITING", 2)
    bucket = TokenBucket(per_second=20, burst=1)
    asked = (charge(bucket, ReasonCode.TOO_MANY_STARTS) for _ in range(10))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(answer, RateLimited) for answer in answers) == 7


def test_refusals_are_answered_then_announced_once_then_ignored(clock: Clock) -> None:
    refusals = Refusals(Limits(refusals_per_second=1, refusals_burst=3, refusals_until_closed=5))
    assert [refusals.answer() for _ in range(5)] == [True] * 3 + [False] * 2
    assert [refusals.warn() for _ in range(3)] == [True, False, False]
    assert [refusals.ignore() for _ in range(7)] == [True] * 5 + [False] * 2
    clock.now += 2
    assert refusals.answer()
    assert refusals.warn()
