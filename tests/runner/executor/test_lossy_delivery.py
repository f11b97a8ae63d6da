"""Offsets, confirmations and repetition together: exact whatever gets lost."""

import random

import pytest

from runner.executor.output_stream import Frame, OutputStream

RING, WINDOW, FRAME = 1000, 100, 30


def numbered(count: int, start: int = 0) -> bytes:
    """Bytes that tell where they belong."""
    return bytes(number % 251 for number in range(start, start + count))


@pytest.mark.parametrize("seed", range(5))
def test_output_is_exact_over_a_channel_that_loses_a_third_of_all(seed: int) -> None:
    chance = random.Random(seed)
    stream = OutputStream(RING, WINDOW, FRAME)
    stream.attach("owner", 0, control=True, now=0)
    received, now = b"", 0.0
    while len(received) < 20_000:
        now += 0.1
        stream.append(numbered(min(stream.room(), chance.randrange(60)), stream.end))
        stream.step_back(now)
        while (piece := stream.next_piece("owner", now)) is not None:
            assert isinstance(piece, Frame)
            if chance.random() > 0.3 and piece.offset <= len(received):
                received += piece.data[len(received) - piece.offset :]
        if chance.random() > 0.3:
            stream.confirm("owner", len(received), len(received), resend=False, now=now)
    assert received == numbered(len(received))
