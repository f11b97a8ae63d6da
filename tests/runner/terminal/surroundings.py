"""What surrounds a link: a strict browser, and a database and executors that obey a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from runner.protocol import channel, messages
from runner.protocol.channel import ChannelMessage
from runner.run_state import Outcome, RunStatus
from runner.runs import RunLocation, StoredRecording
from runner.terminal.link.run_link import RunLink

RUN = UUID(int=7)
VIEWER = "a terminal"
ASKED_AT = timezone.now()
WAIT_SECONDS = 5
LOCATION = RunLocation(
    status=RunStatus.QUEUED, language="python", executor=None, position=1, started=False
)
NOTHING = StoredRecording(head=b"", tail=b"", tail_offset=0)


def exit_after(output_bytes: int, outcome: Outcome = Outcome.COMPLETED) -> messages.Exit:
    return messages.Exit(
        run=RUN, outcome=outcome, exit_code=0, signal=None, reason="It finished.",
        wall_ms=1, cpu_ms=1, memory_peak_bytes=1, output_bytes=output_bytes,
    )  # fmt: skip


class Browser:
    """Notes in `broken` what the protocol forbids (rules 1 and 2): a link survives exceptions."""

    def __init__(self, offset: int = 0) -> None:
        self.messages: list[messages.Message] = []
        self.told: list[str] = []  # kinds of messages, and "output"
        self.output = b""
        self.broken: list[str] = []
        self._offset = offset
        self._news = asyncio.Event()

    async def tell(self, message: messages.Message) -> None:
        kind = type(message).__name__
        self._check(not self.has_ended(), f"{kind} after the end")
        match message:
            case messages.Started():
                self._check("Started" not in self.told, "started twice")
            case messages.Queued():
                self._check(not self.follows(), "queued after started")
            case messages.Gap():
                self._check(self.follows(), "a gap before started or attached")
                self._check(message.from_ == self._offset < message.to, f"{message}")
                self._offset = message.to
            case messages.Exit():
                self._check(message.output_bytes == self._offset, f"{message} at {self._offset}")
            case messages.InputAck():
                self._check(self.follows(), "an ack before started or attached")
            case messages.Notice():
                self._check(self.follows(), "a notice before started or attached")
        self._note(kind)
        self.messages.append(message)

    async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
        self._check(self.follows(), "output before started or attached")
        self._check(not self.has_ended(), "output after the end")
        self._check(offset == self._offset, f"output at {offset}, {self._offset} was due")
        self.output += data
        self._offset += len(data)
        if self.told[-1:] != ["output"]:
            self._note("output")

    def end(self) -> None:
        self._note("socket ended")

    def follows(self) -> bool:
        attached = (m for m in self.messages if isinstance(m, messages.Attached))
        return "Started" in self.told or any(m.status != RunStatus.QUEUED for m in attached)

    def has_ended(self) -> bool:
        return "Exit" in self.told or "Error" in self.told

    def last(self, kind: type[messages.Message]) -> Any:
        return next(m for m in reversed(self.messages) if isinstance(m, kind))

    async def until(self, kind: str, times: int = 1) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self.told.count(kind) < times:
                self._news.clear()
                await self._news.wait()

    def _check(self, allowed: bool, broken: str) -> None:
        if not allowed:
            self.broken.append(broken)

    def _note(self, kind: str) -> None:
        self.told.append(kind)
        self._news.set()


@dataclass
class Sent:
    to: str
    message: ChannelMessage


class Outside:
    """The database, as this test fills it, and what was sent to executors."""

    def __init__(self) -> None:
        self.location = LOCATION
        self.end = exit_after(0)
        self.stored = NOTHING
        self.artifacts: list[tuple[int, messages.ArtifactShown]] = []  # with their versions
        self.asked_for_artifacts = 0  # times
        self.notices: dict[messages.NoticeCode, dict[str, int | str]] = {}  # of its files
        self.sent: list[Sent] = []
        self.looks = self.recoveries = 0
        self.waiting: list[tuple[Any, ...]] = []  # arguments of `runs.wait_for`
        self.ended_in_queue: list[Outcome] = []
        self.fails = 0  # how many times the database does not answer
        self._news = asyncio.Event()

    # --- The database, as `runs` shows it -------------------------------------------------------
    def whereabouts(self, run: UUID) -> RunLocation:
        self.looks += 1
        self._news.set()
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        return self.location

    def told_end(self, run: UUID) -> messages.Exit:
        return self.end

    def load_recording(self, run: UUID, until: int) -> StoredRecording:
        return self.stored

    def told_artifacts(
        self, run: UUID, reader: int, after: int
    ) -> list[tuple[int, messages.ArtifactShown]]:
        self.asked_for_artifacts += 1
        assert (run, reader) == (RUN, 0)
        return [each for each in self.artifacts if each[0] > after]

    def file_notices(self, run: UUID) -> dict[messages.NoticeCode, dict[str, int | str]]:
        return self.notices

    def wait_for(self, *arguments: Any) -> None:
        self.waiting.append(arguments)

    def finish_queued(self, run: UUID, outcome: Outcome, reason: str) -> bool:
        if self.location.status != RunStatus.QUEUED:
            return False
        self.ended_in_queue.append(outcome)
        self.location = replace(self.location, status=RunStatus.FINISHED)
        self.end = exit_after(0, outcome)
        return True

    async def recover_lost_runs(self) -> None:
        self.recoveries += 1
        self._news.set()

    # --- Executors ------------------------------------------------------------------------------
    async def send(self, to: str, message: ChannelMessage) -> None:
        self.sent.append(Sent(to, message))
        self._news.set()

    async def send_to_executors(self, message: ChannelMessage) -> None:
        await self.send(channel.EXECUTORS, message)

    def all_sent(self, kind: type[ChannelMessage]) -> list[Any]:
        return [each.message for each in self.sent if isinstance(each.message, kind)]

    async def until_sent(self, kind: type[ChannelMessage], times: int = 1) -> Any:
        """The last of so many."""
        await self.until(lambda: len(self.all_sent(kind)) >= times)
        return self.all_sent(kind)[-1]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while not condition():
                self._news.clear()
                await self._news.wait()

    # --- What happens to the run ----------------------------------------------------------------
    def runs_on(self, executor: str) -> None:
        self.location = replace(
            LOCATION, status=RunStatus.RUNNING, executor=executor, position=None, started=True
        )

    def has_ended(self, output: bytes = b"", *, started: bool = True) -> None:
        self.location = replace(LOCATION, status=RunStatus.FINISHED, position=None, started=started)
        self.stored = StoredRecording(head=output, tail=b"", tail_offset=len(output))
        self.end = exit_after(len(output))


def link_to(browser: Browser, *, offset: int = 0, control: bool = True) -> RunLink:
    return RunLink(
        RUN, VIEWER, browser, language="python", offset=offset, control=control, asked_at=ASKED_AT
    )


@asynccontextmanager
async def following(
    browser: Browser, *, offset: int = 0, control: bool = True, created: bool = False
) -> AsyncIterator[RunLink]:
    """As a terminal does that attaches to a run, or has just created it."""
    link = link_to(browser, offset=offset, control=control)
    before = asyncio.all_tasks()
    if created:
        await link.begin(position=1)
    else:
        link.resume()
    yield link
    await link.close()
    assert link.over
    assert not browser.broken, browser.broken
    tasks = asyncio.all_tasks() - before
    if tasks:
        _, pending = await asyncio.wait(tasks, timeout=5)
        assert not pending, "something goes on after the link is closed"


# --- What an executor says --------------------------------------------------------------------
def attached(
    executor: str = "one", *, control: bool = True, acked: int = 0
) -> channel.ViewerAttached:
    asked_at = ASKED_AT.timestamp()
    return channel.ViewerAttached(str(RUN), executor, asked_at, control, input_seq=acked)


def output(offset: int, data: bytes, acked: int = 0) -> channel.Output:
    return channel.Output(str(RUN), offset, data, typed=acked)


def gap(start: int, stop: int) -> channel.OutputGap:
    return channel.OutputGap(str(RUN), start, stop)


def ended(output_bytes: int, acked: int = 0) -> channel.RunEnded:
    text = messages.encode(exit_after(output_bytes))
    return channel.RunEnded(str(RUN), output_bytes, text, typed=acked)
