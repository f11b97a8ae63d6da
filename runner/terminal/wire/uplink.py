"""What one socket tells the executor of its run, again and again until that has heard it."""

import asyncio
import time
from datetime import datetime

from runner.infrastructure import messaging
from runner.infrastructure.metrics import RESENDS
from runner.limits import Limits
from runner.protocol.channel import (
    AttachViewer,
    ChannelMessage,
    DetachViewer,
    GrantControl,
    Progress,
    ReleaseControl,
    RequestControl,
    ResizeTerminal,
    StopRun,
    TypeInput,
    executor_channel,
)
from runner.terminal.wire.echo_timer import EchoTimer
from runner.terminal.wire.input_outbox import REPEAT_SECONDS, InputOutbox
from runner.terminal.wire.output_cursor import OutputCursor

ALIVE_SECONDS = 5.0  # without anything else to say
UNANSWERED_TIMES = 4  # of five messages one arrives, whatever the layer is like
CONFIRM_SECONDS = 0.05  # after output and acks that leave the executor's window open
FLOOD_BYTES, FLOOD_SECONDS = 32 * 1024, 0.002  # acked since: the executor may be waiting for it


class Uplink:
    def __init__(
        self,
        run: str,
        viewer: str,
        cursor: OutputCursor,
        limits: Limits,
        *,
        own: bool = False,
        name: str = "",
    ) -> None:
        """`own`: the viewer is the run's owner; `name`: of another one, as the owner is told."""
        self._executor: str | None = None  # None: unknown, or silent
        self._outbox = InputOutbox(limits.input_bytes, limits.input_messages)
        self._echo = EchoTimer()
        self._run, self._viewer, self._own, self._name = run, viewer, own, name
        self._cursor = cursor
        self._size: tuple[int, int] | None = None
        self._stop_wanted = False
        self._asking, self._asked_times = "", 0  # who asks for control; how often that was said
        self._alive_at = 0.0
        self._again = 0  # how often to repeat what nobody answers: sizes and acks
        self._acked_told = cursor.acked
        self._timer: asyncio.TimerHandle | None = None
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def acked(self) -> int:
        """The last input that has reached the program's terminal."""
        return self._outbox.acked

    @property
    def has_unacked(self) -> bool:
        return len(self._outbox) > 0

    async def attach(self, executor: str, control: bool, asked_at: datetime) -> None:
        """Asks for what comes next; `connect` follows when the executor has answered."""
        expected, acked, since = self._cursor.expected, self._cursor.acked, asked_at.timestamp()
        me = control, since, self._own, self._name
        message = AttachViewer(self._run, self._viewer, expected, acked, *me)
        await messaging.send(executor_channel(executor), message)

    def connect(self, executor: str, acked: int) -> None:
        self._executor = executor
        self._outbox.ack(acked)

    def disconnect(self) -> None:
        """What is said from now on waits for the next executor."""
        self._executor = None

    async def type(self, seq: int, data: bytes) -> bool:
        """False when more waits than is held."""
        if not self._outbox.offer(seq, data, time.monotonic()):
            return False
        if seq > self._outbox.acked:
            self._echo.sent(seq)
            await self._tell(TypeInput(self._run, self._viewer, seq, data))
        return True

    def ack_input(self, acked: int) -> bool:
        """The executor has typed every input up to `acked`; whether that is news."""
        self._echo.acked(acked)
        return self._outbox.ack(acked)

    async def resize(self, rows: int, cols: int) -> None:
        self._size = (rows, cols)
        self._again = UNANSWERED_TIMES
        await self._tell_size()

    async def stop(self) -> None:
        self._stop_wanted = True
        await self._tell(StopRun(self._run, self._viewer))

    async def request_control(self, user: str) -> None:
        """Until the executor has said what has become of it: who asks may be told nothing, and the
        run may be looked for at this moment."""
        self._asking, self._asked_times = user, 0
        await self._tell_request()

    def request_heard(self) -> None:
        self._asking = ""

    async def grant_control(self, user: str) -> None:
        """This and the release are not repeated: who says it sees what came of it."""
        await self._tell(GrantControl(self._run, self._viewer, user))

    async def release_control(self) -> None:
        self._asking = ""
        await self._tell(ReleaseControl(self._run, self._viewer))

    async def ask_again(self) -> None:
        """For output that did not come."""
        if self._cursor.may_ask(time.monotonic()):
            RESENDS.labels("output").inc()
            await self._tell_progress(resend=True)

    def confirm_soon(self) -> None:
        """Tells how far output has come, together with what comes meanwhile."""
        loop = asyncio.get_running_loop()
        flood = self._cursor.acked - self._acked_told >= FLOOD_BYTES
        seconds = FLOOD_SECONDS if flood else CONFIRM_SECONDS
        if self._timer is not None:
            if self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._confirm)

    async def repeat(self) -> float:
        """Says again what may have been lost; returns the seconds until that is due again."""
        for seq, data in self._outbox.overdue(time.monotonic()):
            RESENDS.labels("input").inc()
            await self._tell(TypeInput(self._run, self._viewer, seq, data))
        if self._stop_wanted:
            await self._tell(StopRun(self._run, self._viewer))
        await self._tell_request()
        if self._again or time.monotonic() - self._alive_at >= ALIVE_SECONDS:
            self._again = max(0, self._again - 1)
            await self._tell_size()
            await self._tell_progress(resend=False)
        waiting = self._stop_wanted or self._asking or self._again or len(self._outbox)
        return REPEAT_SECONDS if waiting else ALIVE_SECONDS

    async def send_pending(self) -> None:
        """What an executor that was just connected may not have."""
        for seq, data in self._outbox.overdue(time.monotonic(), seconds=0):
            await self._tell(TypeInput(self._run, self._viewer, seq, data))
        await self._tell_size()
        await self._tell_request()

    async def detach(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        await self._tell(DetachViewer(self._run, self._viewer))

    def _confirm(self) -> None:
        self._timer = None
        sending = asyncio.create_task(self._tell_progress(resend=False))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _tell_progress(self, *, resend: bool) -> None:
        received, acked = self._cursor.expected, self._cursor.acked
        if acked > self._acked_told:
            self._again = UNANSWERED_TIMES
        self._acked_told, self._alive_at = acked, time.monotonic()
        await self._tell(Progress(self._run, self._viewer, received, acked, resend))

    async def _tell_request(self) -> None:
        if self._executor is None or not self._asking:
            return
        await self._tell(RequestControl(self._run, self._viewer, self._asking))
        self._asked_times += 1
        if self._asked_times > UNANSWERED_TIMES:
            self._asking = ""

    async def _tell_size(self) -> None:
        if self._size is not None:
            await self._tell(ResizeTerminal(self._run, self._viewer, *self._size))

    async def _tell(self, message: ChannelMessage) -> None:
        if self._executor is not None:
            await messaging.send(executor_channel(self._executor), message)
