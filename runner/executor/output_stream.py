"""The output of one run as numbered bytes: what is held, and what each viewer gets next. Pure.

The stream holds a ring of the last bytes. A viewer has three offsets:

    acked     the browser's terminal has parsed everything before it
    received  the viewer's web worker has received everything before it
    sent      everything before it was passed to the channel layer, which may have lost it

`sent` is at most one window ahead of `acked`: this is the flow control that bounds memory from the
program's `write` to the browser. What stays between `received` and `sent` for too long is sent
again. Only the viewer in control slows the program down; other viewers get a gap when the bytes
they need have left the ring. Times are seconds of any monotonic clock.
"""

from dataclasses import dataclass

from runner.executor.terminal_modes import TerminalModes

FIRST_RESEND_SECONDS = 0.25  # seconds; a busy web worker confirms in a tenth of it
LAST_RESEND_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    start: int
    stop: int
    state: bytes = b""  # sequences: in which state a terminal is that has seen everything before


@dataclass(slots=True)
class Cursor:
    sent: int
    received: int
    acked: int
    since: float  # when the oldest unconfirmed frame was sent
    resend_seconds: float = FIRST_RESEND_SECONDS


class OutputStream:
    def __init__(
        self, ring_bytes: int, window_bytes: int, frame_bytes: int, *, terminal: bool = True
    ) -> None:
        """`terminal`: the bytes are for one, so that gaps tell in which state it would be."""
        self.start = 0  # offset of the first byte held
        self.end = 0
        self.controller: str | None = None
        self._ring_bytes = ring_bytes
        self._window_bytes = window_bytes
        self._frame_bytes = frame_bytes
        self._held = bytearray()
        self._modes = TerminalModes() if terminal else None
        self._cursors: dict[str, Cursor] = {}
        self._acked = 0  # by the viewer that has, or last had, control

    # --- The program's side ----------------------------------------------------------------
    @property
    def unacked_from(self) -> int:
        """Start of the output that no controlling terminal has acknowledged."""
        return self._acked

    def room(self, *, draining: bool = False) -> int:
        """How many bytes may be appended now. This is where a slow browser slows a program down.

        At most one window ahead of the terminal in control; without one, as much as the ring holds.
        What a program leaves in its terminal when it ends (`draining`) always fits, because a frame
        is larger than any terminal's queue in the kernel.
        """
        bound = self._ring_bytes if self.controller is None else self._window_bytes
        if draining:
            bound = self._ring_bytes + self._frame_bytes
        return max(0, bound - (self.end - self._acked))

    def append(self, data: bytes) -> None:
        self._held += data
        self.end += len(data)
        surplus = min(len(self._held) - self._ring_bytes, self._acked - self.start)
        if surplus > 0:
            if self._modes is not None:
                self._modes.pass_over(self._held[:surplus])
            del self._held[:surplus]
            self.start += surplus
        assert len(self._held) <= self._ring_bytes + self._frame_bytes, "appended beyond room()"

    def tail(self, count: int) -> bytes:
        """The last `count` bytes of the output, or what is held of them."""
        return bytes(self._held[-count:])

    def pass_by(self) -> None:
        """No viewer is waited for: who lacks what is there now gets a gap, once it leaves the
        ring."""
        self._acked = self.end

    def restart(self) -> None:
        """What was until now is of no use to anybody: all viewers get a gap up to here."""
        self.forget()
        self._acked = self.end

    def forget(self) -> None:
        """Drops everything that is held."""
        self._held = bytearray()
        self.start = self.end

    # --- The viewers' side -----------------------------------------------------------------
    def attach(
        self, viewer: str, offset: int, *, control: bool, now: float, acked: int | None = None
    ) -> None:
        """Sends output to `viewer` from `offset`, which may not be beyond the end.

        `acked`: what its terminal has parsed, if that is less.
        """
        if offset > self.end:
            raise ValueError(f"offset {offset} is beyond the end of the output, {self.end}")
        parsed = offset if acked is None else min(acked, offset)
        self._cursors[viewer] = Cursor(offset, offset, parsed, now)
        if control:
            self.controller = viewer
            self._acked = max(parsed, self.start)
        elif self.controller == viewer:
            self.controller = None

    def attached(self, viewer: str) -> bool:
        return viewer in self._cursors

    def follow(self, controller: str | None) -> None:
        """Control is that of another stream: of the same viewer, if it is attached here."""
        cursor = self._cursors.get(controller or "")
        self.controller = controller if cursor is not None else None
        if cursor is not None:
            self._acked = max(cursor.acked, self.start)

    def detach(self, viewer: str) -> None:
        self._cursors.pop(viewer, None)
        if self.controller == viewer:
            self.controller = None

    def confirm(self, viewer: str, received: int, acked: int, *, resend: bool, now: float) -> None:
        """Notes how far the viewer's web worker and terminal are."""
        cursor = self._cursors.get(viewer)
        if cursor is None or not acked <= received <= self.end:
            return
        if received > cursor.received:
            cursor.received, cursor.since, cursor.resend_seconds = (
                received,
                now,
                FIRST_RESEND_SECONDS,
            )
        cursor.acked = max(cursor.acked, acked)
        if viewer == self.controller:
            self._acked = max(self._acked, acked)
        if resend:
            cursor.sent, cursor.since = received, now
        cursor.sent = max(cursor.sent, received)

    def next_piece(self, viewer: str, now: float) -> Frame | Gap | None:
        """The next frame or gap for `viewer`, counted as sent; None if there is none."""
        cursor = self._cursors[viewer]
        if cursor.sent < self.start:
            state = self._modes.sequence() if self._modes is not None else b""
            gap = Gap(cursor.sent, self.start, state)
            cursor.sent = cursor.received = self.start
            cursor.acked = max(cursor.acked, self.start)
            return gap
        limit = min(self.end, cursor.acked + self._window_bytes, cursor.sent + self._frame_bytes)
        if limit <= cursor.sent:
            return None
        if cursor.sent == cursor.received:
            cursor.since = now
        first = cursor.sent - self.start
        frame = Frame(cursor.sent, bytes(self._held[first : limit - self.start]))
        cursor.sent = limit
        return frame

    def step_back(self, now: float) -> int:
        """Counts unconfirmed frames as unsent after a timeout. Returns for how many viewers."""
        late = 0
        for cursor in self._cursors.values():
            if cursor.received < cursor.sent and now >= cursor.since + cursor.resend_seconds:
                cursor.sent, cursor.since = cursor.received, now
                cursor.resend_seconds = min(2 * cursor.resend_seconds, LAST_RESEND_SECONDS)
                late += 1
        return late

    def next_step(self) -> float | None:
        """When `step_back` is due if no confirmation arrives."""
        open_cursors = [c for c in self._cursors.values() if c.received < c.sent]
        return min((cursor.since + cursor.resend_seconds for cursor in open_cursors), default=None)

    def has_all(self, viewer: str) -> bool:
        """Whether all output was sent to `viewer`."""
        return self._cursors[viewer].sent == self.end
