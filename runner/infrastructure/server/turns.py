"""Connections take turns: in each iteration of the event loop some milliseconds go to those that
make much work, and the rest to the keys of others."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

TURN_SECONDS = 0.002


class Turns:
    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._scheduled = False

    def add(self, work: Callable[[], None]) -> None:
        self._waiting.append(work)
        self._schedule()

    def _schedule(self) -> None:
        if self._waiting and not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        self._scheduled = False
        until = time.perf_counter() + TURN_SECONDS
        try:
            while self._waiting and time.perf_counter() < until:
                self._waiting.popleft()()
        finally:
            self._schedule()
