"""A language whose compiler is a script: the main file is that compiler, and what it leaves in
`{build}/program` is the program. So tests need no toolchain."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Container
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from runner.executor.warm_pool import WarmPool
from runner.languages import LANGUAGES, PYTHON, Language
from runner.limits import KIB, MIB, Limits
from runner.models import Run
from runner.run_state import Ending
from runner.sandbox import Sandbox, Size, walls
from runner.sandbox.limit_backends import LimitBackend
from tests.conversation import Conversation, conversation, until

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


Start = Callable[..., contextlib.AbstractAsyncContextManager[Conversation]]


def starter(monkeypatch: pytest.MonkeyPatch, backend: LimitBackend) -> Start:
    """Makes runs of the made-up language on that limit backend."""

    def chosen(
        limits: Limits, *, optimisations: Container[str], python: str, screen: Size | None
    ) -> Sandbox:
        return Sandbox(limits, backend, optimisations, python, screen)

    monkeypatch.setattr("runner.executor.warm_pool.Sandbox", chosen)

    @contextlib.asynccontextmanager
    async def start(
        compiler: str,
        files: dict[str, str] | None = None,
        language: Language = MADE_UP,
        limits: Limits = LIMITS,
        *,
        warm: bool = False,
    ) -> AsyncIterator[Conversation]:
        monkeypatch.setitem(LANGUAGES, language.id, language)
        walls.look_again()
        monkeypatch.setattr(settings, "LIMITS", limits)
        run = made_run(language, {language.main: compiler, **(files or {})})
        async with (
            filled_pool(limits, warm=warm) as pool,
            conversation(run, pool, monkeypatch) as started,
        ):
            yield started

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


async def ended(start: Start, *args: Any, **kwargs: Any) -> tuple[Conversation, Ending]:
    """From its start to its end."""
    async with start(*args, **kwargs) as run:
        ending = await run.ending()
    return run, ending
