"""What takes the place of a run's X server cannot keep the executor from other runs."""

import struct
from typing import Any, cast

import pytest

from runner.executor.screens import relay as module
from runner.executor.screens import rfb
from runner.executor.screens.relay import ScreenRelay
from runner.limits import Limits

BELL = b"\x02"
NOTHING = struct.pack(">BxH", rfb.UPDATE, 0)
BODY = struct.pack(">BxH", rfb.UPDATE, 1) + rfb.RECTANGLE.pack(0, 0, 100, 100, rfb.RAW)


class Connection:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.most = 0

    async def receive(self, most: int) -> bytes:
        self.most = max(self.most, most)
        piece, self._data = self._data[:most], self._data[most:]
        return piece


async def cost_of(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    costs: list[float] = []

    relay, connection = ScreenRelay(Limits(), lambda: None), Connection(data)

    async def wait(self: object, *, cost: float) -> bool:
        if self is relay._rate:  # pixels have another one
            costs.append(cost)
        return True

    monkeypatch.setattr("runner.infrastructure.token_bucket.TokenBucket.wait", wait)
    await relay._read(cast(Any, connection), rfb.Updates(100, 100))
    assert connection.most <= 8 * 1024, "more in one turn keeps others waiting"
    return costs


@pytest.mark.parametrize(("message", "parts"), [(BELL, 1), (NOTHING, 2)])
async def test_small_messages_count_for_what_they_cost(
    message: bytes, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A megabyte of them took a second of the event loop, and counted as two of the rate."""
    data = message * (64 * 1024 // len(message))
    per_byte = 1 + module.PART_BYTES * parts / len(message)
    assert sum(await cost_of(data, monkeypatch)) == pytest.approx(len(data) * per_byte)


async def test_pictures_count_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    data = BODY + bytes(100 * 100 * rfb.PIXEL_BYTES)
    assert sum(await cost_of(data, monkeypatch)) < 1.01 * len(data)
