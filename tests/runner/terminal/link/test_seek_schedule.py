"""How often a link looks for its run in the database."""

import pytest

from runner.terminal.link.seek_schedule import (
    FIRST_SECONDS,
    LAST_SECONDS,
    WAKE_SECONDS,
    SeekSchedule,
)


def pauses(schedule: SeekSchedule, looks: int, *, answered: bool) -> list[float]:
    """What is left after each look, until the next is due."""
    now, found = 100.0, []
    for _ in range(looks):
        if answered:
            schedule.heard_at = now
        schedule.start_look(now)
        found.append(schedule.seconds_left(now))
        now += found[-1]
        assert schedule.seconds_left(now) == 0
    return found


def test_looks_become_rarer_while_executors_answer() -> None:
    expected = [FIRST_SECONDS, 2 * FIRST_SECONDS, 4 * FIRST_SECONDS, LAST_SECONDS, LAST_SECONDS]
    assert pauses(SeekSchedule(0), 5, answered=True) == expected


def test_executors_that_do_not_answer_are_woken_often() -> None:
    assert pauses(SeekSchedule(0), 3, answered=False) == [FIRST_SECONDS, WAKE_SECONDS, WAKE_SECONDS]


def test_a_run_may_wait_for_hours() -> None:
    """The pause is bounded before it is computed: no float holds two to the power of 1,100."""
    assert pauses(SeekSchedule(0), 5000, answered=True)[-1] == LAST_SECONDS


def test_the_first_look_is_due_at_once_unless_it_is_to_wait() -> None:
    schedule = SeekSchedule(100)
    assert schedule.seconds_left(100) == 0
    schedule.wait_until(103)
    assert schedule.seconds_left(101) == 2
    schedule.wait_until(101)
    assert schedule.seconds_left(101) == 0


def test_what_is_found_and_lost_again_is_looked_for_often() -> None:
    schedule = SeekSchedule(0)
    pauses(schedule, 10, answered=True)
    schedule.looks = 0  # an executor has attached the terminal
    assert pauses(schedule, 1, answered=True) == [pytest.approx(FIRST_SECONDS)]
