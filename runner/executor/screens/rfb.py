"""The protocol of X servers that are shown elsewhere (RFC 6143), as far as GUI runs need it. Pure.

What comes from the server is hostile: the program may have ended it and taken its place. So every
message is followed to its end before it is passed on, with sizes that are checked. Only encodings
are asked for whose length is plain to see; what is inside them is for the page, which draws them
into a picture of a bounded size.
"""

import struct
from collections.abc import Generator, Iterator

from runner.limits import KIB

VERSION = b"RFB 003.008\n"
NO_AUTHENTICATION = 1
SHARED = b"\x01"
INIT = struct.Struct(">HH16sI")  # width, height, pixel format, length of the name
MOST_NAME = 1024  # bytes
# 32 bits, of which 24 count, little-endian, true colour: bytes red, green, blue, 0.
PIXELS = struct.pack(">BBBBHHHBBBxxx", 32, 24, 0, 1, 255, 255, 255, 0, 8, 16)
PIXEL_BYTES = 4
RAW, COPY, ZRLE, CURSOR, NEW_SIZE, LAST = 0, 1, 16, -239, -223, -224
ENCODINGS = (ZRLE, COPY, RAW, CURSOR, NEW_SIZE, LAST)  # the first is preferred
MOST_SIDE = 4096  # pixels; a page allocates four bytes for each
MOST_CURSOR = 128
SLACK = 64 * KIB  # of compressed data, beyond what they would take uncompressed
UPDATE, BELL = 0, 2  # from the server
KEY, POINTER = 4, 5  # to the server
KEY_EVENT, POINTER_EVENT = struct.Struct(">BBxxI"), struct.Struct(">BBHH")
RECTANGLE = struct.Struct(">HHHHi")
MOST_KEYS = 32  # held at a time
Parts = Generator[int, bytes, None]


class BadScreen(Exception):
    """What came is not from an X server as we have started it."""


def set_pixels() -> bytes:
    return struct.pack(">Bxxx16s", 0, PIXELS)


def set_encodings(encodings: tuple[int, ...] = ENCODINGS) -> bytes:
    return struct.pack(f">BxH{len(encodings)}i", 2, len(encodings), *encodings)


def ask(width: int, height: int, *, anew: bool = False) -> bytes:
    """For what has changed, or (`anew`) for everything."""
    return struct.pack(">BBHHHH", 3, not anew, 0, 0, width, height)


def key(down: bool, keysym: int) -> bytes:
    return KEY_EVENT.pack(KEY, down, keysym)


def pointer(buttons: int, x: int, y: int) -> bytes:
    return POINTER_EVENT.pack(POINTER, buttons, x, y)


def checked_size(width: int, height: int) -> tuple[int, int]:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise BadScreen(f"a screen of {width} by {height}")
    return width, height


class Updates:
    """Follows the server's messages. `size`: of its screen."""

    def __init__(self, width: int, height: int) -> None:
        self.size = checked_size(width, height)
        self.complete = 0  # updates
        self.pixels = 0  # that they draw, so far
        self.parts = 0  # of messages, that were looked at
        self._header = bytearray()
        self._body = 0  # bytes that belong to what has begun, and are not looked at
        self._parts = self._messages()
        self._wanted = next(self._parts)

    def feed(self, data: bytes) -> None:
        """Raises BadScreen. `data` may end anywhere."""
        view = memoryview(data)
        while view:
            if self._body:
                taken = min(self._body, len(view))
                self._body -= taken
            else:
                taken = min(self._wanted - len(self._header), len(view))
                self._header += view[:taken]
                if len(self._header) == self._wanted:
                    header, self._header = bytes(self._header), bytearray()
                    self.parts += 1
                    self._wanted = self._parts.send(header)
            view = view[taken:]

    def _messages(self) -> Parts:
        """Yields how many bytes it wants next; gets them. Bodies are skipped in between."""
        while True:
            (kind,) = yield 1
            if kind == BELL:
                continue
            if kind != UPDATE:
                raise BadScreen(f"a message of kind {kind}")
            _, count = struct.unpack(">BH", (yield 3))
            for _ in range(count):
                x, y, width, height, encoding = RECTANGLE.unpack((yield RECTANGLE.size))
                if encoding == LAST:
                    break
                yield from self._rectangle(x, y, width, height, encoding)
            self.complete += 1

    def _rectangle(self, x: int, y: int, width: int, height: int, encoding: int) -> Parts:
        if encoding == NEW_SIZE:
            self.size = checked_size(width, height)
            return
        if encoding == CURSOR:
            if max(width, height) > MOST_CURSOR:
                raise BadScreen(f"a cursor of {width} by {height}")
            self._body = width * height * PIXEL_BYTES + (width + 7) // 8 * height
            return
        if x + width > self.size[0] or y + height > self.size[1]:
            raise BadScreen("a rectangle outside the screen")
        self.pixels += width * height
        if encoding == RAW:
            self._body = width * height * PIXEL_BYTES
        elif encoding == COPY:
            x, y = struct.unpack(">HH", (yield 4))
            if x + width > self.size[0] or y + height > self.size[1]:
                raise BadScreen("a copy from outside the screen")
        elif encoding == ZRLE:
            (length,) = struct.unpack(">I", (yield 4))
            if length > width * height * PIXEL_BYTES + SLACK:
                raise BadScreen(f"{length} bytes for {width} by {height}")
            self._body = length
        else:
            raise BadScreen(f"encoding {encoding}")


def events(data: bytes) -> Iterator[bytes]:
    """What a page has sent, as far as it is of keys and pointer; the rest of a message that is not
    is dropped."""
    while data:
        size = {KEY: KEY_EVENT.size, POINTER: POINTER_EVENT.size}.get(data[0], 0)
        if not size or len(data) < size:
            return
        yield data[:size]
        data = data[size:]


class Held:
    """The keys and buttons that a page holds: they are let go for it when it leaves."""

    def __init__(self) -> None:
        self._keys: set[int] = set()
        self._pointer = (0, 0, 0)

    def note(self, event: bytes) -> bool:
        """Whether it may be passed on: nobody holds so many keys."""
        if event[0] == POINTER:
            self._pointer = POINTER_EVENT.unpack(event)[1:]
            return True
        _, down, keysym = KEY_EVENT.unpack(event)
        if down and len(self._keys) >= MOST_KEYS and keysym not in self._keys:
            return False
        (self._keys.add if down else self._keys.discard)(keysym)
        return True

    def let_go(self) -> bytes:
        released = b"".join(key(False, keysym) for keysym in sorted(self._keys))
        self._keys.clear()
        buttons, x, y = self._pointer
        self._pointer = 0, x, y
        return released + (pointer(0, x, y) if buttons else b"")
