"""The screen of a GUI run: what its X server draws, for viewers, and what the one in control does.

The executor is the client of the X server: it greets it, asks for updates, follows its messages,
and passes keys and pointer on. Viewers get the same updates; watchers have nothing to send. On
channel 2 come frames of a kind (1 byte) and a length (4 bytes):

    S  a screen begins: width and height (2 bytes each); pages draw anew from here
    U  bytes of the server's messages

Updates build on each other, so who comes later or has missed some needs another beginning: then
there is another connection to the X server, which sends everything. What was before is forgotten.

The server is asked for the next update when the viewer in control has most of the last one, at most
30 times a second. A viewer that is slow gets fewer pictures, not older ones.

A program can take the X server over. A few bytes can draw a whole screen, so what pages draw is
bounded in pixels, too; and an X server of ours never ends a connection, so who does so is left.
"""

import asyncio
import contextlib
import logging
import struct
import time
from collections.abc import Callable

from runner.executor.screens import rfb
from runner.executor.screens.connection import ScreenConnection, connect
from runner.executor.side_channels import Side
from runner.infrastructure.metrics import OUTPUT_BYTES
from runner.infrastructure.token_bucket import TokenBucket
from runner.limits import KIB, MIB, Limits
from runner.protocol.frames import SCREEN_BEGINS, SCREEN_HEADER, SCREEN_UPDATES
from runner.sandbox import Sandbox

logger = logging.getLogger(__name__)
TURN_BYTES = 8 * KIB  # read per turn of the event loop: messages of one byte take 10 ms
PART_BYTES = 32  # what looking at a part of a message costs, in bytes that are passed on
FRAME_SECONDS = 1 / 30
ASK_BELOW = 64 * KIB  # of unacknowledged bytes
CHEAP_BYTES = 64 * KIB  # so much a new viewer reads again, rather than that all draw anew
RESTART_SECONDS = 2.0  # between two beginnings
BYTES_PER_SECOND, BURST_BYTES = 512 * KIB, 16 * MIB  # of one run: a game in full colours takes 300
# 30 pictures of the largest screen that a page asks for; four of the largest that there are.
PIXELS_PER_SECOND, BURST_PIXELS = 70_000_000, 4 * rfb.MOST_SIDE**2
MOST_TIMES = 3  # the whole screen, per turn: what has scrolled and what is new is less than two
EVENTS_PER_SECOND, EVENTS_BURST = 300, 600  # of keys and pointer; a mouse sends 60
RETRY_SECONDS = 0.2
MOST_FAILURES = 3  # connections, one after the other, that came to nothing or ended soon
STEADY_SECONDS = 10.0  # a connection that has lasted so long has not ended soon


def _nothing() -> None: ...


class ScreenRelay:
    """`changed()` is called when there is output, `passed_on()` when the program has input,
    `lost()` when there is no X server any more."""

    def __init__(self, limits: Limits, note_use: Callable[[], None]) -> None:
        """`note_use()` is called when something was drawn."""
        self.side = Side(limits, self._wake, self._note_behind)
        self.changed: Callable[[], None] = _nothing
        self.passed_on: Callable[[], None] = _nothing
        self.lost: Callable[[], None] = _nothing
        self.updates = 0  # so many, so far
        self.is_lost = False
        self._note_use = note_use
        self._woken = asyncio.Event()
        self._behind = asyncio.Event()  # somebody lacks a beginning
        self._began_at = 0  # offset of the last beginning
        self._rate = TokenBucket(BYTES_PER_SECOND, BURST_BYTES)
        self._pixels = TokenBucket(PIXELS_PER_SECOND, BURST_PIXELS)
        self._events = TokenBucket(EVENTS_PER_SECOND, EVENTS_BURST)
        self._held = rfb.Held()
        self._held_by: str | None = None
        self._carrying: asyncio.Task[None] | None = None

    def begin(self, sandbox: Sandbox) -> None:
        self._carrying = asyncio.create_task(self._carry(sandbox))

    async def end(self) -> None:
        if self._carrying is not None:
            self._carrying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._carrying

    def _wake(self) -> None:
        self._woken.set()

    def _note_behind(self, offset: int) -> None:
        """See Side: all but the last beginning, and a new viewer soon after one, lack another."""
        late = self.side.stream.end - self._began_at > CHEAP_BYTES
        if late if offset == 0 else offset != self._began_at:
            self._behind.set()

    # --- Connections ---------------------------------------------------------------------------
    async def _carry(self, sandbox: Sandbox) -> None:
        failures = 0
        while failures < MOST_FAILURES:
            before = self.updates
            try:
                connection = await connect(sandbox, rfb.ENCODINGS)
            except ConnectionRefusedError:  # nobody listens: the X server has ended
                logger.info("A run has no X server any more.")
                break
            except (rfb.BadScreen, OSError) as error:
                logger.info("The screen of a run is none: %r", error)
                failures += 1
                await asyncio.sleep(RETRY_SECONDS)
                continue
            began = time.monotonic()
            try:
                await self._serve(connection)
            except (rfb.BadScreen, OSError) as error:
                logger.info("The connection to a run's X server failed: %r", error)
            finally:
                connection.close()
            steady = self._behind.is_set() or time.monotonic() - began >= STEADY_SECONDS
            failures = 0 if steady and self.updates > before else failures + 1
            pause = RESTART_SECONDS if self._behind.is_set() else RETRY_SECONDS * (failures > 0)
            await asyncio.sleep(max(0.0, began + pause - time.monotonic()))
        self.is_lost = True
        self.lost()

    async def _serve(self, connection: ScreenConnection) -> None:
        """Returns when viewers need another beginning, or the connection has ended."""
        self._behind.clear()
        self._restart(*connection.size)
        updates = rfb.Updates(*connection.size)
        works = [
            self._read(connection, updates),
            self._ask(connection, updates),
            self._write(connection),
            self._behind.wait(),
        ]
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _restart(self, width: int, height: int) -> None:
        stream = self.side.stream
        stream.restart()
        self._began_at = stream.end
        self._append(SCREEN_BEGINS, struct.pack(">HH", width, height))

    def _append(self, kind: bytes, data: bytes) -> None:
        self.side.stream.append(SCREEN_HEADER.pack(kind, len(data)) + data)
        self.changed()

    # --- What the server draws -----------------------------------------------------------------
    async def _read(self, connection: ScreenConnection, updates: rfb.Updates) -> None:
        while True:
            if (room := self._room()) <= 0:
                await self._wait()
                continue
            if not (data := await connection.receive(min(room, TURN_BYTES))):
                return
            before, parts, pixels = updates.complete, updates.parts, updates.pixels
            screen = updates.size[0] * updates.size[1]
            updates.feed(data)
            drawn = updates.pixels - pixels
            if drawn > MOST_TIMES * max(screen, updates.size[0] * updates.size[1]):
                raise rfb.BadScreen(f"{drawn} pixels in {len(data)} bytes")
            OUTPUT_BYTES.inc(len(data))
            self._append(SCREEN_UPDATES, data)
            if updates.complete > before:
                self.updates += updates.complete - before
                self._note_use()
                self._woken.set()
            looked_at = PART_BYTES * (updates.parts - parts)
            await self._rate.wait(cost=len(data) + looked_at)
            await self._pixels.wait(cost=drawn)

    def _room(self) -> int:
        stream = self.side.stream
        room = stream.room() - SCREEN_HEADER.size
        if room <= 0 and stream.controller is None:
            stream.pass_by()  # watchers slow nobody down, and get a gap
            room = stream.room() - SCREEN_HEADER.size
        return room

    async def _ask(self, connection: ScreenConnection, updates: rfb.Updates) -> None:
        await connection.send(rfb.ask(*updates.size, anew=True))
        answered = 0
        while True:
            began = time.monotonic()
            while updates.complete == answered or not self._takes_more():
                await self._wait()
            answered = updates.complete
            await asyncio.sleep(max(0.0, began + FRAME_SECONDS - time.monotonic()))
            await connection.send(rfb.ask(*updates.size))

    def _takes_more(self) -> bool:
        stream = self.side.stream
        return stream.controller is None or stream.end - stream.unacked_from < ASK_BELOW

    # --- What the viewer in control does -------------------------------------------------------
    async def _write(self, connection: ScreenConnection) -> None:
        while True:
            if self.side.stream.controller != self._held_by:
                self._held_by = self.side.stream.controller
                await connection.send(self._held.let_go())
            if not (head := self.side.input.head()):
                await self._wait()
                continue
            passed = b"".join(event for event in rfb.events(head) if self._held.note(event))
            await self._events.wait(cost=1 + len(passed) // rfb.POINTER_EVENT.size)
            await connection.send(passed)
            self.side.input.wrote(len(head))
            self.passed_on()

    async def _wait(self) -> None:
        """Several wait: each looks itself whether it is meant."""
        self._woken.clear()
        await self._woken.wait()
