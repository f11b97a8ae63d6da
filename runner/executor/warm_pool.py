"""Sandboxes that are up before anybody asks: each waits for one program, and is used once."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from runner.executor.pty import PseudoTerminal
from runner.limits import Limits
from runner.sandbox.bubblewrap import Sandbox, SandboxFailed

logger = logging.getLogger(__name__)
QUIET_SECONDS = 0.05  # after a sandbox was taken: the program that got it comes first
RETRY_SECONDS = 5.0
ROWS, COLS = 24, 80  # until the run says


class Prepared:
    """A terminal with a sandbox on it; leaving `stack` ends both."""

    def __init__(self, terminal: PseudoTerminal, sandbox: Sandbox, stack: AsyncExitStack) -> None:
        self.terminal, self.sandbox, self.stack = terminal, sandbox, stack

    @classmethod
    async def start(cls, limits: Limits) -> "Prepared":
        async with AsyncExitStack() as stack:
            terminal = stack.enter_context(PseudoTerminal(ROWS, COLS))
            sandbox = await stack.enter_async_context(Sandbox(terminal.slave, limits))
            terminal.close_slave()
            return cls(terminal, sandbox, stack.pop_all())


class WarmPool:
    """`size` sandboxes wait while `run()` does; 0 starts each when it is asked for."""

    def __init__(self, size: int, limits: Limits) -> None:
        self._size = size
        self._limits = limits
        self._waiting: deque[Prepared] = deque()
        self._taken = asyncio.Event()

    async def run(self) -> None:
        """Refills until cancelled, one at a time and not at once after one was taken."""
        try:
            while True:
                self._taken.clear()
                if len(self._waiting) >= self._size:
                    await self._taken.wait()
                    await asyncio.sleep(QUIET_SECONDS)
                    continue
                try:
                    self._waiting.append(await Prepared.start(self._limits))
                except (SandboxFailed, OSError):
                    logger.exception("No sandbox could be prepared.")
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            while self._waiting:
                await self._waiting.popleft().stack.aclose()

    @contextlib.asynccontextmanager
    async def sandbox(self) -> AsyncIterator[tuple[PseudoTerminal, Sandbox]]:
        """A terminal and a sandbox for one program: prepared if one is left, else started now."""
        prepared = await self._take() or await Prepared.start(self._limits)
        async with prepared.stack:
            yield prepared.terminal, prepared.sandbox

    async def _take(self) -> Prepared | None:
        while self._waiting:
            prepared = self._waiting.popleft()
            self._taken.set()
            if prepared.sandbox.alive:
                return prepared
            await prepared.stack.aclose()
        return None
