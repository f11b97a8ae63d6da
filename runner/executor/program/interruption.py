"""^C while a program is compiled."""

import asyncio
from collections.abc import Callable

GRACE_SECONDS = 1.0  # for the compiler to remove what it has begun


class Interruption:
    """`on_late()` is called when a compiler goes on after ^C, which it may ignore."""

    def __init__(self, on_late: Callable[[], None]) -> None:
        self._on_late = on_late
        self._timer: asyncio.TimerHandle | None = None

    @property
    def asked(self) -> bool:
        return self._timer is not None

    def note(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GRACE_SECONDS, self._on_late)

    def end(self) -> None:
        """The compiler has ended."""
        if self._timer is not None:
            self._timer.cancel()
