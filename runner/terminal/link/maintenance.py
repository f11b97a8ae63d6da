"""The one task of a link: it does what is due, then waits for the next time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from runner.terminal.link.seek_schedule import LAST_SECONDS

logger = logging.getLogger(__name__)


class Maintenance:
    def __init__(self, run: str) -> None:
        self._run = run
        self._wake = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    def start(self, step: Callable[[], Awaitable[float]]) -> None:
        """`step` does what is due and returns the seconds until the next time.

        Only the task holds it, so that the link is freed as soon as the task has ended.
        """
        self._task = asyncio.create_task(self._repeat(step))

    def stop(self) -> None:
        """Also from within a step, which is carried out to its end."""
        self._stopped = True
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def step_now(self) -> None:
        self._wake.set()

    def step_within(self, seconds: float) -> None:
        """The next step comes by then, or earlier if that is due already."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if loop.time() < self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._wake.set)

    async def _repeat(self, step: Callable[[], Awaitable[float]]) -> None:
        while not self._stopped:
            self._wake.clear()
            try:
                delay = await step()
            except Exception as error:  # the database is away: it comes back
                logger.warning("Following run %s failed; retrying: %r", self._run, error)
                delay = LAST_SECONDS
            if not self._stopped:  # by this very step
                self.step_within(delay)
                await self._wake.wait()
