"""Inputs that have not reached the program's terminal: kept, repeated, bounded."""

from runner.terminal.wire.input_outbox import REPEAT_SECONDS, InputOutbox

LATER = REPEAT_SECONDS + 1


def outbox(max_bytes: int = 100, max_messages: int = 4) -> InputOutbox:
    return InputOutbox(max_bytes, max_messages)


def test_what_is_not_acknowledged_is_repeated_in_order() -> None:
    kept = outbox()
    for seq in (2, 1, 3):
        assert kept.offer(seq, b"%d" % seq, now=0)
    assert kept.overdue(now=REPEAT_SECONDS / 2) == []
    assert kept.overdue(now=LATER) == [(1, b"1"), (2, b"2"), (3, b"3")]
    assert kept.overdue(now=LATER) == []


def test_what_is_acknowledged_is_forgotten() -> None:
    kept = outbox()
    for seq in (1, 2, 3):
        kept.offer(seq, b"x", now=0)
    assert kept.ack(2)
    assert kept.overdue(now=LATER) == [(3, b"x")]
    assert len(kept) == 1


def test_an_old_acknowledgement_is_no_news() -> None:
    kept = outbox()
    assert kept.ack(2)
    assert not kept.ack(2)
    assert not kept.ack(1)
    assert kept.acked == 2


def test_what_comes_again_is_kept_once() -> None:
    kept = outbox()
    assert kept.offer(1, b"a", now=0)
    assert kept.offer(1, b"other", now=0)
    assert kept.overdue(now=LATER) == [(1, b"a")]


def test_what_was_acknowledged_before_it_came_is_not_kept() -> None:
    kept = outbox()
    kept.ack(5)
    assert kept.offer(4, b"a", now=0)
    assert len(kept) == 0


def test_no_more_bytes_are_kept_than_allowed_until_some_are_acknowledged() -> None:
    kept = outbox(max_bytes=3)
    assert kept.offer(1, b"ab", now=0)
    assert not kept.offer(2, b"cd", now=0)
    kept.ack(1)
    assert kept.offer(2, b"cd", now=0)


def test_no_more_messages_are_kept_than_allowed() -> None:
    kept = outbox(max_messages=2)
    assert [kept.offer(seq, b"", now=0) for seq in (1, 2, 3)] == [True, True, False]


def test_a_message_larger_than_all_that_is_kept_is_taken_alone() -> None:
    kept = outbox(max_bytes=3)
    assert kept.offer(1, b"abcdef", now=0)
    assert not kept.offer(2, b"", now=0)
