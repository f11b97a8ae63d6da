"""Tells those who watch a class what its runs do.

Nothing is told while nobody watches: web workers with a grid say so every few seconds
(`ReportClass`), and get what there is then. What changes is told at most every `REPORT_SECONDS` for
each run, however much it prints. A run outside of classes costs one comparison for each output.
"""

import asyncio
import time
from collections.abc import Callable

from runner.executor.classes.last_line import TAIL_BYTES, last_line
from runner.infrastructure import messaging
from runner.languages import ProgramError
from runner.models import Run
from runner.protocol.classes.channel import RunReport, staff_group
from runner.protocol.classes.messages import MemberState
from runner.protocol.messages import Exit

WANTED_SECONDS = 15.0  # web workers say it every five
REPORT_SECONDS = 0.5
FIRST_SECONDS = 0.05  # the run's own terminal comes first


class WantedClasses:
    """Whose runs somebody watches, on any web worker."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}  # monotonic

    def note(self, classroom: int) -> None:
        now = time.monotonic()
        self._until = {known: until for known, until in self._until.items() if until > now}
        self._until[classroom] = now + WANTED_SECONDS

    def has(self, classroom: int) -> bool:
        return self._until.get(classroom, 0.0) > time.monotonic()


class RunReporter:
    def __init__(self, run: Run, wanted: WantedClasses, tail: Callable[[int], bytes]) -> None:
        """`tail(count)`: the last bytes of the run's output."""
        self.classroom: int | None = run.classroom_id
        self._run, self._wanted, self._tail = run, wanted, tail
        self._state, self._since = MemberState.QUEUED, run.created_at.timestamp()
        self._end: tuple[Exit, ProgramError] | None = None
        self._last: str | None = None  # line of the whole output
        self._sent_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def started(self) -> None:
        self._enter(MemberState.RUNNING)

    def waits(self) -> None:
        self._enter(MemberState.WAITING)

    def active(self) -> None:
        """There was output or input."""
        if self.classroom is None:
            return
        if self._state is MemberState.WAITING:
            self._enter(MemberState.RUNNING)
        elif self._timer is None:
            self.note()

    def ended(self, told: Exit, error: ProgramError) -> None:
        self._end = told, error
        if self.classroom is not None:
            self._last = last_line(self._tail(TAIL_BYTES))  # what is held is forgotten presently
        self._enter(MemberState.IDLE)

    def note(self) -> None:
        """Tells what there is, presently."""
        if self.classroom is None or self._timer is not None:
            return
        if self._wanted.has(self.classroom):
            loop = asyncio.get_running_loop()
            due = max(FIRST_SECONDS, self._sent_at + REPORT_SECONDS - loop.time())
            self._timer = loop.call_later(due, self._send, self.classroom)

    def _enter(self, state: MemberState) -> None:
        if state is not self._state:
            self._state, self._since = state, time.time()
        self.note()

    def _send(self, classroom: int) -> None:
        self._timer = None
        self._sent_at = asyncio.get_running_loop().time()
        sending = asyncio.create_task(
            messaging.send_to_class(staff_group(classroom), self._report(classroom))
        )
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    def _report(self, classroom: int) -> RunReport:
        end, error = self._end or (None, None)
        return RunReport(
            classroom,
            user=self._run.owner_id or 0,
            run=str(self._run.pk),
            language=self._run.language,
            state=self._state.value,
            since=self._since,
            order=self._run.created_at.timestamp(),
            line=last_line(self._tail(TAIL_BYTES)) if self._last is None else self._last,
            outcome=end.outcome.value if end else "",
            error=error.name if error else "",
            error_line=error.line if error else None,
        )
