"""A solved puzzle is recognised; nothing else is."""

import pytest

from runner.visitors import puzzle
from tests.visitor import solve

TEXT = "a puzzle:of:ours"
BITS = puzzle.BITS  # other tests have smaller puzzles


def answers() -> list[int]:
    return solve(TEXT, puzzle.PARTS, puzzle.BITS)


def test_answers_are_right_for_their_puzzle_alone() -> None:
    found = answers()
    assert puzzle.is_solved(TEXT, found)
    assert not puzzle.is_solved(TEXT + "x", found)


@pytest.mark.parametrize("wrong", [[], [0], [0] * 15, [0] * 16, [0] * 17])
def test_anything_else_is_wrong(wrong: list[int]) -> None:
    assert not puzzle.is_solved(TEXT, wrong)


def test_each_part_counts() -> None:
    found = answers()
    for part in range(puzzle.PARTS):
        spoilt = list(found)
        while puzzle.is_solved(TEXT, spoilt):
            spoilt[part] += 1
        assert not puzzle.is_solved(TEXT, spoilt)
    assert not puzzle.is_solved(TEXT, found[::-1]) or found == found[::-1]


def test_the_work_is_bounded_for_a_phone() -> None:
    """A million hashes take a slow phone ten seconds, whatever its luck is."""
    expected = puzzle.PARTS * 2**BITS
    assert 2**16 <= expected <= 2**18
