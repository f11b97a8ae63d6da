"""One run with a real sandbox, as far as it needs no database."""

import asyncio

import pytest

from accounts.models import User
from runner.executor.output_stream import OutputStream
from runner.executor.program import LastWords
from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool
from runner.languages import ProgramError
from runner.limits import Limits
from runner.models import Executor, Run
from runner.run_state import Outcome
from runner.sandbox import priority
from runner.sandbox.bubblewrap import Sandbox

WAIT_SECONDS = 30


async def test_a_run_that_has_printed_comes_before_nobody_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = asyncio.Event()
    monkeypatch.setattr(priority, "BOOST_SECONDS", 600)
    monkeypatch.setattr(Sandbox, "note_started", lambda _: told.set())
    source = "print('up', flush=True); input()"
    run = Run(
        owner=User(pk=1), language="python", files=[{"path": "main.py", "content": source}],
        main="main.py", rows=24, cols=80,
    )  # fmt: skip
    task = RunTask(run, Executor(name="one"), WarmPool(0, 1, Limits()))
    executing = asyncio.create_task(task._execute())
    async with asyncio.timeout(WAIT_SECONDS):
        await told.wait()
        task.decide(Outcome.STOPPED)
        ending = await executing
    assert ending.outcome == Outcome.STOPPED
    assert ending.output_bytes == len("up\r\n")


def test_a_fault_while_looking_for_the_error_loses_no_ending(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("a fault of ours")

    monkeypatch.setattr("runner.executor.program.last_words.find_error", fail)
    run = Run(owner=User(pk=1), language="python", files=[], main="main.py", rows=24, cols=80)
    words = LastWords(run, OutputStream(1, 1, 1))
    assert words.error(1, None) == ProgramError("", "", None)
    assert f"Reading the end of the output of run {run.pk} failed." in caplog.text
