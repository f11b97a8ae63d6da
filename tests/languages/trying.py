"""Programs of the definitions in the hands of an executor: compiler, sandbox and limits."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

import pytest
from _pytest.mark import ParameterSet
from django.conf import settings

from accounts.models import User
from runner.executor.output_stream import Frame
from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool
from runner.languages import LANGUAGES, Language
from runner.languages.language import Trial
from runner.limits import Limits
from runner.models import Executor, Run
from runner.run_state import Ending, Outcome

# What `make test` installs. The others are for `make test-languages`.
REPRESENTATIVE = ("python", "javascript", "java", "c", "cpp", "go", "sqlite", "bash")
# `ONLY_LANGUAGES="java kotlin" make test-languages` tries these alone.
CHOSEN = os.environ.get("ONLY_LANGUAGES", "").split() or list(LANGUAGES)
WAIT_SECONDS = 60
SIZE = (24, 80)


@dataclass
class Conversation:
    """One run, and a terminal that reads, acknowledges and types."""

    task: RunTask
    executing: asyncio.Task[Ending] | None = None
    output: bytearray = field(default_factory=bytearray)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    typed: int = 0

    def note_output(self) -> None:
        self.task._note_output()
        self.take()

    def take(self) -> None:
        stream = self.task._pump.stream
        while piece := stream.next_piece("browser", 0):
            assert isinstance(piece, Frame)
            self.output += piece.data
            end = piece.offset + len(piece.data)
            stream.confirm("browser", end, end, resend=False, now=0)
        self.heard.set()

    @property
    def text(self) -> str:
        return self.output.decode(errors="replace")

    async def wait_for(self, text: str) -> None:
        await self.wait_until(lambda shown: text in shown)

    async def wait_until(self, enough: Callable[[str], bool]) -> None:
        """Until that is shown, or the run is over: what is missing then, the caller's test says."""
        assert self.executing is not None
        async with asyncio.timeout(WAIT_SECONDS):
            while not enough(self.text) and not self.executing.done():
                self.heard.clear()
                hearing = asyncio.ensure_future(self.heard.wait())
                await asyncio.wait({hearing, self.executing}, return_when="FIRST_COMPLETED")
                hearing.cancel()
                self.take()

    def type(self, text: str) -> None:
        self.typed += 1
        self.task._pump.type(self.typed, text.encode())

    async def ending(self) -> Ending:
        assert self.executing is not None
        ending = await asyncio.wait_for(asyncio.shield(self.executing), WAIT_SECONDS)
        self.take()
        return ending


@contextlib.asynccontextmanager
async def running(
    name: str, trial: Trial, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Conversation]:
    """The program of the trial, from its start; leaving ends it."""

    async def record(_: RunTask) -> None:
        """No database."""
        await asyncio.Event().wait()

    monkeypatch.setattr(RunTask, "_record_progress", record)
    monkeypatch.setattr(settings, "LIMITS", limits)
    run = Run(
        owner=User(pk=1),
        language=name,
        files=[{"path": file.path, "content": file.content} for file in trial.files],
        main=trial.files[0].path,
        args=list(trial.args),
        rows=SIZE[0],
        cols=SIZE[1],
    )
    task = RunTask(run, Executor(name="one"), WarmPool(0, 1, limits))
    conversation = Conversation(task)
    task._pump.stream.attach("browser", 0, control=True, now=0)
    monkeypatch.setattr(task._pump, "_on_output", conversation.note_output)
    conversation.executing = asyncio.create_task(task._execute())
    async with asyncio.timeout(WAIT_SECONDS):  # browsers type once they are told `started`
        while task._started_at is None and not conversation.executing.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    try:
        yield conversation
    finally:
        if not conversation.executing.done():
            task.decide(Outcome.STOPPED)
        await asyncio.wait_for(conversation.executing, WAIT_SECONDS)


async def tried(
    name: str, trial: Trial, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Ending]:
    """What the terminal of that trial showed, and how it ended."""
    async with running(name, trial, limits, monkeypatch) as conversation:
        if trial.input:
            await conversation.wait_for(trial.after)
            conversation.type(trial.input)
        if trial.leave:
            await conversation.wait_for(trial.shows[0])
            conversation.type(trial.leave)
        ending = await conversation.ending()
    return conversation.text, ending


def status(ending: Ending) -> int | None:
    """As a definition writes it: the exit code, or below 0 the signal."""
    if ending.signal:
        return -signal.Signals[ending.signal]
    return ending.exit_code


def missing_texts(wanted: Iterable[str], text: str) -> list[str]:
    return [each for each in wanted if each not in text]


def languages(wanted: Callable[[Language], object] = bool) -> list[ParameterSet]:
    """Of a parametrised test: all that are defined, those `make test` leaves out with a mark."""
    return [
        pytest.param(name, marks=[] if name in REPRESENTATIVE else [pytest.mark.languages])
        for name in CHOSEN
        if wanted(LANGUAGES[name])
    ]
