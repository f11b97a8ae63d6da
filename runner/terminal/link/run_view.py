"""What one browser has been told and shown of one run."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from django.conf import settings

from runner.languages import LANGUAGES
from runner.limits import Limits
from runner.protocol import messages
from runner.protocol.reasons import ErrorCode, Figures, ReasonCode
from runner.terminal.link.link_events import TellAttached
from runner.terminal.wire.output_cursor import OutputCursor


class Browser(Protocol):
    """One socket. It builds the sentences of `Exit` and `Error` in its own language."""

    async def tell(self, message: messages.Message) -> None: ...
    async def show(self, offset: int, data: bytes, channel: int = 0) -> None: ...
    def end(self) -> None: ...  # without a message: the page connects and attaches again


class RunView:
    def __init__(
        self,
        browser: Browser,
        run_id: UUID,
        language: str,
        cursor: OutputCursor,
        limits: Limits | None = None,
    ) -> None:
        self._browser, self._run, self._language = browser, run_id, language
        self._cursor, self._limits = cursor, limits or settings.LIMITS
        self._position: int | None = None
        self._size: tuple[int, int] | None = None
        self._told_waiting: tuple[int, int] | None = None
        self._told_held = False
        self._told_control: messages.Control | None = None
        self._watched_by: tuple[str, ...] = ()
        self._warned: set[str] = set()
        self._phases: set[str] = set()

    async def queued(self, position: int) -> None:
        if position != self._position:
            self._position = position
            await self._browser.tell(messages.Queued(run=self._run, position=position))

    async def started(self) -> None:
        language = LANGUAGES.get(self._language)
        chosen = language.limits.applied(self._limits) if language else self._limits
        limits = messages.RunLimits.model_validate(chosen, from_attributes=True)
        await self._browser.tell(
            messages.Started(run=self._run, language=self._language, limits=limits)
        )

    async def attached(self, now: TellAttached, acked: int) -> None:
        await self._browser.tell(
            messages.Attached(
                run=self._run,
                status=now.status,
                language=self._language,
                control=now.control,
                input_seq=acked,
                output_bytes=now.printed,
            )
        )

    async def acked(self, acked: int) -> None:
        await self._browser.tell(messages.InputAck(seq=acked))

    async def waiting(self, offset: int, typed: int) -> None:
        """The program waits for input since it printed its last byte, before `offset`."""
        if offset == self._cursor.expected and self._told_waiting != (offset, typed):
            self._told_waiting = (offset, typed)
            code = messages.NoticeCode.WAITING_FOR_INPUT
            await self._browser.tell(messages.Notice(run=self._run, code=code, message=""))

    async def runs_on(self) -> None:
        """It waits no longer, and nothing was printed that would say so."""
        if self._told_waiting is not None:
            self._told_waiting = None
            code = messages.NoticeCode.RUNNING
            await self._browser.tell(messages.Notice(run=self._run, code=code, message=""))

    async def held(self, *, held: bool) -> None:
        """^S has stopped the output, or no longer does."""
        if held != self._told_held:
            self._told_held = held
            code = messages.NoticeCode.OUTPUT_HELD if held else messages.NoticeCode.OUTPUT_RESUMED
            await self._browser.tell(messages.Notice(run=self._run, code=code, message=""))

    async def warned(self, code: str, figures: Figures) -> None:
        """Once. A code that another version of us sends is ignored."""
        if code not in self._warned and code in set(messages.NoticeCode):
            self._warned.add(code)
            await self._browser.tell(
                messages.Notice(
                    run=self._run, code=messages.NoticeCode(code), message="", figures=figures
                )
            )

    async def control(self, holder: str, *, you: bool, requests: Sequence[str]) -> None:
        now = messages.Control(run=self._run, holder=holder, you=you, requests=tuple(requests))
        if now != self._told_control:
            self._told_control = now
            await self._browser.tell(now)

    async def watched(self, names: Sequence[str]) -> None:
        """To the owner: who watches."""
        if tuple(names) != self._watched_by:
            self._watched_by = tuple(names)
            code = messages.NoticeCode.WATCHED if names else messages.NoticeCode.UNWATCHED
            figures = {"names": ", ".join(names)} if names else {}
            await self._browser.tell(
                messages.Notice(run=self._run, code=code, message="", figures=figures)
            )

    async def phase(self, phase: str) -> None:
        """Each is told once, and none after `running`: what was repeated may come late."""
        known = phase in set(messages.Phase)
        if known and not self._phases & {phase, messages.Phase.RUNNING}:
            self._phases.add(phase)
            await self._browser.tell(messages.RunPhase(run=self._run, phase=messages.Phase(phase)))

    async def output(self, offset: int, data: bytes) -> bool:
        """Shows what is new; false when bytes before it are missing."""
        start = self._cursor.expected
        if new := self._cursor.take(offset, data):
            self._told_waiting = None
            await self._browser.show(start, new)
        return offset <= start

    async def side_output(self, number: int, offset: int, data: bytes) -> None:
        await self._browser.show(offset, data, number)

    async def side_gap(self, number: int, start: int, stop: int) -> None:
        await self._browser.tell(messages.Gap(from_=start, to=stop, channel=number))

    async def side_taken(self, number: int, seq: int) -> None:
        await self._browser.tell(messages.ChannelAck(channel=number, seq=seq))

    async def stored_output(self, pieces: Iterable[tuple[int, bytes]], until: int) -> None:
        """What was kept of the output, which ends at `until`; a gap where something was not."""
        for offset, data in pieces:
            await self.gap(offset)
            await self.output(offset, data)
        await self.gap(until)

    async def gap(self, until: int, state: bytes = b"") -> None:
        if self._cursor.skip(start := self._cursor.expected, until):
            left = state.decode("ascii", errors="ignore")
            await self._browser.tell(messages.Gap(from_=start, to=until, state=left))

    async def ended(self, end: messages.Exit) -> None:
        await self._browser.tell(end)

    async def size(self, rows: int, cols: int) -> None:
        if self._size != (rows, cols):
            self._size = (rows, cols)
            await self._browser.tell(messages.TerminalSize(run=self._run, rows=rows, cols=cols))

    async def failed(self, code: ErrorCode, reason_code: ReasonCode, **figures: int) -> None:
        await self._browser.tell(
            messages.Error(
                code=code, message="", reason_code=reason_code, figures=figures, run=self._run
            )
        )
