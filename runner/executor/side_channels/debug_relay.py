"""The debugger's side channel: what the debugger in a program sends, and what its page sends to it.

Bytes are passed on as they are, in both directions. What comes from the program is hostile: it is
read only while the page takes it, at a bounded rate, and counts as output of the run. A program has
one connection; further ones wait in the kernel, on its account.
"""

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Callable

from runner.executor.side_channels.delivery import Side
from runner.limits import KIB, MIB, Limits

logger = logging.getLogger(__name__)
TURN_BYTES = 16 * KIB  # read per turn of the event loop
BYTES_PER_SECOND = 2 * MIB  # a page that shows ten thousand values wants half of that
DRAIN_SECONDS = 2.0  # for what a debugger has sent before its program ended
# For the page, when the connection is gone while the program may go on. On a line of its own: the
# program may have ended in the middle of one.
GONE = b"\n" + json.dumps({"type": "event", "event": "coderunner_gone"}).encode() + b"\n"


def _nothing() -> None: ...


class DebugRelay:
    """`changed()` is called when there is output, `passed_on()` when the program has input."""

    def __init__(self, limits: Limits, count: Callable[[int], bool]) -> None:
        """`count()` is told of everything that is read, and says whether there may be more."""
        self.side = Side(limits, self._wake)
        self.changed: Callable[[], None] = _nothing
        self.passed_on: Callable[[], None] = _nothing
        self._count = count
        self._woken = asyncio.Event()
        self._carrying: asyncio.Task[None] | None = None
        self._connected = False
        self._gone = asyncio.Event()

    def begin(self, listener: socket.socket) -> None:
        listener.setblocking(False)
        self._carrying = asyncio.create_task(self._carry(listener))

    async def end(self) -> None:
        """The program has ended: what was sent before is still read, for a bounded time."""
        if self._carrying is None:
            return
        if self._connected:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    await self._gone.wait()
        self._carrying.cancel()
        await asyncio.gather(self._carrying, return_exceptions=True)

    def _wake(self) -> None:
        self._woken.set()

    async def _carry(self, listener: socket.socket) -> None:
        ours, _ = await asyncio.get_running_loop().sock_accept(listener)
        self._connected = True
        writing = asyncio.create_task(self._write(ours))
        try:
            with ours:
                await self._read(ours)
        except OSError as error:
            logger.info("The connection of a debugger failed: %r", error)
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            self._append(GONE)
            self._gone.set()
        await self._write_off()

    async def _read(self, ours: socket.socket) -> None:
        while True:
            if not (room := self.side.stream.room()):
                await self._wait()
                continue
            data = await asyncio.get_running_loop().sock_recv(ours, min(room, TURN_BYTES))
            if not data:
                return
            self._append(data)
            if not self._count(len(data)):
                return
            await asyncio.sleep(len(data) / BYTES_PER_SECOND)

    def _append(self, data: bytes) -> None:
        self.side.stream.append(data)
        self.changed()

    async def _write(self, ours: socket.socket) -> None:
        """A debugger that does not read makes its page wait, and nobody else."""
        while True:
            if not (head := self.side.input.head()):
                await self._wait()
                continue
            try:
                await asyncio.get_running_loop().sock_sendall(ours, head)
            except OSError:
                return  # the end is read
            self.side.input.wrote(len(head))
            self.passed_on()

    async def _write_off(self) -> None:
        """What is sent to a debugger that is gone has arrived nowhere."""
        while True:
            while head := self.side.input.head():
                self.side.input.wrote(len(head))
                self.passed_on()
            await self._wait()

    async def _wait(self) -> None:
        self._woken.clear()
        await self._woken.wait()
