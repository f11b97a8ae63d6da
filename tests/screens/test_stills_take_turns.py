"""An X server whose place a program has taken keeps nobody else waiting while a still is taken."""

import asyncio
import struct
import time
from typing import Any, cast

import pytest

from runner.executor.screens import rfb, stills

WIDTH, HEIGHT = 1024, 768


class Server:
    """Answers with these rectangles, at once."""

    size = WIDTH, HEIGHT

    def __init__(self, count: int, across: int, down: int) -> None:
        head = struct.pack(">HHHHi", 0, 0, across, down, rfb.RAW)
        rectangle = head + bytes(across * down * rfb.PIXEL_BYTES)
        self._data = b"\0\0" + struct.pack(">H", count) + rectangle * count
        self._at = 0

    async def send(self, data: bytes) -> None:
        pass

    async def receive(self, most: int) -> bytes:
        data = self._data[self._at : self._at + most]
        self._at += len(data)
        return data


async def longest_pause(work: asyncio.Task[Any]) -> float:
    """Seconds in which nothing else was done."""
    longest, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


@pytest.mark.parametrize(("across", "down"), [(0, HEIGHT), (WIDTH, 0), (0, 0)])
async def test_rectangles_without_pixels_are_refused(across: int, down: int) -> None:
    """65,535 of them have no end for two minutes, and 800 KB."""
    with pytest.raises(rfb.BadScreen):
        await stills.pixels_of(cast(Any, Server(1000, across, down)))


async def test_lines_of_one_pixel_let_others_go_on() -> None:
    taking = asyncio.create_task(stills.pixels_of(cast(Any, Server(300, 1, HEIGHT))))
    assert await longest_pause(taking) < 0.1
    assert len(taking.result()) == WIDTH * HEIGHT * rfb.PIXEL_BYTES
