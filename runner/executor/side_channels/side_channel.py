"""One side channel of a run: a socket on which the executor listens, and its connections.

What comes through it is hostile. It is read only while there is room for it, a bounded amount per
turn of the event loop, and counts as output of the run. A program that sends faster than that is
kept waiting by the kernel, in its own memory. Descriptors that it sends along are dropped by the
kernel, as nobody asks for them.

Until a program connects there is nothing but one socket that the event loop listens to.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping

from runner.executor.side_channels.frames import BadFrame, Frame, FrameReader, encode
from runner.infrastructure.token_bucket import TokenBucket

logger = logging.getLogger(__name__)
CONNECTIONS = 2  # at a time; others wait, and so does a program that opens more than the backlog
PER_SECOND, BURST = 50, 100  # connections: each costs as much as some KiB of output
TURN_BYTES = 64 * 1024  # read per turn of the event loop; others get theirs in between
FRAME_SECONDS = 10.0  # from the first byte of a frame to its last
DRAIN_SECONDS = 2.0  # for what a program has sent before it ended


class Connection:
    """One program's end. Whoever serves it asks for frames, one after the other."""

    def __init__(
        self, ours: socket.socket, largest: Mapping[bytes, int], on_bytes: Callable[[int], bool]
    ) -> None:
        self._socket = ours
        self._reader = FrameReader(largest)
        self._on_bytes = on_bytes

    async def frame(self) -> Frame | None:
        """The next one; None at the end. Raises BadFrame, TimeoutError or OSError.

        A frame that has begun has to be complete within a time; the next may begin at any time."""
        if not (data := await self._receive()):
            return None
        frame = self._reader.feed(data)
        async with asyncio.timeout(FRAME_SECONDS):
            while frame is None:
                if not (data := await self._receive()):
                    return None
                frame = self._reader.feed(data)
        return frame

    async def _receive(self) -> bytes:
        """Some bytes of the frame that comes; none at the end."""
        most = min(self._reader.wanted, TURN_BYTES)
        data = await asyncio.get_running_loop().sock_recv(self._socket, most)
        await asyncio.sleep(0)  # bytes that are there already are returned at once
        if not self._on_bytes(len(data)):
            raise BadFrame("the run has sent all it may")
        return data

    def answer(self, kind: bytes, data: bytes) -> bool:
        """False if the program does not read its answers: nothing waits for that."""
        message = encode(kind, data)
        try:
            return self._socket.send(message) == len(message)
        except OSError:
            return False


class SideChannel:
    def __init__(
        self,
        largest: Mapping[bytes, int],
        serve: Callable[[Connection], Awaitable[None]],
        on_bytes: Callable[[int], bool],
    ) -> None:
        """`largest`: bytes of a frame, by its kind. `serve()` is called for each connection, which
        is closed when it returns. `on_bytes()` is told of everything that is read, and says whether
        there may be more."""
        self._largest, self._serve, self._on_bytes = largest, serve, on_bytes
        self._listener: socket.socket | None = None
        self._listening = self._ending = False
        self._misuse_was_told = False  # once: a program can do it fifty times a second
        self._rate = TokenBucket(PER_SECOND, BURST)
        self._pause: asyncio.TimerHandle | None = None
        self._serving: set[asyncio.Task[None]] = set()

    def begin(self, listener: socket.socket) -> None:
        listener.setblocking(False)
        self._listener = listener
        self._update_listening()

    async def end(self) -> None:
        """The program has ended: what it had sent is still read, for a bounded time."""
        self._ending = True
        if self._pause is not None:
            self._pause.cancel()
        self._update_listening()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                self._accept()
                while self._serving:
                    await asyncio.wait(self._serving, return_when=asyncio.FIRST_COMPLETED)
                    self._accept()
        self._listener, late = None, list(self._serving)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _accept(self) -> None:
        while self._listener is not None and len(self._serving) < CONNECTIONS:
            if not self._ending and not self._rate.take():
                self._pause_for(self._rate.wait_seconds)
                break
            try:
                ours, _ = self._listener.accept()
            except OSError:  # nobody waits any more
                break
            ours.setblocking(False)
            serving = asyncio.create_task(self._carry(ours))
            self._serving.add(serving)
            serving.add_done_callback(self._forget)
        self._update_listening()

    def _pause_for(self, seconds: float) -> None:
        def go_on() -> None:
            self._pause = None
            self._update_listening()

        if self._pause is None:
            self._pause = asyncio.get_running_loop().call_later(seconds, go_on)

    def _update_listening(self) -> None:
        full = len(self._serving) >= CONNECTIONS
        wanted = not full and self._pause is None and not self._ending
        if wanted == self._listening or self._listener is None:
            return
        loop = asyncio.get_running_loop()
        if wanted:
            loop.add_reader(self._listener, self._accept)
        else:
            loop.remove_reader(self._listener)
        self._listening = wanted

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._serving.discard(task)
        self._update_listening()

    async def _carry(self, ours: socket.socket) -> None:
        with ours:
            try:
                await self._serve(Connection(ours, self._largest, self._on_bytes))
            except (BadFrame, TimeoutError, OSError) as error:
                if not self._misuse_was_told:
                    self._misuse_was_told = True
                    logger.info("A program misused a side channel: %r", error)
            except Exception:
                logger.exception("Serving a side channel failed.")
