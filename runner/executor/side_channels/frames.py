"""Frames in the bytes of a side channel: a kind of 1 byte, a length of 4, and so many bytes. Pure.

A program may send anything. Never more is wanted than the frame that has begun needs, so no more
than one frame is held, and its length is checked before any of it is read.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

HEADER = struct.Struct(">cI")


class BadFrame(Exception):
    """An unknown kind, or more bytes than a frame of that kind may have."""


@dataclass(frozen=True, slots=True)
class Frame:
    kind: bytes
    data: bytearray


def encode(kind: bytes, data: bytes) -> bytes:
    return HEADER.pack(kind, len(data)) + data


class FrameReader:
    def __init__(self, largest: Mapping[bytes, int]) -> None:
        """`largest`: how many bytes a frame may have, by its kind."""
        self._largest = largest
        self._header = bytearray()
        self._kind: bytes | None = None  # of the frame whose data comes
        self._length = 0
        self._data = bytearray()

    @property
    def begun(self) -> bool:
        return bool(self._header) or self._kind is not None

    @property
    def wanted(self) -> int:
        """How many bytes may be fed next; at least one."""
        if self._kind is None:
            return HEADER.size - len(self._header)
        return self._length - len(self._data)

    def feed(self, data: bytes) -> Frame | None:
        """The frame that is complete now, if one is. Raises BadFrame.

        `data`: not more than `wanted`."""
        if self._kind is None:
            self._header += data
            if len(self._header) < HEADER.size:
                return None
            self._kind, self._length = HEADER.unpack(self._header)
            self._header.clear()
            most = self._largest.get(self._kind)
            if most is None or self._length > most:
                raise BadFrame(f"{self._kind!r} with {self._length} bytes")
        else:
            self._data += data
        return None if len(self._data) < self._length else self._complete()

    def _complete(self) -> Frame:
        assert self._kind is not None
        frame = Frame(self._kind, self._data)
        self._kind, self._data = None, bytearray()
        return frame
