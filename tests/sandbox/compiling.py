"""A language whose compiler is a script: the main file is that compiler, and what it leaves in
`{build}/program` is the program. So tests need no toolchain."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Container
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from runner.executor.output_stream import Frame
from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool
from runner.languages import LANGUAGES, PYTHON, Language
from runner.limits import KIB, MIB, Limits
from runner.models import Executor, Run
from runner.run_state import Ending, Outcome
from runner.sandbox import Sandbox, walls
from runner.sandbox.limit_backends import LimitBackend

WAIT_SECONDS = 60
LIMITS = Limits(
    cpu_seconds=20,
    wall_seconds=60,
    memory_bytes=64 * MIB,
    processes=32,
    disk_bytes=8 * MIB,
    disk_files=300,
    output_bytes=512 * KIB,
    compile_cpu_seconds=20,
    compile_wall_seconds=60,
    compile_memory_bytes=96 * MIB,
)
MADE_UP = replace(
    PYTHON,
    id="made-up",
    name="Made-up",
    needs=("/bin/sh",),
    extensions=("sh",),
    main="main.sh",
    compile=("/bin/sh", "{main}"),
    run=("/bin/sh", "{build}/program"),
    keep_open=(),
    errors="",
)
BUILD = "cat > /tmp/build/program"  # what it reads becomes the program


@dataclass
class CompiledRun:
    """A run in the hands of its executor, and a terminal that reads and acknowledges."""

    task: RunTask
    output: bytearray = field(default_factory=bytearray)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    typed: int = 0

    async def wait_for(self, text: bytes) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while text not in self.output:
                self.heard.clear()
                await self.heard.wait()

    async def begin(self) -> Ending:
        self.task._pump.stream.attach("browser", 0, control=True, now=0)
        self.task._pump._on_output = self.note_output
        return await self.task._execute()

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

    def type(self, data: bytes) -> None:
        self.typed += 1
        self.task._pump.type(self.typed, data)

    @property
    def text(self) -> str:
        return self.output.decode(errors="replace").replace("\r\n", "\n")


Running = tuple[CompiledRun, asyncio.Task[Ending]]
Start = Callable[..., contextlib.AbstractAsyncContextManager[Running]]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not true():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


def starter(monkeypatch: pytest.MonkeyPatch, backend: LimitBackend) -> Start:
    """Makes runs of the made-up language on that limit backend."""

    async def record(self: RunTask) -> None:
        """No database."""
        await asyncio.Event().wait()

    def chosen(limits: Limits, *, optimisations: Container[str], python: str) -> Sandbox:
        return Sandbox(limits, backend, optimisations, python)

    monkeypatch.setattr(RunTask, "_record_progress", record)
    monkeypatch.setattr("runner.executor.warm_pool.Sandbox", chosen)

    @contextlib.asynccontextmanager
    async def start(
        compiler: str,
        files: dict[str, str] | None = None,
        language: Language = MADE_UP,
        limits: Limits = LIMITS,
        *,
        warm: bool = False,
    ) -> AsyncIterator[Running]:
        monkeypatch.setitem(LANGUAGES, language.id, language)
        walls.look_again()
        monkeypatch.setattr(settings, "LIMITS", limits)
        run = made_run(language, {language.main: compiler, **(files or {})})
        async with filled_pool(limits, warm=warm) as pool:
            compiled = CompiledRun(RunTask(run, Executor(name="one"), pool))
            executing = asyncio.create_task(compiled.begin())
            try:
                yield compiled, executing
            finally:
                compiled.task.decide(Outcome.STOPPED)
                await asyncio.wait_for(executing, WAIT_SECONDS)
                compiled.take()

    return start


def made_run(language: Language, sources: dict[str, str]) -> Run:
    files = [{"path": path, "content": text} for path, text in sources.items()]
    return Run(
        owner=User(pk=1), language=language.id, files=files, main=language.main, rows=24, cols=80
    )


@contextlib.asynccontextmanager
async def filled_pool(limits: Limits, *, warm: bool) -> AsyncIterator[WarmPool]:
    pool = WarmPool(1 if warm else 0, 2, limits)
    filling = asyncio.create_task(pool.run())
    try:
        if warm:
            await until(lambda: pool.waiting > 0)
        yield pool
    finally:
        filling.cancel()
        await asyncio.gather(filling, return_exceptions=True)


async def ended(start: Start, *args: Any, **kwargs: Any) -> tuple[CompiledRun, Ending]:
    """From its start to its end."""
    async with start(*args, **kwargs) as (compiled, executing):
        ending = await asyncio.wait_for(executing, WAIT_SECONDS)
        compiled.take()
    return compiled, ending
