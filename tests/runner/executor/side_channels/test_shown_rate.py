"""What a program shows is written to the database at a rate of bytes, too."""

import asyncio
import json
from collections import deque
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from runner.executor.side_channels import Frame, Shown, Turns
from runner.executor.side_channels import shown as module
from runner.limits import KIB, MIB
from runner.protocol.shown import ABOUT, CONTENT


class Connection:
    """One artifact, replaced again and again by one of the same size."""

    def __init__(self, size: int, times: int) -> None:
        self.frames: deque[Frame] = deque()
        for number in range(times):
            about: dict[str, Any] = {"kind": "file", "bytes": size}
            about |= {"seq": 1} if number else {}
            self.frames.append(Frame(ABOUT, bytearray(json.dumps(about).encode())))
            self.frames.append(Frame(CONTENT, bytearray(size)))

    async def frame(self) -> Frame | None:
        return self.frames.popleft() if self.frames else None

    def answer(self, kind: bytes, data: bytes) -> bool:
        return True


async def seconds_for(size: int, times: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """How long a program is kept waiting that shows so many at once."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def stored(*_: object) -> bool:
        return True

    now = asyncio.get_running_loop().time()
    monkeypatch.setattr(
        "runner.infrastructure.token_bucket.time.monotonic", lambda: now + sum(waited)
    )
    monkeypatch.setattr("runner.infrastructure.token_bucket.asyncio.sleep", sleep)
    monkeypatch.setattr(module, "in_database", stored)
    run = SimpleNamespace(pk=uuid4(), owner_id=1, observed="", screen_width=0)
    pump = SimpleNamespace(count_aside=lambda size: True, elapsed_ms=0)
    shown = Shown(cast(Any, run), cast(Any, None), cast(Any, pump), Turns(), lambda version: None)
    await shown._serve(cast(Any, Connection(size, times)))
    assert shown.version == times
    return sum(waited)


async def test_plots_wait_for_five_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await seconds_for(100 * KIB, 100, monkeypatch) == 0
    assert await seconds_for(100 * KIB, 214, monkeypatch) == pytest.approx(20, rel=0.01)


async def test_who_shows_megabytes_waits_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else 20 MB were written in each second, and as much again for the next run."""
    seconds = await seconds_for(4 * MIB, 60, monkeypatch)
    assert 60 * 4 / seconds < 1.5
