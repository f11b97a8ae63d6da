"""Sandboxes that are up before anybody asks: each waits for one program, and is used once.

Refilling comes after everything else: it waits until no run is starting, as what a process gives
away of its priority an unprivileged one never gets back.
"""

import asyncio
import contextlib
import logging
import os
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from runner.executor.demand import Demand
from runner.executor.pty import PseudoTerminal
from runner.limits import Limits
from runner.metrics import POOL, SANDBOX_START
from runner.sandbox.bubblewrap import Sandbox, SandboxFailed

logger = logging.getLogger(__name__)
QUIET_SECONDS = 0.05  # after a sandbox was taken: the program that got it comes first
PATIENCE_SECONDS = 1.0  # where one is taken all the time, refilling goes on
LOOK_SECONDS = 30.0  # between two looks whether fewer would do
RETRY_SECONDS = 5.0
ROWS, COLS = 24, 80  # until the run says


class Prepared:
    """A terminal with a sandbox on it; leaving `stack` ends both."""

    def __init__(self, terminal: PseudoTerminal, sandbox: Sandbox, stack: AsyncExitStack) -> None:
        self.terminal, self.sandbox, self.stack = terminal, sandbox, stack

    @classmethod
    async def start(cls, limits: Limits) -> "Prepared":
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            terminal = stack.enter_context(PseudoTerminal(ROWS, COLS))
            sandbox = await stack.enter_async_context(Sandbox(terminal.slave, limits))
            terminal.close_slave()
            SANDBOX_START.observe(time.monotonic() - began)
            return cls(terminal, sandbox, stack.pop_all())


class WarmPool:
    """While `run()` does, at least `size` sandboxes wait, and as many as were wanted at once
    lately, up to `most`; with size 0 each is started when it is asked for."""

    def __init__(self, size: int, most: int, limits: Limits) -> None:
        self._limits = limits
        self._demand = Demand(size, most)
        self._waiting: deque[Prepared] = deque()
        self._asked = asyncio.Event()
        self._asked_at = float("-inf")
        # Many at once are ready no sooner, but all of them late.
        self._starts = asyncio.Semaphore(os.cpu_count() or 1)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def run(self) -> None:
        """Refills until cancelled, one at a time."""
        try:
            while True:
                self._asked.clear()
                surplus = len(self._waiting) - self._demand.wanted(time.monotonic())
                if surplus > 0:
                    await self._waiting.popleft().stack.aclose()
                elif surplus < 0:
                    await self._until_quiet()
                    await self._refill()
                else:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_SECONDS):
                            await self._asked.wait()
        finally:
            while self._waiting:
                await self._waiting.popleft().stack.aclose()

    async def _until_quiet(self) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while (now := time.monotonic()) < give_up_at:
            wait = self._asked_at + QUIET_SECONDS - now
            if wait <= 0 and not self._starts.locked():
                return
            await asyncio.sleep(max(wait, QUIET_SECONDS / 5))

    async def _refill(self) -> None:
        try:
            async with self._starts:
                self._waiting.append(await Prepared.start(self._limits))
        except (SandboxFailed, OSError):
            logger.exception("No sandbox could be prepared.")
            await asyncio.sleep(RETRY_SECONDS)

    @contextlib.asynccontextmanager
    async def sandbox(self) -> AsyncIterator[tuple[PseudoTerminal, Sandbox]]:
        """A terminal and a sandbox for one program: prepared if one is left, else started now."""
        self._asked_at = time.monotonic()
        self._demand.note(self._asked_at)
        self._asked.set()
        prepared = await self._take()
        POOL.labels("cold" if prepared is None else "warm").inc()
        if prepared is None:
            async with self._starts:
                prepared = await self._take() or await Prepared.start(self._limits)
        async with prepared.stack:
            yield prepared.terminal, prepared.sandbox

    async def _take(self) -> Prepared | None:
        while self._waiting:
            prepared = self._waiting.popleft()
            if prepared.sandbox.alive:
                return prepared
            await prepared.stack.aclose()
        return None
