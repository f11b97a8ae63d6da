"""How much one browser may ask of us."""

import pytest

from runner.terminal import rate_limit
from runner.terminal.rate_limit import SocketCounter, TokenBucket


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


def test_a_user_has_so_many_sockets_and_others_have_theirs() -> None:
    sockets = SocketCounter()
    assert [sockets.enter(1, limit=2) for _ in range(3)] == [True, True, False]
    assert sockets.enter(2, limit=2)


def test_a_closed_socket_makes_room() -> None:
    sockets = SocketCounter()
    sockets.enter(1, limit=1)
    sockets.leave(1)
    assert sockets.enter(1, limit=1)


def test_a_refused_socket_takes_no_room() -> None:
    sockets = SocketCounter()
    sockets.enter(1, limit=1)
    sockets.enter(1, limit=1)
    sockets.leave(1)
    assert sockets.enter(1, limit=1)
