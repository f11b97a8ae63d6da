"""The binary frames of a room's socket: updates of its document, which only pages understand.

Page → server: kind 1, 4 bytes of the epoch, 4 bytes of the page's own number, then the update.
Server → page: kind 1, 4 bytes of the epoch, 8 bytes of the room's number, then the update.
"""

import struct
from dataclasses import dataclass

UPDATE = 1
_SENT = struct.Struct(">BII")
_TOLD = struct.Struct(">BIQ")
SENT_HEADER_BYTES = _SENT.size


@dataclass(frozen=True, slots=True)
class SentUpdate:
    epoch: int
    number: int
    data: bytes


def decode_sent(frame: bytes) -> SentUpdate:
    """Raises `ValueError`."""
    if len(frame) <= _SENT.size:
        raise ValueError("a frame has a header of 9 bytes and an update")
    kind, epoch, number = _SENT.unpack_from(frame)
    if kind != UPDATE:
        raise ValueError("the first byte is not the kind of a frame")
    return SentUpdate(epoch, number, frame[_SENT.size :])


def encode_told(epoch: int, seq: int, data: bytes) -> bytes:
    return _TOLD.pack(UPDATE, epoch, seq) + data
