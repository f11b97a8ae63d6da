"""Runs a short program of a language as runs of students are, and looks at what it shows."""

import asyncio
import re
import signal
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from runner.infrastructure.optimisations import ALL, Optimisation
from runner.languages import Language, Trial, other_python, version_in
from runner.limits import Limits
from runner.sandbox.bubblewrap import Sandbox
from runner.sandbox.program import ExitStatus, Plan, Program
from runner.sandbox.spawner import SandboxFailed
from runner.sandbox.trials.screen import Screen

TRIAL_SECONDS = 180.0  # the slowest compiler, on a busy machine
VERSION_SECONDS = 10.0
CALM = ALL - {Optimisation.START_BOOST}  # a trial has no precedence over programs
COLOURS = re.compile(r"\x1b\[[\d;]*m")
LAST_CHARACTERS = 200  # of what it showed, in a reason


@dataclass(frozen=True, slots=True)
class Shown:
    """`status`: of the program, or of its compiler, if that failed; None if it was killed."""

    text: str
    status: ExitStatus | None
    compiled: bool = True


async def try_out(language: Language, trial: Trial, limits: Limits) -> str:
    """Why the trial has failed; empty if it has passed. Never raises for a machine's faults."""
    files = {file.path: file.content for file in trial.files}
    plan = Plan(language, files, trial.files[0].path, trial.args, limits)
    try:
        async with asyncio.timeout(TRIAL_SECONDS):
            return problem_of(trial, await _run(plan, trial, limits))
    except TimeoutError:
        return f"it did not end within {TRIAL_SECONDS:.0f} s"
    except (SandboxFailed, OSError) as error:
        return f"it did not start: {error}"


async def version_in_sandbox(language: Language, limits: Limits) -> str:
    """What its command says, as people name a version; empty if it says nothing."""
    program = Program(list(language.version), (), language.environment)
    try:
        async with asyncio.timeout(VERSION_SECONDS), _sandbox(language, limits) as sandbox:
            with Screen(sandbox.take_terminal()) as screen:
                await sandbox.launch(program)
                await _watched(sandbox, sandbox.ended())
                return version_in(screen.rest())
    except (TimeoutError, SandboxFailed, OSError):
        return ""


def _sandbox(language: Language, limits: Limits) -> Sandbox:
    return Sandbox(limits, optimisations=CALM, python=other_python(language))


def problem_of(trial: Trial, shown: Shown) -> str:
    """What differs from what the trial is to show; empty if nothing does."""
    last = shown.text.strip()[-LAST_CHARACTERS:]
    if not shown.compiled:
        return f"its compiler failed ({_as_number(shown.status)}) and printed {last!r}"
    if missing := missing_texts(trial, shown.text):
        return f"it did not print {missing[0]!r}, but {last!r}"
    if _as_number(shown.status) != trial.status:
        return f"it ended with {_as_number(shown.status)}, not {trial.status}, and printed {last!r}"
    return ""


def missing_texts(trial: Trial, shown: str) -> list[str]:
    """Of what it is to show. Where that has no colours, what was shown need not: versions of a
    language differ in them."""
    plain = COLOURS.sub("", shown)
    return [text for text in trial.shows if text not in shown and text not in plain]


def _as_number(status: ExitStatus | None) -> int | None:
    """Its exit code, or, below 0, the signal that ended it."""
    if status is None or status.signal is None:
        return status.exit_code if status else None
    number = getattr(signal, status.signal, None)
    return -number if number else None


async def _run(plan: Plan, trial: Trial, limits: Limits) -> Shown:
    async with _sandbox(plan.language, limits) as sandbox:
        with Screen(sandbox.take_terminal()) as screen:
            compiler = plan.compiler
            await sandbox.launch(compiler or plan.program())
            if compiler:
                status = await _watched(sandbox, sandbox.compiled())
                if status is None or status.exit_code != 0:
                    return Shown(screen.rest(), status, compiled=False)
                await sandbox.follow(plan.program())
            status = await _converse(sandbox, screen, trial)
            return Shown(screen.rest(), status)


async def _converse(sandbox: Sandbox, screen: Screen, trial: Trial) -> ExitStatus | None:
    """Types what the trial says, when its program asks for it."""
    ending = asyncio.ensure_future(_watched(sandbox, sandbox.ended()))
    asking = asyncio.ensure_future(screen.shown(trial.after))
    try:
        await asyncio.wait({ending, asking}, return_when=asyncio.FIRST_COMPLETED)
        screen.type(trial.input)
        return await ending
    finally:
        for task in (ending, asking):
            task.cancel()
        await asyncio.gather(ending, asking, return_exceptions=True)


async def _watched(
    sandbox: Sandbox, ending: Coroutine[Any, Any, ExitStatus | None]
) -> ExitStatus | None:
    """How it ended; it is killed if it uses too much memory and the kernel does not see to it."""
    task = asyncio.ensure_future(ending)
    try:
        while not (await asyncio.wait({task}, timeout=sandbox.look_seconds))[0]:
            if sandbox.usage().over_memory:
                sandbox.kill()
        return task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
