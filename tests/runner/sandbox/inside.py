"""Runs a Python program in a real sandbox, without executor, database or browser."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from runner.executor.pty import PseudoTerminal
from runner.languages import PYTHON
from runner.limits import Limits
from runner.sandbox import Size
from runner.sandbox.bubblewrap import ExitStatus, Program, Sandbox
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.limit_backends.cgroups import PREFIX, mounts

ROOT = Path(__file__).parents[3]
WAIT_SECONDS = 15


@dataclass
class Inside:
    """A running program and its terminal."""

    sandbox: Sandbox
    terminal: PseudoTerminal
    output: bytes = b""

    async def wait_for_output(self, text: bytes) -> bytes:
        """All output so far, once it contains `text`."""
        async with asyncio.timeout(WAIT_SECONDS):
            while text not in self.output:
                assert await self._read(), f"no {text!r} in {self.output!r}"
        return self.output

    async def end(self) -> ExitStatus | None:
        async with asyncio.timeout(WAIT_SECONDS):
            ended = asyncio.create_task(self.sandbox.ended())
            while await self._read():
                pass
            return await ended

    async def _read(self) -> bool:
        """Takes some output; false at its end."""
        readable = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self.terminal.master, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(self.terminal.master)
        data = self.terminal.read(1 << 20)
        self.output += data or b""
        return data is not None


@asynccontextmanager
async def on_a_terminal(
    limits: Limits,
    backend: LimitBackend | None = None,
    python: str = "",
    screen: Size | None = None,
) -> AsyncIterator[tuple[Sandbox, PseudoTerminal]]:
    async with Sandbox(limits, backend, python=python, screen=screen) as sandbox:
        with PseudoTerminal(sandbox.take_terminal(), 24, 80) as terminal:
            yield sandbox, terminal


@asynccontextmanager
async def started(
    source: str,
    *args: str,
    limits: Limits | None = None,
    files: Mapping[str, str] | None = None,
    command: tuple[str, ...] = ("/usr/bin/python3",),
    python: str = "",
    warm: bool = True,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Inside]:
    async with on_a_terminal(limits or Limits(), python=python) as (sandbox, terminal):
        if warm:
            await sandbox.warm()
        sources = {"main.py": source, **(files or {})}
        argv = [*command, "main.py", *args]
        variables = {**PYTHON.environment, **(environment or {})}
        await sandbox.launch(Program(argv, sources.items(), variables))
        yield Inside(sandbox, terminal)


async def result(source: str, *args: str, **options: Any) -> tuple[str, ExitStatus | None]:
    """What a program printed, as text with plain line ends, and how it ended."""
    async with started(source, *args, **options) as program:
        status = await program.end()
    return program.output.decode().replace("\r\n", "\n"), status


async def printed(source: str, **options: Any) -> str:
    """The same for a program that must succeed."""
    output, status = await result(source, **options)
    assert status is not None, output
    assert status.exit_code == 0, output
    return output


def sandbox_processes() -> list[psutil.Process]:
    """All of the sandboxes that were started from here; servers of other tests have theirs."""
    found: list[psutil.Process] = []
    for starter in psutil.Process().children():
        for root in starter.children():
            with contextlib.suppress(psutil.NoSuchProcess):  # an earlier test's, just ending
                if root.name() == "bwrap":
                    found += [root, *root.children(recursive=True)]
    return found


def parents() -> set[Path]:
    """Groups of executors: of all limit backends, of this process's and of others."""
    return {
        Path(folder, name)
        for _, top, _ in mounts()
        for folder, names, _ in os.walk(top)  # others come and go meanwhile
        for name in names
        if name.startswith(PREFIX)
    }


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))
