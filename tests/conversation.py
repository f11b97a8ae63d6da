"""One run in the hands of its executor, and a terminal that reads, acknowledges and types.

No database, no browser: the run is made by its test, and nothing is recorded.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest

from runner.executor.output_stream import Frame
from runner.executor.program import RunRows
from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool
from runner.limits import Limits
from runner.models import Executor, Run
from runner.run_state import Ending, Outcome

WAIT_SECONDS = 60
BROWSER = "browser"


class Conversation:
    def __init__(self, task: RunTask) -> None:
        self.task = task
        self.output = bytearray()
        self._heard = asyncio.Event()
        self._typed = 0
        task._pump.stream.attach(BROWSER, 0, control=True, now=0)
        self._executing = asyncio.create_task(task._execute())

    def note_output(self) -> None:
        self.task._note_output()
        self.take()

    def take(self) -> None:
        stream = self.task._pump.stream
        while piece := stream.next_piece(BROWSER, 0):
            assert isinstance(piece, Frame)
            self.output += piece.data
            end = piece.offset + len(piece.data)
            stream.confirm(BROWSER, end, end, resend=False, now=0)
        self._heard.set()

    @property
    def text(self) -> str:
        return self.output.decode(errors="replace").replace("\r\n", "\n")

    async def started(self) -> None:
        """Browsers type once they are told that."""
        await until(lambda: self.task._rows.started_at is not None or self._executing.done())

    async def wait_for(self, text: str) -> None:
        await self.wait_until(lambda shown: text in shown)

    async def wait_until(self, enough: Callable[[str], bool]) -> None:
        """Until that is shown, or the run is over: what is missing then, the caller's test says."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not enough(self.text) and not self._executing.done():
                self._heard.clear()
                hearing = asyncio.ensure_future(self._heard.wait())
                await asyncio.wait({hearing, self._executing}, return_when="FIRST_COMPLETED")
                hearing.cancel()
                self.take()

    async def waits(self) -> None:
        """Until the executor has seen that the program waits for its terminal, or has ended."""
        await until(lambda: bool(self.task._delivery._waiting) or self._executing.done())

    def type(self, text: str) -> None:
        self._typed += 1
        self.task._pump.type(self._typed, text.encode())

    async def ending(self, seconds: float = WAIT_SECONDS) -> Ending:
        ending = await asyncio.wait_for(asyncio.shield(self._executing), seconds)
        self.take()
        return ending


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def conversation(
    run: Run, pool: WarmPool, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Conversation]:
    """From its start; leaving ends it."""

    async def record(_: RunRows, limits: Limits) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(RunRows, "record_progress", record)
    task = RunTask(run, Executor(name="one"), pool)
    started = Conversation(task)
    monkeypatch.setattr(task._pump, "_on_output", started.note_output)
    try:
        yield started
    finally:
        task.decide(Outcome.STOPPED)  # of one that is over, it changes nothing
        await started.ending()
