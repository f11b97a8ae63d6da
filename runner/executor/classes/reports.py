"""Tells those who watch a class what its runs do.

Nothing is told while nobody watches: web workers with a grid say so every few seconds
(`ReportClass`), and get what there is then, in one message for all runs. What changes is told at
most every `REPORT_SECONDS` for each run, however much it prints. A run outside of classes costs one
comparison for each output.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

from runner.executor.classes.last_line import TAIL_BYTES, last_line
from runner.infrastructure import messaging
from runner.languages import ProgramError
from runner.models import Run
from runner.protocol.classes.channel import ClassMessage, RunReport, RunReports, staff_group
from runner.protocol.classes.messages import MemberState
from runner.protocol.messages import Exit

WANTED_SECONDS = 15.0  # web workers say it every five
REPORT_SECONDS = 0.5
FIRST_SECONDS = 0.05  # the run's own terminal comes first
ANSWER_SECONDS = 1.0  # between two answers about a class, however many grids ask
REPORTS_PER_MESSAGE = 100


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


class Sender:
    """Sends to who teaches a class, and waits for nothing."""

    def __init__(self) -> None:
        self._sending: set[asyncio.Task[None]] = set()

    def send(self, message: ClassMessage) -> None:
        group = staff_group(message.classroom)
        sending = asyncio.create_task(messaging.send_to_class(group, message))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)


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
        self._sender = Sender()

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
            self._timer = loop.call_later(due, self._send)

    def _enter(self, state: MemberState) -> None:
        if state is not self._state:
            self._state, self._since = state, time.time()
        self.note()

    def _send(self) -> None:
        self._timer = None
        self._sent_at = asyncio.get_running_loop().time()
        if (report := self.report()) is not None:
            self._sender.send(report)

    def report(self) -> RunReport | None:
        """None for a run outside of classes."""
        if self.classroom is None:
            return None
        end, error = self._end or (None, None)
        return RunReport(
            self.classroom,
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


class ClassReports:
    """Answers grids that ask for all runs of their class."""

    def __init__(
        self, wanted: WantedClasses, reporters: Callable[[], Iterable[RunReporter]]
    ) -> None:
        self._wanted, self._reporters, self._sender = wanted, reporters, Sender()
        self._answered: dict[int, float] = {}  # the loop's clock; or when it will be

    def asked(self, classroom: int) -> None:
        self._wanted.note(classroom)
        loop = asyncio.get_running_loop()
        now = loop.time()
        if (answered := self._answered.get(classroom, float("-inf"))) > now:
            return
        recent = now - ANSWER_SECONDS
        self._answered = {known: at for known, at in self._answered.items() if at > recent}
        due = self._answered[classroom] = max(now + FIRST_SECONDS, answered + ANSWER_SECONDS)
        loop.call_at(due, self._answer, classroom)

    def _answer(self, classroom: int) -> None:
        mine = (each for each in self._reporters() if each.classroom == classroom)
        reports = [report for each in mine if (report := each.report()) is not None]
        for first in range(0, len(reports), REPORTS_PER_MESSAGE):
            some = reports[first : first + REPORTS_PER_MESSAGE]
            self._sender.send(RunReports.of(classroom, some))
