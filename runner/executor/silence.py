"""Finds out whether a silent program waits for input: asks when neither output nor input has come
for a moment, and again, more and more rarely, while it does something else.

While there is output, the cost is one comparison for each piece of it: one timer runs, which looks
at the clock when it ends and is set again for what is left.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from runner.sandbox import Sandbox, TerminalUse

logger = logging.getLogger(__name__)
SILENCE_SECONDS = 0.15  # a program that prints a question reads at once; nobody types as fast
# After each answer that it does not wait: it may be starting, or read without a question later.
# Every question takes a little of the run's own processor time, so there is a last one.
AGAIN_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, *[60.0] * 30)


class Silence:
    def __init__(self, on_waiting: Callable[[], None]) -> None:
        """`on_waiting()` is called when the program waits; `note()` says that this is over."""
        self._on_waiting = on_waiting
        self._sandbox: Sandbox | None = None
        self._noted_at = float("-inf")  # monotonic
        self._asked_again = 0  # times
        self._timer: asyncio.TimerHandle | None = None
        self._asking: asyncio.Task[None] | None = None

    def begin(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.note()

    def note(self) -> None:
        """There was output or input."""
        self._noted_at = time.monotonic()
        if self._asked_again:
            self._asked_again = 0
            self._cancel()
        if self._timer is None and self._sandbox is not None:
            self._look_in(SILENCE_SECONDS)

    def end(self) -> None:
        """The program has ended."""
        self._sandbox = None
        self._cancel()
        if self._asking is not None:
            self._asking.cancel()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        left = self._noted_at + SILENCE_SECONDS - time.monotonic()
        if left > 0 or self._asking is not None:  # the last answer is still to come
            self._look_in(max(left, SILENCE_SECONDS / 10))
        elif self._sandbox is not None:
            self._asking = asyncio.create_task(self._ask(self._sandbox))

    async def _ask(self, sandbox: Sandbox) -> None:
        asked_at = self._noted_at
        try:
            use = await sandbox.terminal_use()
        except Exception:
            logger.exception("Asking whether a program waits for input failed.")
            return
        finally:
            self._asking = None
        if self._noted_at != asked_at or self._sandbox is None:
            return  # the answer is about the time before
        if use is TerminalUse.INPUT:
            self._on_waiting()
        elif self._asked_again < len(AGAIN_SECONDS):
            self._look_in(AGAIN_SECONDS[self._asked_again])
            self._asked_again += 1
