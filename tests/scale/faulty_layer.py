"""A channel layer that loses some messages and brings others twice, as a file says meanwhile."""

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

from runner.infrastructure.channel_layer import PubSubLayer

RATES = Path(os.environ["LAYER_RATES"])  # two numbers: lost and doubled, of 1
LOOK_SECONDS = 0.05
LATE_SECONDS = 0.03  # after which the second one comes: others may overtake it


class FaultyLayer(PubSubLayer):
    _read_at = float("-inf")
    _lost = _doubled = 0.0

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        for delay in self._sendings():
            await self._after(delay, super().send, channel, message)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        for delay in self._sendings():
            await self._after(delay, super().group_send, group, message)

    def _sendings(self) -> list[float]:
        """How long to wait before each time that the message is sent."""
        now = time.monotonic()
        if now - self._read_at >= LOOK_SECONDS:
            self._read_at = now
            self._lost, self._doubled = map(float, RATES.read_text().split())
        if random.random() < self._lost:
            return []
        return [0.0, LATE_SECONDS] if random.random() < self._doubled else [0.0]

    async def _after(self, seconds: float, send: Any, name: str, message: Any) -> None:
        if seconds:
            copy = dict(message)
            loop = asyncio.get_running_loop()
            loop.call_later(seconds, lambda: loop.create_task(send(name, copy)))
        else:
            await send(name, message)
