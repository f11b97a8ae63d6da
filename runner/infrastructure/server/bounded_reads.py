"""Daphne's WebSocket protocol, which reads no more than is obeyed.

Daphne parses all that a connection has sent in one go, and queues every message for its consumer,
without bound: a client that sends small frames fast would fill the memory, and hold up everybody's
terminals while they are parsed. Here connections take turns of some milliseconds, and one whose
consumer is behind is not read, so its client has to wait. Control frames and fragments, which reach
no consumer, have rates of their own; browsers send next to none.
"""

from collections import deque
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from runner.infrastructure.server.turns import Turns
from runner.infrastructure.token_bucket import TokenBucket
from runner.limits import MIB

SLICE_BYTES = 512  # up to 64 of the smallest frames, for which the parser takes 2 ms
HELD_MESSAGES, HELD_BYTES = 64, MIB  # of one connection, before its consumer
CONTROLS_PER_SECOND, CONTROLS_BURST = 10, 50  # pings and pongs
FRAGMENTS_PER_SECOND, FRAGMENTS_BURST = 100, 1000
MISUSE_CODE = 1008  # "policy violation" of RFC 6455
TEXT_CODES = {1000, *range(3000, 5000)}  # that Autobahn's `sendClose` takes


_turns = Turns()


class BoundedProtocol(WebSocketProtocol):  # type: ignore[misc]
    outlet: Any = None  # what `BackPressure` knows of the connection's send buffer
    # A larger message closes the connection. One between this and `start_frame_bytes` is refused by
    # an answer.
    maxMessagePayloadSize = maxFramePayloadSize = 2 * MIB

    def __init__(self) -> None:
        super().__init__()
        self._unparsed = b""  # at most what was read at once before reading was paused
        self._in_turns = self._paused = self._refused = False
        self._held: deque[int] = deque()  # sizes of messages that the consumer has not taken
        self._held_bytes = 0
        self._controls = TokenBucket(CONTROLS_PER_SECOND, CONTROLS_BURST)
        self._fragments = TokenBucket(FRAGMENTS_PER_SECOND, FRAGMENTS_BURST)

    # --- Reading -----------------------------------------------------------------------------
    def dataReceived(self, data: bytes) -> None:
        at_once = len(data) <= SLICE_BYTES or self.state == self.STATE_CONNECTING
        if at_once and not self._unparsed and self._may_parse():
            self._dataReceived(data)  # without a line for a log that nobody keeps
        else:
            self._unparsed += data
        self._continue()

    def take_turn(self) -> None:
        """Parses one slice."""
        self._in_turns = False
        if self.state == self.STATE_CLOSED:
            self._unparsed = b""
        elif self._unparsed and self._may_parse():
            size = max(SLICE_BYTES, self._rest_of_frame())
            piece, self._unparsed = self._unparsed[:size], self._unparsed[size:]
            self._dataReceived(piece)
        self._continue()

    def _continue(self) -> None:
        """Reads on, takes another turn, or waits for the consumer."""
        may_parse = self._may_parse()
        self._pause(bool(self._unparsed) or not may_parse)
        if self._unparsed and may_parse and not self._in_turns:
            self._in_turns = True
            _turns.add(self.take_turn)

    def _may_parse(self) -> bool:
        if self.state == self.STATE_CONNECTING and hasattr(self, "request"):
            return False  # the handshake is not answered yet
        if self._refused:
            return False  # and the connection is dropped when its answer is late
        return len(self._held) < HELD_MESSAGES and self._held_bytes < HELD_BYTES

    def _rest_of_frame(self) -> int:
        """A large frame needs one turn, not hundreds."""
        frame = getattr(self, "current_frame", None)
        if frame is None:
            return 0
        return int(frame.length - self.current_frame_masker.pointer())

    def _pause(self, pause: bool) -> None:
        if not self.transport.connected:
            return
        if pause:  # again, too: Daphne resumes reading after it has passed on the handshake
            self.transport.pauseProducing()
        elif self._paused:
            self.transport.resumeProducing()
        self._paused = pause

    # --- Messages ----------------------------------------------------------------------------
    def onOpen(self) -> None:
        super().onOpen()
        self._continue()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        self._held.append(len(payload))
        self._held_bytes += len(payload)
        super().onMessage(payload, isBinary)

    def message_taken(self) -> None:
        """The consumer has taken the first of those that are held."""
        self._held_bytes -= self._held.popleft()
        if self._paused:
            self._continue()

    @property
    def holds_messages(self) -> bool:
        return bool(self._held)

    # --- Frames that reach no consumer -------------------------------------------------------
    def onFrameBegin(self) -> None:
        opcode = self.current_frame.opcode
        super().onFrameBegin()
        if (opcode == 0 and not self._fragments.take()) or (
            opcode > 8 and not self._controls.take()
        ):
            self.serverClose(MISUSE_CODE)

    def onPing(self, payload: bytes) -> None:
        if self.outlet is None or self.outlet.has_room:  # else answers would pile up
            super().onPing(payload)

    def serverClose(self, code: int | None = None) -> None:
        """Autobahn's own method refuses codes that the protocol reserves for servers."""
        if code is None or code in TEXT_CODES:
            super().serverClose(code)
        elif self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code)
            self._refused = True
            self._continue()
