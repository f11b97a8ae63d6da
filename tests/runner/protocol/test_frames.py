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


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_the_first_byte_is_the_channel(channel: int) -> None:
    frame = frames.encode_output(2**53 - 1, b"ab", channel)
    assert frame == bytes([channel]) + b"\0\x1f\xff\xff\xff\xff\xff\xff"[1:] + b"ab"
    assert frame[1:] == frames.encode_output(2**53 - 1, b"ab")[1:]


@pytest.mark.parametrize("channel", [1, 2])
@pytest.mark.parametrize("seq", [1, 2**32, 2**56 - 1])
def test_a_frame_to_the_server_is_read_as_it_was_written(channel: int, seq: int) -> None:
    frame = frames.encode_input(channel, seq, b"\xff\0")
    assert frames.decode_input(frame) == frames.InputFrame(channel, seq, b"\xff\0")


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x01\0\0\0\0\0\x01",  # seven bytes
        frames.encode_input(0, 1, b"ab"),  # the terminal is typed into by messages
        frames.encode_input(3, 1, b"ab"),
        frames.encode_input(255, 1, b"ab"),
        frames.encode_input(1, 0, b"ab"),
    ],
)
def test_what_is_no_frame_of_a_side_channel_is_refused(frame: bytes) -> None:
    with pytest.raises(ValueError, match=r"frame"):
        frames.decode_input(frame)
