"""Typed input: in order, once, never more than fits."""

from runner.executor.input_queue import InputQueue


def queue(max_bytes: int = 100, max_messages: int = 4) -> InputQueue:
    return InputQueue(max_bytes, max_messages)


def typed(inputs: InputQueue) -> bytes:
    """All that is in order, as a terminal that takes everything gets it."""
    taken = b""
    while head := inputs.head():
        taken += head
        inputs.wrote(len(head))
    return taken


def test_input_is_typed_in_the_order_of_its_numbers() -> None:
    inputs = queue()
    for seq, data in ((2, b"b"), (3, b"c"), (1, b"a")):
        assert inputs.offer(seq, data)
    assert typed(inputs) == b"abc"
    assert inputs.acked == 3


def test_input_waits_for_its_predecessor() -> None:
    inputs = queue()
    inputs.offer(2, b"b")
    assert inputs.head() == b""
    assert inputs.acked == 0


def test_input_that_comes_again_is_typed_once() -> None:
    inputs = queue()
    inputs.offer(1, b"a")
    assert inputs.offer(1, b"a")
    assert typed(inputs) == b"a"
    assert inputs.offer(1, b"a")
    assert typed(inputs) == b""
    assert inputs.acked == 1


def test_a_message_is_acknowledged_when_all_of_it_is_typed() -> None:
    inputs = queue()
    inputs.offer(1, b"abc")
    inputs.wrote(2)
    assert (inputs.acked, inputs.head()) == (0, b"c")
    inputs.wrote(1)
    assert (inputs.acked, inputs.head()) == (1, b"")


def test_input_that_comes_again_half_typed_is_not_begun_anew() -> None:
    inputs = queue()
    inputs.offer(1, b"abc")
    inputs.wrote(2)
    inputs.offer(1, b"abc")
    assert typed(inputs) == b"c"


def test_an_empty_message_holds_nothing_up() -> None:
    inputs = queue()
    inputs.offer(2, b"")
    inputs.offer(3, b"c")
    inputs.offer(1, b"")
    assert typed(inputs) == b"c"
    assert inputs.acked == 3


def test_what_does_not_fit_is_not_taken_and_fits_later() -> None:
    inputs = queue(max_bytes=3)
    assert inputs.offer(1, b"ab")
    assert not inputs.offer(2, b"cd")
    assert typed(inputs) == b"ab"
    assert inputs.offer(2, b"cd")
    assert typed(inputs) == b"cd"


def test_more_messages_than_are_held_are_not_taken() -> None:
    inputs = queue(max_messages=2)
    assert inputs.offer(3, b"c")
    assert inputs.offer(4, b"d")
    assert not inputs.offer(5, b"e")


def test_one_message_larger_than_all_that_is_held_is_taken_alone() -> None:
    inputs = queue(max_bytes=3)
    assert inputs.offer(1, b"abcdef")
    assert not inputs.offer(2, b"")
    assert typed(inputs) == b"abcdef"


def test_a_full_queue_takes_the_message_that_all_others_wait_for() -> None:
    inputs = queue(max_bytes=4, max_messages=2)
    assert inputs.offer(2, b"bb")
    assert inputs.offer(3, b"cc")
    assert inputs.offer(1, b"a")
    assert typed(inputs) == b"abbcc"


def test_an_interrupt_counts_what_waits_before_it_as_typed() -> None:
    inputs = queue()
    for seq, data in ((1, b"abc"), (2, b"def"), (3, b"\x03"), (4, b"g")):
        inputs.offer(seq, data)
    inputs.wrote(1)
    inputs.skip_to(3)
    assert inputs.acked == 2
    assert typed(inputs) == b"\x03g"


def test_an_interrupt_does_not_overtake_input_that_has_not_come() -> None:
    inputs = queue()
    inputs.offer(1, b"a")
    inputs.offer(3, b"\x03")
    inputs.skip_to(3)
    assert (inputs.acked, inputs.head()) == (1, b"")
    inputs.offer(2, b"b")
    assert typed(inputs) == b"b\x03"
