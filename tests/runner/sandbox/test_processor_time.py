"""Processor time of a run, told and estimated."""

import random

import pytest

from runner.sandbox.limit_backends.processor_time import ProcessorTime, Times

Process = tuple[float, float]  # born, dead


def looked_at(
    lives: list[Process], *, waited_for: bool, look_seconds: tuple[float, float] = (0.05, 0.1)
) -> float:
    """What is found of processes that compute as long as they live, all children of one."""
    clock, now, found = ProcessorTime(cores=2), 0.0, 0.0
    luck = random.Random(1)
    end = max(dead for _, dead in lives)
    while now < end:
        children = sum(dead - born for born, dead in lives if dead <= now) if waited_for else 0.0
        processes = {"parent": Times(0.0, children, now)}
        for number, (born, dead) in enumerate(lives):
            if born <= now < dead:
                age = now - born
                processes[f"child {number}"] = Times(age, 0.0, age, running=True)
        found = clock.note(now, processes)
        now += luck.uniform(*look_seconds)
    return found


@pytest.mark.parametrize("life", [0.001, 0.01, 0.05, 0.1, 0.15, 0.4])
def test_children_nobody_waits_for_are_found(life: float) -> None:
    """Twenty seconds of them, one after the other."""
    lives = [(number * life, (number + 1) * life) for number in range(int(20 / life))]
    assert 14 < looked_at(lives, waited_for=False) < 26


def test_children_that_sleep_stand_for_nothing() -> None:
    """Ten seconds of `sleep 0.01`, each of which computes for a millisecond."""
    clock, luck, now, found = ProcessorTime(cores=2), random.Random(1), 0.0, 0.0
    while now < 10.0:
        number, age = now // 0.011, now % 0.011
        child = Times(0.0, 0.0, age, running=age < 0.001)
        parent = Times(0.0, number * 0.001, now)
        found = clock.note(now, {"parent": parent, number: child})
        now += luck.uniform(0.05, 0.1)
    assert 0.8 < found < 2.0  # 0.9 is the truth


def test_children_that_are_waited_for_count_once() -> None:
    lives = [(number * 0.05, number * 0.05 + 0.02) for number in range(400)]
    assert 8 < looked_at(lives, waited_for=True) < 11  # 8 is the truth


def test_two_at_once_count_twice() -> None:
    one = [(number * 0.03, (number + 1) * 0.03) for number in range(300)]
    assert 13 < looked_at(one + one, waited_for=False) < 23  # 18


def test_a_long_life_is_told_as_it_is() -> None:
    clock = ProcessorTime(cores=2)
    for number in range(100):
        found = clock.note(number / 10, {"it": Times(number / 20, 0.0, number / 10)})
        assert found == pytest.approx(number / 20)
    assert clock.note(10.0, {}) == pytest.approx(99 / 20)


def test_a_process_that_was_gone_at_once_stands_for_the_time_before() -> None:
    clock = ProcessorTime(cores=2)
    clock.note(0.0, {"parent": Times(0.0, 0.0, 1.0)})
    assert clock.note(0.1, {"parent": Times(0.0, 0.0, 1.1)}, gone=1) == pytest.approx(0.1)


def test_no_more_is_found_than_the_machine_has() -> None:
    clock, parent = ProcessorTime(cores=2), {"parent": Times(0.0, 0.0, 1.0)}
    clock.note(0.0, parent)
    crowd = {f"child {number}": Times(0.0, 0.0, 0.0, running=True) for number in range(50)}
    clock.note(0.1, {**parent, **crowd}, gone=5)
    assert clock.note(0.2, parent) == pytest.approx(2 * 0.1)


def test_a_program_with_a_child_that_waits_has_used_nothing() -> None:
    clock = ProcessorTime(cores=2)
    clock.note(0.0, {"parent": Times(0.0, 0.0, 1.0)})
    clock.note(0.1, {"parent": Times(0.0, 0.0, 1.1), "child": Times(0.0, 0.0, 0.09)})
    assert clock.note(0.2, {"parent": Times(0.0, 0.0, 1.2)}) < 0.01
