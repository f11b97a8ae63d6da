"""The kind and the size of a picture, from its first bytes."""

import re
import struct
from dataclasses import dataclass

MOST_SEGMENTS = 200  # of a JPEG before its size; cameras write a dozen
SIZES_OF_JPEG = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # SOF0 … SOF15
GIF_EXTENSION, GIF_PICTURE = 0x21, 0x2C
MOST_BLOCKS = 20_000  # of a GIF before its first picture; profiles of colours have a dozen
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
# Atomic: a comment ends where it ends. Else some of them could be one or several, in a number of
# ways that no time suffices to try.
SVG = re.compile(
    rb"""
    \A (?:\xef\xbb\xbf)? \s*+ (?> <\?xml [^>]*+ > \s*+ )?+
    (?> <!-- .*? --> \s*+ | <!DOCTYPE [^>\[]*+ > \s*+ )*+
    <svg [\s>/]
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
SVG_HEAD = 4096  # bytes, in which it has to begin


Bytes = bytes | bytearray


@dataclass(frozen=True, slots=True)
class Picture:
    mime: str
    extension: str
    width: int
    height: int


def picture(data: Bytes) -> Picture | None:
    """A PNG, JPEG, GIF or WebP; None for everything else."""
    try:
        return _png(data) or _gif(data) or _jpeg(data) or _webp(data)
    except (struct.error, IndexError):  # it ends before it says how large it is
        return None


def is_svg(data: Bytes) -> bool:
    return SVG.match(data[:SVG_HEAD]) is not None


def _png(data: Bytes) -> Picture | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[8:16] != b"\0\0\0\rIHDR":
        return None
    return Picture("image/png", ".png", *struct.unpack_from(">II", data, 16))


def _gif(data: Bytes) -> Picture | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack_from("<HH", data, 6)
    try:
        reaches = _first_of_gif(data)
    except (struct.error, IndexError):  # it ends before there is something to draw
        reaches = 0, 0
    if reaches is None:
        return None
    return Picture("image/gif", ".gif", max(width, reaches[0]), max(height, reaches[1]))


def _first_of_gif(data: Bytes) -> tuple[int, int] | None:
    """How far its first picture reaches: browsers make the whole so large, whatever it says. None
    where that takes too long to find."""
    flags = data[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)  # behind its colours
    inside = False  # of an extension, which has blocks
    for _ in range(MOST_BLOCKS):
        length = data[at]
        if inside:
            at, inside = at + 1 + length, length > 0
        elif length == GIF_EXTENSION:
            at, inside = at + 2, True
        elif length == GIF_PICTURE:
            left, top, across, down = struct.unpack_from("<HHHH", data, at + 1)
            return left + across, top + down
        else:
            return 0, 0  # nothing is drawn
    return None


def _jpeg(data: Bytes) -> Picture | None:
    if data[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    for _ in range(MOST_SEGMENTS):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # filled up
            at += 1
        elif marker in WITHOUT_LENGTH:
            at += 2
        elif marker in SIZES_OF_JPEG:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Picture("image/jpeg", ".jpg", width, height)
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            if length < 2 or marker in (0xD9, 0xDA):
                return None
            at += 2 + length
    return None


def _webp(data: Bytes) -> Picture | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        enough = len(data) >= 30
    elif kind == b"VP8L":
        (packed,) = struct.unpack_from("<I", data, 21)
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        enough = data[20] == 0x2F
    elif kind == b"VP8 ":
        width, height = (size & 0x3FFF for size in struct.unpack_from("<HH", data, 26))
        enough = data[23:26] == b"\x9d\x01\x2a"
    else:
        return None
    return Picture("image/webp", ".webp", width, height) if enough else None
