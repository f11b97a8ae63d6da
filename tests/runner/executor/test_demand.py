"""How many sandboxes wait follows what was wanted, within bounds."""

import pytest

from runner.executor.demand import BURST_SECONDS, MEMORY_SECONDS, Demand, next_claim, places


def wanted(demand: Demand, count: int, at: float) -> None:
    for number in range(count):
        demand.note(at + number * BURST_SECONDS / (2 * count))


def test_without_runs_the_least_wait() -> None:
    assert Demand(4, 50).wanted(0) == 4


def test_as_many_wait_as_were_wanted_at_once() -> None:
    demand = Demand(4, 50)
    wanted(demand, 30, at=100)
    assert demand.wanted(101) == 30


def test_one_after_the_other_is_not_at_once() -> None:
    demand = Demand(4, 50)
    for minute in range(100):
        demand.note(minute * 60)
    assert demand.wanted(6000) == 4


def test_the_largest_of_the_last_minutes_counts() -> None:
    demand = Demand(4, 50)
    wanted(demand, 30, at=0)
    wanted(demand, 10, at=300)
    assert demand.wanted(400) == 30
    assert demand.wanted(MEMORY_SECONDS + 1) == 10
    assert demand.wanted(2 * MEMORY_SECONDS) == 4


def test_no_more_wait_than_may_run() -> None:
    demand = Demand(4, 20)
    wanted(demand, 1000, at=0)
    assert demand.wanted(1) == 20


def test_the_setting_may_ask_for_more_than_may_run() -> None:
    assert Demand(30, 20).wanted(0) == 30


def test_off_stays_off() -> None:
    demand = Demand(0, 50)
    wanted(demand, 30, at=0)
    assert demand.wanted(1) == 0


def test_what_is_remembered_is_bounded() -> None:
    demand = Demand(1, 10)
    for number in range(100_000):
        demand.note(number * 0.5)
    assert len(demand._bursts) <= MEMORY_SECONDS / BURST_SECONDS + 2


def test_a_run_takes_places_by_its_memory() -> None:
    usual = 256
    assert [places(memory, usual) for memory in (64, 256, 257, 512, 1000)] == [1, 1, 2, 2, 4]


ONE, TWO = {"python": 1, "c": 1}, {"python": 1, "java": 2}


@pytest.mark.parametrize(
    ("taken", "places", "most", "languages"),
    [
        (0, ONE, 50, ["python", "c"]),
        (50, ONE, 0, []),
        (45, TWO, 2, ["python", "java"]),
        (48, TWO, 1, ["python", "java"]),
        (49, TWO, 1, ["python"]),  # no place stays unused
        (50, TWO, 0, []),
        (0, {"java": 60}, 1, ["java"]),  # it would never run otherwise
        (60, {"java": 60}, 0, []),
    ],
)
def test_claimed_runs_fit_whatever_their_languages_are(
    taken: int, places: dict[str, int], most: int, languages: list[str]
) -> None:
    assert next_claim(50, taken, places) == (most, languages)
