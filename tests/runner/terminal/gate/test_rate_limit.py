"""How much one browser may ask of us."""

import pytest

from runner.limits import Limits
from runner.terminal.gate import rate_limit
from runner.terminal.gate.rate_limit import TokenBucket, rates_of


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ours = Clock()
    monkeypatch.setattr(rate_limit, "time", ours)
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


def test_what_a_user_may_send_is_forgotten_with_the_last_socket(clock: Clock) -> None:
    limits = Limits(messages_burst=5)
    rates = rates_of(1, limits)
    takes(rates.messages, 5)
    del rates
    assert takes(rates_of(1, limits).messages, 100) == 5
