"""What compares a debugger's stops with Python's own finds each way in which they may differ."""

import pytest

from tests.debugging.test_beginner_programs import PROGRAMS, Stop, assert_same

OWN: list[Stop] = [
    ("line", 1, "<module>", {}),
    ("line", 2, "<module>", {"one": "[1]"}),
    ("line", 5, "double", {"n": "2"}),
    ("back", 2, "<module>", {"one": "[1]"}),
    ("line", 3, "<module>", {"one": "[1]", "two": "<Cat object at 0x7f00>"}),
]
FIRST = (1, "<module>", dict[str, str]())
SECOND = (2, "<module>", {"one": "[1]"})
CALLED = (5, "double", {"n": "2"})
LAST = (3, "<module>", {"one": "[1]", "two": "<Cat object at 0x99>"})


def test_there_are_more_than_twenty_programs() -> None:
    assert len(PROGRAMS) >= 20


@pytest.mark.parametrize("back", [[], [SECOND]], ids=["without", "with"])
def test_the_same_stops_are_the_same(back: list[tuple[int, str, dict[str, str]]]) -> None:
    """…whether the debugger stops again where a call has returned to, or not."""
    assert_same([FIRST, SECOND, CALLED, *back, LAST], OWN)


@pytest.mark.parametrize(
    "stops",
    [
        [FIRST, (2, "<module>", {"one": "[2]"}), CALLED, LAST],
        [FIRST, (2, "<module>", {}), CALLED, LAST],
        [FIRST, (2, "<module>", {"one": "[1]", "more": "1"}), CALLED, LAST],
        [FIRST, SECOND, LAST],
        [SECOND, CALLED, LAST],
        [FIRST, SECOND, CALLED],
        [FIRST, SECOND, CALLED, LAST, (4, "<module>", {})],
        [FIRST, SECOND, (5, "other", {"n": "2"}), LAST],
        [FIRST, SECOND, SECOND, CALLED, LAST],
    ],
    ids=[
        "another value", "a name is missing", "a name too many", "a call is passed over",
        "the first line is", "the last line is", "a line too many", "another function",
        "a line twice",
    ],
)  # fmt: skip
def test_what_differs_is_found(stops: list[tuple[int, str, dict[str, str]]]) -> None:
    with pytest.raises(AssertionError):
        assert_same(stops, OWN)
