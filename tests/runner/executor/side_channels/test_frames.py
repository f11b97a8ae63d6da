"""Frames come as they were sent, whatever the pieces, and no more than one is ever held."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.executor.side_channels.frames import BadFrame, Frame, FrameReader, encode

LARGEST = {b"A": 10, b"B": 200}
FRAMES = st.lists(
    st.one_of(
        st.tuples(st.just(b"A"), st.binary(max_size=10)),
        st.tuples(st.just(b"B"), st.binary(max_size=200)),
    ),
    max_size=8,
)


def read(reader: FrameReader, data: bytes, most: int) -> list[Frame]:
    found = []
    while data:
        piece = data[: min(reader.wanted, most)]
        data = data[len(piece) :]
        if frame := reader.feed(piece):
            found.append(frame)
    return found


@given(FRAMES, st.integers(1, 64))
def test_what_was_sent_comes(sent: list[tuple[bytes, bytes]], most: int) -> None:
    reader = FrameReader(LARGEST)
    data = b"".join(encode(kind, content) for kind, content in sent)
    found = read(reader, data, most)
    assert [(frame.kind, bytes(frame.data)) for frame in found] == sent
    assert not reader.begun


@given(FRAMES, st.integers(1, 64))
def test_it_wants_something_and_never_more_than_the_frame_that_has_begun(
    sent: list[tuple[bytes, bytes]], most: int
) -> None:
    reader = FrameReader(LARGEST)
    data = b"".join(encode(kind, content) for kind, content in sent)
    while data:
        assert 0 < reader.wanted <= 200
        piece = data[: min(reader.wanted, most)]
        data = data[len(piece) :]
        reader.feed(piece)


@pytest.mark.parametrize(
    "header",
    [
        struct.pack(">cI", b"A", 11),
        struct.pack(">cI", b"A", 0xFFFF_FFFF),  # 4 GiB
        struct.pack(">cI", b"x", 1),
        b"\0\0\0\0\0",
    ],
)
def test_a_length_or_a_kind_that_is_not_allowed_is_refused_before_any_data(header: bytes) -> None:
    reader = FrameReader(LARGEST)
    with pytest.raises(BadFrame):
        read(reader, header, 5)


def test_a_frame_without_data_is_one() -> None:
    assert read(FrameReader(LARGEST), encode(b"A", b""), 5) == [Frame(b"A", bytearray())]
