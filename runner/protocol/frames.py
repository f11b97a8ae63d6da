"""Binary frames: a channel and a number of together 8 bytes, big-endian, then raw bytes.

To browsers the number is the offset of the first byte in its channel. No offset exceeds 2^53, so
its first byte is free for the channel: a frame of the terminal, channel 0, is what it was before
there were others. To the server the number counts the frames of a channel: 1, 2, 3 …
"""

import struct
from dataclasses import dataclass

HEADER = struct.Struct(">Q")
TERMINAL, DEBUGGER, SCREEN = 0, 1, 2
SIDE_CHANNELS = (DEBUGGER, SCREEN)
NUMBER_BITS = 56
# What channel 2 carries is in parts of a kind and a length: see the relay of screens.
SCREEN_HEADER = struct.Struct(">cI")
SCREEN_BEGINS, SCREEN_UPDATES = b"S", b"U"


def encode_output(offset: int, data: bytes, channel: int = TERMINAL) -> bytes:
    return HEADER.pack(channel << NUMBER_BITS | offset if channel else offset) + data


def decode_output(frame: bytes) -> tuple[int, bytes]:
    """`(offset, data)` of the terminal; `ValueError` when the frame is shorter than its header."""
    if len(frame) < HEADER.size:
        raise ValueError("an output frame is at least 8 bytes long")
    return HEADER.unpack_from(frame)[0], frame[HEADER.size :]


@dataclass(frozen=True, slots=True)
class InputFrame:
    """What a browser sends on a side channel; `seq` counts from 1."""

    channel: int
    seq: int
    data: bytes


def decode_input(frame: bytes) -> InputFrame:
    """`ValueError` when it is no frame of a side channel."""
    if len(frame) < HEADER.size:
        raise ValueError("a frame is at least 8 bytes long")
    (number,) = HEADER.unpack_from(frame)
    found = InputFrame(number >> NUMBER_BITS, number & (1 << NUMBER_BITS) - 1, frame[HEADER.size :])
    if found.channel not in SIDE_CHANNELS or not found.seq:
        raise ValueError(f"no frame of a side channel: channel {found.channel}, frame {found.seq}")
    return found


def encode_input(channel: int, seq: int, data: bytes) -> bytes:
    return HEADER.pack(channel << NUMBER_BITS | seq) + data
