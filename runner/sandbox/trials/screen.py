"""The terminal of a trial: types into it, and keeps what it shows."""

import asyncio
import os
from types import TracebackType
from typing import Self

from runner.sandbox.masters import read_master, write_master

MOST_BYTES = 64 * 1024  # kept; what comes after them is read all the same


class Screen:
    """Wants a running event loop."""

    def __init__(self, master: int) -> None:
        """Owns the descriptor `master`."""
        self._master = master
        self._shown = bytearray()
        self._more = asyncio.Event()

    def __enter__(self) -> Self:
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)

    def type(self, text: str) -> None:
        """What does not fit into the terminal's queue of 4 KiB is lost."""
        write_master(self._master, text.encode())

    async def shown(self, text: str) -> None:
        """Waits until it is."""
        while text.encode() not in self._shown:
            self._more.clear()
            await self._more.wait()

    def rest(self) -> str:
        """All that was shown, once all processes have closed the terminal."""
        while self._read():
            pass
        return self._shown.decode(errors="replace").replace("\r\n", "\n")

    def _read(self) -> bool:
        """Whether there may be more."""
        data = read_master(self._master)
        if data is None:
            asyncio.get_running_loop().remove_reader(self._master)
        if not data:
            return False
        self._shown += data[: max(0, MOST_BYTES - len(self._shown))]
        self._more.set()
        return True
