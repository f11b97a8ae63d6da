"""When the descriptors of a run are counted: the counting costs the executor, not the run."""

import os

import pytest

from runner.sandbox.limit_backends import uncharged
from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.uncharged import Uncharged


class Counting:
    """In place of a look at descriptors: takes `cost` seconds of processor time, or too long."""

    too_many, locks = False, 0

    def __init__(self) -> None:
        self.times, self.cost, self.now, self.missed = 0, 0.0, 0.0, False

    def __call__(self, most_locks: int, **_: bool) -> "Counting":
        return self

    def note(self, _pids: object, time: CheckTime) -> int:
        self.times += 1
        self.now += self.cost
        time.missed = self.missed
        return 0


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr(uncharged, "OpenFiles", made)
    monkeypatch.setattr(uncharged, "thread_time", lambda: made.now, raising=False)
    return made


def looks(run: Uncharged, *cpu_seconds: float) -> None:
    for each in cpu_seconds:
        run.over(os.getpid(), list, each, CheckTime())


def test_a_run_that_works_is_counted_now_and_then(counting: Counting) -> None:
    looks(Uncharged(1000), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    assert counting.times == 2


def test_a_run_that_is_costly_to_count_works_for_it(counting: Counting) -> None:
    counting.cost = 0.4
    looks(Uncharged(1000), 0.3, 0.6, 0.9, 1.0)
    assert counting.times == 1
    looks(run := Uncharged(1000), 0.3, 1.2)
    assert counting.times == 3
    counting.cost = 0.0
    looks(run, 2.1, 2.4)
    assert counting.times == 5


def test_a_run_that_was_not_counted_in_time_is_counted_at_the_next_look(counting: Counting) -> None:
    """However little it has worked since: two such looks, one after the other, end it."""
    counting.missed = True
    looks(Uncharged(1000), 0.3, 0.3, 0.31)
    assert counting.times == 3
