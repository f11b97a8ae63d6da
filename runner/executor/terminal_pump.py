# size: both directions of one terminal
"""Moves bytes between the terminal of one run and its streams, as fast as both sides accept."""

import asyncio
import logging
import time
from collections.abc import Callable

from django.conf import settings

from runner.executor.input_queue import InputQueue
from runner.executor.output_stream import OutputStream
from runner.executor.pty import PseudoTerminal
from runner.executor.recording import RecordingBuffer
from runner.executor.typed_line import MOST_BYTES, Editing, TypedLine
from runner.infrastructure.metrics import INPUT_BYTES, OUTPUT_BYTES
from runner.infrastructure.optimisations import Optimisation
from runner.limits import Limits

logger = logging.getLogger(__name__)
INTERRUPTS = (b"\x03", b"\x1c")  # ^C, ^\
TURN_BYTES = 64 * 1024  # read per turn of the event loop; others get theirs in between
SMALL_BYTES = 4096
GATHER_SECONDS = 0.001
DRAIN_SECONDS = 2.0  # for output left in the terminal of a dead program
STOP = b"\x13"  # ^S
HELD_SECONDS = 0.3  # output that is stopped for a shorter time is not worth a word
TOGETHER_SECONDS = 0.3  # what a program prints without a longer pause is one thing that it says


class TerminalPump:
    """`on_output()` is called after output came, `on_acked()` after the terminal took input,
    `on_overflow()` when the program has printed all it may, and `on_held()` when ^S has stopped the
    output for a moment (true), or no longer does. `on_interrupt()` is called at ^C while input is
    kept (see `begin`)."""

    def __init__(
        self,
        limits: Limits,
        size: tuple[int, int],
        on_output: Callable[[], None],
        on_acked: Callable[[], None],
        on_overflow: Callable[[], None],
        on_held: Callable[[bool], None],
        on_interrupt: Callable[[], None] = lambda: None,
    ) -> None:
        self.stream = OutputStream(limits.ring_bytes, limits.window_bytes, limits.frame_bytes)
        self.input = InputQueue(limits.input_bytes, limits.input_messages)
        self.recording = RecordingBuffer(
            limits.recording_part_bytes, limits.ring_bytes + limits.frame_bytes
        )
        self.input_bytes = 0
        self._aside_bytes = 0  # output that came by side channels
        self.active_at = self._started_at = time.monotonic()
        self._most_output = limits.output_bytes
        self.size = size  # rows, columns
        self._on_output, self._on_acked, self._on_overflow = on_output, on_acked, on_overflow
        self._on_held, self._on_interrupt = on_held, on_interrupt
        self._keeps_input = self._keeps_stop = False
        self._held: asyncio.TimerHandle | None = None  # the output is stopped; when that is told
        self._terminal: PseudoTerminal | None = None
        self._line = TypedLine(self._editing)
        self._said_from = 0  # where what the program says now begins, in the output
        self._typed_since = False  # there was input after it
        self._reading = self._writing = self._draining = False
        self._gathers = Optimisation.GATHER_OUTPUT in settings.OPTIMISATIONS
        self._read_at = float("-inf")
        self._pause: asyncio.TimerHandle | None = None
        self._output_ended = asyncio.Event()

    def begin(self, terminal: PseudoTerminal, *, keeps_input: bool = False) -> None:
        """`keeps_input`: what is typed is for a program that starts later, at `hand_over`."""
        self._terminal, self._keeps_input = terminal, keeps_input
        terminal.resize(*self.size)
        self.active_at = self._started_at = time.monotonic()
        self.update_reading()

    def hand_over(self) -> None:
        """The terminal and what was typed meanwhile go from a compiler to the program."""
        assert self._terminal is not None
        self._keeps_input = False
        self._terminal.restore()
        self._terminal.resume()
        self.active_at = time.monotonic()
        if self._keeps_stop:
            self._terminal.tell_flow()
        self._write()

    def limit_output(self, most: int) -> None:
        """Of this run, in bytes: its class may allow less than the site."""
        self._most_output = most

    @property
    def elapsed_ms(self) -> int:
        return int((time.monotonic() - self._started_at) * 1000)

    # --- Output --------------------------------------------------------------------------------
    def update_reading(self) -> None:
        """The terminal is read only while there is room: else the program waits in its `write`."""
        if self._terminal is None:
            return
        room = self.stream.room(draining=self._draining)
        wanted = room > 0 and self._pause is None and not self._output_ended.is_set()
        if wanted == self._reading:
            return
        loop = asyncio.get_running_loop()
        if wanted:
            loop.add_reader(self._terminal.master, self._read)
        else:
            loop.remove_reader(self._terminal.master)
        self._reading = wanted

    def _read(self) -> None:
        assert self._terminal is not None
        allowed = max(0, self._most_output - self.stream.end - self._aside_bytes)
        room = min(TURN_BYTES, self.stream.room(draining=self._draining))
        data = self._terminal.read(min(room, allowed + 1))
        self._note_held(held=self._terminal.held and data is not None)
        if data is None:
            self._output_ended.set()
        elif data:
            self._take(data[:allowed])
            if len(data) > allowed:
                self._output_ended.set()
                self._on_overflow()
        if data is not None and self._gathers and len(data) < SMALL_BYTES:
            self._gather()
        self.update_reading()

    def note_use(self) -> None:
        """The program is used otherwise than by its terminal."""
        self.active_at = time.monotonic()

    def count_aside(self, count: int) -> bool:
        """What came by a side channel counts as output. Whether there may be more of it."""
        self.active_at = time.monotonic()
        self._aside_bytes += count
        OUTPUT_BYTES.inc(count)
        if self.stream.end + self._aside_bytes <= self._most_output:
            return True
        self._on_overflow()
        return False

    def _note_held(self, *, held: bool) -> None:
        if held == (self._held is not None):
            return
        if held:
            loop = asyncio.get_running_loop()
            self._held = loop.call_later(HELD_SECONDS, self._on_held, True)
        elif self._held is not None:
            self._held.cancel()
            self._held = None
            self._on_held(False)

    def _gather(self) -> None:
        """A program that prints in small pieces, fast, is read a little later each time.

        Each read costs as much as thousands of bytes. The first piece after a silence, or after a
        key, goes at once.
        """
        now = time.monotonic()
        if now - self._read_at < GATHER_SECONDS * 2 and not self._draining:
            self._pause = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._go_on)
        self._read_at = now

    def _go_on(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        self.update_reading()

    def _take(self, data: bytes) -> None:
        now = time.monotonic()
        if self._typed_since or now - self.active_at > TOGETHER_SECONDS:
            self._said_from, self._typed_since = self.stream.end, False
        self.active_at = now
        OUTPUT_BYTES.inc(len(data))
        self.stream.append(data)
        self.recording.add(self.elapsed_ms, data)
        self._on_output()

    @property
    def unanswered_from(self) -> int | None:
        """From where in the output questions to the terminal are still open: nothing was typed
        since, and the program reads single keys, as one does that waits for an answer."""
        if self._typed_since or self._terminal is None or self._terminal.editing() is not None:
            return None
        return self._said_from

    async def drain(self) -> None:
        """The end of a program and the end of its output are two events: waits for the second."""
        self._draining = True
        self._go_on()
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._output_ended.wait()
        except TimeoutError:
            logger.warning("The terminal stayed open after its program ended.")

    def end(self) -> None:
        """Before the terminal is closed."""
        self._output_ended.set()
        self._note_held(held=False)
        self._go_on()
        if self._terminal is not None and self._writing:
            asyncio.get_running_loop().remove_writer(self._terminal.master)
        self._terminal = None

    def forget(self) -> None:
        """When nobody wants the output any more.

        This pump is part of a cycle: until a collection comes by, it would hold megabytes.
        """
        self.stream.forget()
        self.recording.forget()

    # --- Input ---------------------------------------------------------------------------------
    def type(self, seq: int, data: bytes) -> None:
        """What cannot be taken now is not confirmed; so it comes again."""
        if self._terminal is None:
            return
        if not self.input.knows(seq) and self.input.offer(seq, data):
            if self._keeps_input:
                self._keeps_stop |= STOP in data
                self._interrupt(seq, data)
            else:
                for key in INTERRUPTS:
                    if key in data and self._terminal.make_way(key):
                        self._skip_before(seq, data.rfind(key))
                self._watch_flow(data)
        if self._keeps_input:
            return
        self._write()
        self._read_at = float("-inf")  # its echo is waited for
        self._go_on()

    def _skip_before(self, seq: int, position: int) -> None:
        """What was typed before an interrupt is given up; of its own message only what would fill
        the terminal: the rest is echoed, as users expect."""
        self.input.skip_to(seq)
        if position > MOST_BYTES and self.input.acked + 1 == seq:
            self.input.wrote(position)

    def _interrupt(self, seq: int, data: bytes) -> None:
        """Of what is typed a compiler gets no more than the key that ends it."""
        assert self._terminal is not None
        last = max(data.rfind(key) for key in INTERRUPTS)
        if last < 0:
            return
        self._terminal.write(data[last : last + 1])
        self.input.skip_to(seq)
        if self.input.acked + 1 == seq:
            self.input.wrote(last + 1)
        self._on_acked()
        self._on_interrupt()

    def _watch_flow(self, data: bytes) -> None:
        """Before the terminal gets it: ^S may stop the output, anything else resumes it."""
        assert self._terminal is not None
        if STOP in data:
            self._terminal.tell_flow()
        elif self._held is not None:
            self._terminal.resume()

    def _write(self) -> None:
        assert self._terminal is not None
        while (head := self.input.head()) or self._line.owes:
            piece = self._line.next(head)
            count = self._terminal.write(piece.data)
            if count == 0:
                break
            self._typed_since = True
            count = self._line.wrote(piece, count)
            self.input.wrote(count)
            self.input_bytes += count
            INPUT_BYTES.inc(count)
            self.active_at = time.monotonic()
        self._on_acked()
        stuck = bool(head) or self._line.owes
        if stuck != self._writing:
            loop = asyncio.get_running_loop()
            if stuck:
                loop.add_writer(self._terminal.master, self._write)
            else:
                loop.remove_writer(self._terminal.master)
            self._writing = stuck

    def _editing(self) -> Editing | None:
        return self._terminal.editing() if self._terminal is not None else None

    def resize(self, rows: int, cols: int) -> None:
        """Also before the terminal is there."""
        if self.size != (rows, cols):
            self.size = (rows, cols)
            self.recording.resize(self.elapsed_ms, cols, rows)
            if self._terminal is not None:
                self._terminal.resize(rows, cols)
