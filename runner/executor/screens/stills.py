"""Stills of the screen of a GUI run: what its replay shows beside the terminal.

While something is drawn, a picture is taken of all of it: by a connection of its own to the X
server, which asks for plain pixels. The longer a run lasts, the longer are the pauses in between:
they are a quarter of the time that has passed. What the server sends is hostile, as in `rfb`.
"""

import asyncio
import logging
import struct
import time
import zlib
from collections.abc import Awaitable, Callable

from django.conf import settings

from runner.executor.screens import rfb
from runner.executor.screens.connection import ScreenConnection, connect
from runner.executor.screens.relay import ScreenRelay
from runner.limits import KIB
from runner.sandbox import Sandbox

logger = logging.getLogger(__name__)
FIRST_SECONDS = 1.0
PART = 4  # a pause is so large a part of the time that has passed
TAKING_SECONDS = 3.0
MOST_PIXELS = 1920 * 1200  # of a larger screen there are no stills: each pixel takes 10 bytes here
READ_BYTES = 256 * KIB
TURN_LINES = 256  # that are taken in a turn of the event loop, as each may have four bytes
SLACK = 64 * KIB  # of headers
Store = Callable[[tuple[int, int], bytes], Awaitable[bool]]


class Stills:
    """`store` is told the size of the screen and the PNG file; after a False there are no more."""

    def __init__(self, relay: ScreenRelay, store: Store) -> None:
        self._relay, self._store = relay, store
        self._taking: asyncio.Task[None] | None = None

    def begin(self, sandbox: Sandbox) -> None:
        self._taking = asyncio.create_task(self._take_all(sandbox))

    async def end(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            await asyncio.gather(self._taking, return_exceptions=True)

    async def _take_all(self, sandbox: Sandbox) -> None:
        began, drawn, count = time.monotonic(), 0, 0
        try:
            while count < settings.LIMITS.stills_per_run:
                await asyncio.sleep(max(FIRST_SECONDS, (time.monotonic() - began) / PART))
                if self._relay.updates == drawn:
                    continue  # as it was
                drawn, count = self._relay.updates, count + 1
                size, picture = await _taken(sandbox)
                if not await self._store(size, picture):
                    return
        except (rfb.BadScreen, OSError, TimeoutError) as error:
            logger.info("There are no more stills of a run's screen: %r", error)
        except Exception:
            logger.exception("Taking stills of a run's screen failed.")


async def _taken(sandbox: Sandbox) -> tuple[tuple[int, int], bytes]:
    """The size of the screen, and a PNG file. Raises BadScreen, OSError or TimeoutError."""
    async with asyncio.timeout(TAKING_SECONDS):
        connection = await connect(sandbox, (rfb.RAW,))
        try:
            pixels = await pixels_of(connection)
        finally:
            connection.close()
        return connection.size, await asyncio.to_thread(png, connection.size, pixels)


async def pixels_of(connection: ScreenConnection) -> bytearray:
    """All of the screen, with four bytes for each pixel."""
    width, height = connection.size
    if width * height > MOST_PIXELS:
        raise rfb.BadScreen(f"{width} by {height} are too many for a still")
    pixels = bytearray(width * height * rfb.PIXEL_BYTES)
    reader = _Reader(connection, 2 * len(pixels) + SLACK)
    await connection.send(rfb.ask(width, height, anew=True))
    while (await reader.take(1))[0] == rfb.BELL:
        pass
    if reader.last[0] != rfb.UPDATE:
        raise rfb.BadScreen(f"a message of kind {reader.last[0]}")
    _, count = struct.unpack(">BH", await reader.take(3))
    for _ in range(count):
        x, y, across, down, encoding = rfb.RECTANGLE.unpack(await reader.take(rfb.RECTANGLE.size))
        outside = x + across > width or y + down > height
        if encoding != rfb.RAW or outside or across * down == 0:
            raise rfb.BadScreen("another rectangle than was asked for")
        line = across * rfb.PIXEL_BYTES
        for row in range(y, y + down):
            start = (row * width + x) * rfb.PIXEL_BYTES
            pixels[start : start + line] = await reader.take(line)
    return pixels


class _Reader:
    """`last`: what was taken last. Raises BadScreen after more than `most` bytes."""

    def __init__(self, connection: ScreenConnection, most: int) -> None:
        self._connection, self._left = connection, most
        self._held = bytearray()
        self._at = self._taken = 0
        self.last = b""

    async def take(self, count: int) -> bytes:
        self._taken += 1
        if self._taken % TURN_LINES == 0:
            await asyncio.sleep(0)  # what is there already is received at once
        while len(self._held) - self._at < count:
            if not (more := await self._connection.receive(READ_BYTES)):
                raise rfb.BadScreen("it ended within a still")
            self._left -= len(more)
            if self._left < 0:
                raise rfb.BadScreen("more than a screen")
            del self._held[: self._at]
            self._held, self._at = self._held + more, 0
        self.last = bytes(self._held[self._at : self._at + count])
        self._at += count
        return self.last


def png(size: tuple[int, int], pixels: bytearray) -> bytes:
    """Of pixels of four bytes: red, green, blue, and one that says nothing."""
    width, height = size
    colours = bytearray(3 * width * height)
    for channel in range(3):
        colours[channel::3] = pixels[channel :: rfb.PIXEL_BYTES]
    line = 3 * width
    rows = b"".join(b"\0" + colours[at : at + line] for at in range(0, len(colours), line))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
