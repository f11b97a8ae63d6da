"""The pixels of a screenshot."""

import struct
import zlib
from collections.abc import Iterator

Pixel = tuple[int, int, int]
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}  # RGB and RGBA, of 8 bits, as Chromium writes them


class Picture:
    def __init__(self, png: bytes) -> None:
        assert png.startswith(_SIGNATURE)
        chunks = dict(_chunks(png))
        head = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
        self.width, self.height = head[0], head[1]
        assert head[2] == 8
        assert head[4:] == (0, 0, 0)
        self._channels = _CHANNELS[head[3]]
        self._rows = list(self._unfiltered(zlib.decompress(chunks[b"IDAT"])))

    def at(self, x: int, y: int) -> Pixel:
        place = x * self._channels
        red, green, blue = self._rows[y][place : place + 3]
        return red, green, blue

    def _unfiltered(self, data: bytes) -> Iterator[bytearray]:
        size, step = self.width * self._channels, self._channels
        above = bytearray(size)
        for y in range(self.height):
            start = y * (size + 1)
            kind, row = data[start], bytearray(data[start + 1 : start + 1 + size])
            for i in range(size):
                left = row[i - step] if i >= step else 0
                corner = above[i - step] if i >= step else 0
                row[i] = row[i] + _guess(kind, left, above[i], corner) & 0xFF
            yield row
            above = row


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content; those of the picture joined."""
    place, picture = len(_SIGNATURE), b""
    while place < len(png):
        (size,) = struct.unpack_from(">I", png, place)
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if name == b"IDAT":
            picture += content
        else:
            yield name, content
        place += 12 + size
    yield b"IDAT", picture


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 0:
        return 0
    if kind == 1:
        return left
    if kind == 2:
        return up
    if kind == 3:
        return (left + up) // 2
    nearest = left + up - corner
    return min((left, up, corner), key=lambda one: abs(nearest - one))
