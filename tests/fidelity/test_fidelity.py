"""A program from the pool behaves as `python3 main.py` does: every byte, and how it ends."""

import asyncio
import re

import psutil
import pytest

from runner.sandbox import interpreter
from runner.sandbox.bubblewrap import ExitStatus
from tests.fidelity.corpus import CORPUS, Case
from tests.runner.sandbox.inside import WAIT_SECONDS, Inside, started

ENOUGH = 60
SIGNALS = {b"\x03", b"\x1c", b"\x1a"}
ADDRESS = re.compile(rb"0x[0-9a-f]+")  # random for every process


async def behaviour(program: Inside, case: Case) -> tuple[bytes, int | None, str | None]:
    """What it printed, its exit code, its signal."""
    for after, keys in case.typed:
        await program.wait_for_output(after)
        if keys in SIGNALS:
            await asleep(program)
        program.terminal.write(keys)
    status = await program.end()
    assert isinstance(status, ExitStatus)
    return ADDRESS.sub(b"0x", program.output), status.exit_code, status.signal


async def asleep(program: Inside) -> None:
    """Else a signal would meet it on its way from its last output to where it waits."""
    assert program.sandbox._inside
    (process,) = psutil.Process(program.sandbox._inside.pid).children()
    async with asyncio.timeout(WAIT_SECONDS):
        while process.status() != psutil.STATUS_SLEEPING:  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("name", CORPUS)
async def test_it_is_what_a_fresh_interpreter_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CORPUS[name]
    async with (
        started(case.source, files=case.files) as pooled,
        started(case.source, files=case.files, warm=False) as cold,
    ):
        monkeypatch.setattr(interpreter, "files", dict)  # a plain `python3 main.py`, executed
        async with started(case.source, files=case.files) as fresh:
            behaviours = await asyncio.gather(
                *(behaviour(program, case) for program in (pooled, cold, fresh))
            )
    assert behaviours[0] == behaviours[2]
    assert behaviours[1] == behaviours[2]


def test_there_are_enough() -> None:
    assert len(CORPUS) >= ENOUGH
