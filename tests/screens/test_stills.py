"""Pictures of a window for its replay: what they show, and servers that send something else."""

import asyncio
import struct
import zlib
from typing import Any

import pytest

from runner.executor.screens import rfb, stills
from runner.executor.screens.connection import ScreenConnection
from runner.executor.side_channels import Shown
from runner.media import inspect
from tests.screens.viewer import a_gui_run, requires_screen, viewing

WIDTH, HEIGHT = 3, 2
RED, GREEN = b"\xff\0\0\0", b"\0\xff\0\0"
TURTLE = """import turtle, time
turtle.bgcolor("red")
turtle.forward(50)
print("drawn", flush=True)
turtle.mainloop()
"""


class Server(ScreenConnection):
    """Sends these bytes, in small pieces, whatever it is asked."""

    def __init__(self, sent: bytes, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.size, self.sent, self.asked = size, sent, b""

    async def send(self, data: bytes) -> None:
        self.asked += data

    async def receive(self, most: int) -> bytes:
        some, self.sent = self.sent[:5], self.sent[5:]
        return some


def update(*rectangles: tuple[int, int, int, int, int, bytes]) -> bytes:
    parts = [struct.pack(">BxH", rfb.UPDATE, len(rectangles))]
    for *place, encoding, body in rectangles:
        parts.append(rfb.RECTANGLE.pack(*place, encoding) + body)
    return b"".join(parts)


def rows_of(picture: bytes, width: int) -> list[bytes]:
    """Of a PNG file: what was drawn, three bytes for each pixel."""
    at, data = 8, b""
    while at < len(picture):
        length, name = struct.unpack_from(">I4s", picture, at)
        body = picture[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", picture, at + 8 + length)[0] == zlib.crc32(name + body)
        data, at = data + (body if name == b"IDAT" else b""), at + 12 + length
    drawn, line = zlib.decompress(data), 1 + 3 * width
    rows = [drawn[start : start + line] for start in range(0, len(drawn), line)]
    assert {row[0] for row in rows} == {0}
    return [row[1:] for row in rows]


async def test_rectangles_become_one_picture() -> None:
    server = Server(
        bytes([rfb.BELL]) + update((0, 0, 3, 1, rfb.RAW, RED * 3), (1, 1, 2, 1, rfb.RAW, GREEN * 2))
    )
    pixels = await stills.pixels_of(server)
    picture = stills.png(server.size, pixels)
    assert rows_of(picture, WIDTH) == [RED[:3] * 3, b"\0\0\0" + GREEN[:3] * 2]
    assert server.asked == rfb.ask(WIDTH, HEIGHT, anew=True)
    known = inspect("picture", picture)
    assert (known.mime, known.width, known.height) == ("image/png", WIDTH, HEIGHT)


HOSTILE: dict[str, bytes] = {
    "ends early": update((0, 0, 3, 2, rfb.RAW, RED)),
    "nothing": b"",
    "another message": b"\x03\0\0\0",
    "outside": update((1, 0, 3, 1, rfb.RAW, RED * 3)),
    "another encoding": update((0, 0, 3, 2, rfb.ZRLE, b"\0\0\0\1x")),
    "again and again": update(*[(0, 0, 3, 2, rfb.RAW, RED * 6)] * 65_535),
    "bells": bytes([rfb.BELL]) * 200_000,
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_a_server_that_is_none_gets_no_still(what: str) -> None:
    server = Server(HOSTILE[what])
    with pytest.raises(rfb.BadScreen):
        await stills.pixels_of(server)


async def test_a_screen_that_would_take_much_memory_has_none() -> None:
    server = Server(b"", (rfb.MOST_SIDE, rfb.MOST_SIDE))
    with pytest.raises(rfb.BadScreen):
        await stills.pixels_of(server)
    assert server.asked == b""


@requires_screen
@pytest.mark.languages
async def test_the_window_of_a_program_is_taken_while_somebody_looks_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[tuple[Any, ...]] = []
    seen = asyncio.Event()

    async def store(_: Shown, size: tuple[int, int], data: bytes) -> bool:
        taken.append((size, data))
        seen.set()
        return True

    monkeypatch.setattr(Shown, "store_still", store)
    async with viewing(a_gui_run(TURTLE), monkeypatch) as viewer:
        await viewer.terminal.wait_for("drawn")
        drawn = viewer.drawn
        async with asyncio.timeout(20):
            while not reds(taken):
                seen.clear()
                await seen.wait()
        # The page's own connection to the X server has gone on.
        assert viewer.drawn >= drawn
        assert len(viewer.sizes) == 1


def reds(taken: list[tuple[Any, ...]]) -> bool:
    if not taken:
        return False
    size, picture = taken[-1]
    assert size == (640, 480)
    middle = rows_of(picture, size[0])[size[1] // 2]
    return RED[:3] * 20 in middle
