"""The binary frame: where its first byte stands in the output, then the bytes."""

import pytest

from runner.protocol import frames


@pytest.mark.parametrize("offset", [0, 1, 2**32, 2**53 - 1])
@pytest.mark.parametrize("data", [b"", b"\xff\x00\xc3", b"x" * 65536], ids=len)
def test_a_frame_is_read_as_it_was_written(offset: int, data: bytes) -> None:
    assert frames.decode_output(frames.encode_output(offset, data)) == (offset, data)


def test_the_offset_is_eight_bytes_highest_first() -> None:
    assert frames.encode_output(0x0102, b"ab") == b"\0\0\0\0\0\0\x01\x02ab"


def test_a_frame_shorter_than_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="8 bytes"):
        frames.decode_output(b"1234567")
