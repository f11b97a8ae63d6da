"""What one socket has got: bytes in order and once, whatever the channel layer does to them."""

import pytest

from runner.terminal.wire.output_cursor import RESEND_SECONDS, OutputCursor


def test_bytes_in_order_are_passed_on() -> None:
    cursor = OutputCursor(0)
    assert cursor.take(0, b"abc") == b"abc"
    assert cursor.take(3, b"def") == b"def"
    assert cursor.expected == 6


@pytest.mark.parametrize(
    ("offset", "data", "new"),
    [
        (3, b"abc", b"abc"),
        (0, b"abc", b""),
        (0, b"abcd", b"d"),
        (2, b"cdef", b"def"),
        (4, b"x", b""),
        (3, b"", b""),
    ],
)
def test_only_what_is_new_and_next_is_passed_on(offset: int, data: bytes, new: bytes) -> None:
    cursor = OutputCursor(3)
    assert cursor.take(offset, data) == new
    assert cursor.expected == 3 + len(new)


def test_a_gap_that_is_next_is_skipped() -> None:
    cursor = OutputCursor(10)
    assert cursor.skip(10, 50)
    assert cursor.take(50, b"x") == b"x"


def test_a_gap_that_began_earlier_is_skipped_from_here() -> None:
    cursor = OutputCursor(10)
    assert cursor.skip(5, 50)
    assert cursor.expected == 50


@pytest.mark.parametrize(("start", "stop"), [(11, 50), (0, 10), (5, 8), (10, 10)])
def test_a_gap_that_is_not_next_changes_nothing(start: int, stop: int) -> None:
    cursor = OutputCursor(10)
    assert not cursor.skip(start, stop)
    assert cursor.expected == 10


def test_only_what_was_sent_can_be_acknowledged() -> None:
    cursor = OutputCursor(10)
    cursor.take(10, b"abc")
    assert not cursor.ack(14)
    assert cursor.acked == 10
    assert cursor.ack(13)
    assert cursor.acked == 13


def test_an_old_acknowledgement_changes_nothing() -> None:
    cursor = OutputCursor(0)
    cursor.take(0, b"abc")
    cursor.ack(3)
    assert cursor.ack(1)
    assert cursor.acked == 3


def test_missing_bytes_are_asked_for_now_and_then_only() -> None:
    cursor = OutputCursor(0)
    assert cursor.may_ask(0)
    assert not cursor.may_ask(RESEND_SECONDS / 2)
    assert cursor.may_ask(RESEND_SECONDS)
