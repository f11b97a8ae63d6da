"""What a browser sends in binary frames, and which protocol it speaks."""

from typing import Any

import pytest

from runner.limits import Limits
from runner.protocol import frames
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Refused
from runner.terminal.gate.decoding import decode, protocol_of, sides_of
from runner.terminal.gate.rate_limit import Rates

LIMITS = Limits(messages_per_second=1, messages_burst=3)
FRAME = frames.encode_input(2, 1, b"click")


def read(data: bytes, protocol: int = 2, rates: Rates | None = None) -> Any:
    return decode(None, data, rates or Rates(LIMITS), LIMITS, protocol)


@pytest.mark.parametrize(
    ("query", "protocol"),
    [
        (b"", 1),
        (b"protocol=1", 1),
        (b"protocol=2", 2),
        (b"protocol=3", 2),  # what this server knows
        (b"protocol=0", 1),
        (b"protocol=-2", 1),
        (b"protocol=", 1),
        (b"protocol=two", 1),
        (b"protocol=99999999999999999999", 1),
        (b"protocol=%D9%A2", 1),  # a digit of another script
        (b"\xff&&&=;%%%", 1),
        (b"other=2", 1),
    ],
)
def test_the_protocol_is_the_newest_that_both_know(query: bytes, protocol: int) -> None:
    assert protocol_of({"query_string": query}) == protocol


def test_a_browser_of_the_first_protocol_has_no_side_channels() -> None:
    assert sides_of(1, {"1": 5}) == {}
    assert sides_of(2) == {1: 0, 2: 0}
    assert sides_of(2, {"2": 5}) == {1: 0, 2: 5}


def test_a_frame_of_a_side_channel_is_understood() -> None:
    assert read(FRAME) == frames.InputFrame(2, 1, b"click")


@pytest.mark.parametrize(
    ("data", "protocol", "code"),
    [
        (FRAME, 1, ReasonCode.BINARY_FRAME),
        (b"", 2, ReasonCode.INVALID_MESSAGE),
        (frames.encode_input(0, 1, b"x"), 2, ReasonCode.INVALID_MESSAGE),
        (frames.encode_input(7, 1, b"x"), 2, ReasonCode.INVALID_MESSAGE),
        (frames.encode_input(1, 1, bytes(64 * 1024 + 1)), 2, ReasonCode.MESSAGE_TOO_LARGE),
    ],
)
def test_what_is_none_is_refused(data: bytes, protocol: int, code: ReasonCode) -> None:
    with pytest.raises(Refused) as refused:
        read(data, protocol)
    assert refused.value.reason_code is code


def test_the_largest_frame_is_taken() -> None:
    assert len(read(frames.encode_input(1, 1, bytes(64 * 1024))).data) == 64 * 1024


def test_frames_have_the_rate_of_messages() -> None:
    rates = Rates(LIMITS)
    for _ in range(3):
        read(FRAME, rates=rates)
    with pytest.raises(Refused) as refused:
        read(FRAME, rates=rates)
    assert refused.value.reason_code is ReasonCode.TOO_MANY_MESSAGES
