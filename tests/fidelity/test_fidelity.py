"""A program from the pool behaves as `python3 main.py` does: every byte, and how it ends."""

import asyncio
import re

import psutil
import pytest

from runner.sandbox import interpreter
from runner.sandbox.bubblewrap import ExitStatus
from tests.fidelity.corpus import CORPUS, Case
from tests.runner.sandbox.inside import WAIT_SECONDS, sandbox_processes, started

ENOUGH = 60
SIGNALS = {b"\x03", b"\x1c", b"\x1a"}
ADDRESS = re.compile(rb"0x[0-9a-f]+")  # random for every process


async def behaviour(case: Case) -> tuple[bytes, int | None, str | None]:
    """What it printed, its exit code, its signal."""
    async with started(case.source, files=case.files) as program:
        for after, keys in case.typed:
            await program.wait_for_output(after)
            if keys in SIGNALS:
                await asleep()
            program.terminal.write(keys)
        status = await program.end()
    assert isinstance(status, ExitStatus)
    return ADDRESS.sub(b"0x", program.output), status.exit_code, status.signal


async def asleep() -> None:
    """Else a signal would meet the program on its way from its last output to where it waits."""
    program = sandbox_processes()[-1]
    async with asyncio.timeout(WAIT_SECONDS):
        while program.status() != psutil.STATUS_SLEEPING:  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("name", CORPUS)
async def test_it_is_what_a_fresh_interpreter_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pooled = await behaviour(CORPUS[name])
    with monkeypatch.context() as patch:
        patch.setattr(interpreter, "FILES", {})  # a plain `python3 main.py`, executed
        fresh = await behaviour(CORPUS[name])
    assert pooled == fresh


def test_there_are_enough() -> None:
    assert len(CORPUS) >= ENOUGH
