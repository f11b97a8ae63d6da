"""Programs of the definitions in the hands of an executor: compiler, sandbox and limits."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable

import pytest
from _pytest.mark import ParameterSet
from django.conf import settings

from accounts.models import User
from runner.executor.warm_pool import WarmPool
from runner.languages import LANGUAGES, Language
from runner.languages.language import Trial
from runner.limits import Limits
from runner.models import Run
from runner.run_state import Ending
from tests.conversation import Conversation, conversation

# What `make test` installs. The others are for `make test-languages`.
REPRESENTATIVE = (
    "python", "javascript", "java", "c", "cpp", "go", "sqlite", "bash", "python-console",
)  # fmt: skip
# `ONLY_LANGUAGES="java kotlin" make test-languages` tries these alone.
CHOSEN = os.environ.get("ONLY_LANGUAGES", "").split() or list(LANGUAGES)
SIZE = (24, 80)


@contextlib.asynccontextmanager
async def running(
    name: str, trial: Trial, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Conversation]:
    """The program of the trial, from its start; leaving ends it."""
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
    async with conversation(run, WarmPool(0, 1, limits), monkeypatch) as started:
        await started.started()
        yield started


async def tried(
    name: str, trial: Trial, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Ending]:
    """What the terminal of that trial showed, and how it ended."""
    async with running(name, trial, limits, monkeypatch) as run:
        if trial.input:
            await run.wait_for(trial.after)
            run.type(trial.input)
        if trial.leave:
            await run.wait_for(trial.shows[0])
            run.type(trial.leave)
        ending = await run.ending()
    return run.text, ending


def status(ending: Ending) -> int | None:
    """As a definition writes it: the exit code, or below 0 the signal."""
    if ending.signal:
        return -signal.Signals[ending.signal]
    return ending.exit_code


def languages(wanted: Callable[[Language], object] = bool) -> list[ParameterSet]:
    """Of a parametrised test: all that are defined, those `make test` leaves out with a mark."""
    return [
        pytest.param(name, marks=[] if name in REPRESENTATIVE else [pytest.mark.languages])
        for name in CHOSEN
        if wanted(LANGUAGES[name])
    ]
