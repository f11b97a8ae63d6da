"""The binary frame: 8-byte big-endian offset of its first byte, then raw terminal bytes."""

import struct

HEADER = struct.Struct(">Q")


def encode_output(offset: int, data: bytes) -> bytes:
    return HEADER.pack(offset) + data


def decode_output(frame: bytes) -> tuple[int, bytes]:
    """`(offset, data)`; `ValueError` when the frame is shorter than its header."""
    if len(frame) < HEADER.size:
        raise ValueError("an output frame is at least 8 bytes long")
    return HEADER.unpack_from(frame)[0], frame[HEADER.size :]
