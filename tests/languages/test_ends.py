"""Every language: ^C, a new size of the terminal, and programs that would never end."""

from dataclasses import replace

import pytest

from runner.languages import LANGUAGES
from runner.limits import MIB, Limits
from runner.run_state import Outcome
from runner.sandbox.trials import missing_texts
from tests.languages.trying import languages, running, status, tried

LIMITS = Limits(wall_seconds=60)
SIZE = (40, 100)  # that `size` shows


@pytest.mark.parametrize("name", languages())
async def test_an_endless_loop_is_interrupted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = LANGUAGES[name].trials["endless_loop"]
    async with running(name, trial, LIMITS, monkeypatch) as conversation:
        if trial.input:
            await conversation.wait_for(trial.after)
            conversation.type(trial.input)
        await conversation.wait_for("looping\n" if not trial.input else "looping")
        conversation.type("\x03")
        if trial.leave:
            await conversation.wait_for(trial.shows[-1])
            conversation.type(trial.leave)
        ending = await conversation.ending()
    assert missing_texts(trial, conversation.text) == [], conversation.text
    assert status(ending) == trial.status, conversation.text


@pytest.mark.parametrize("name", languages(lambda language: not language.console))
async def test_an_endless_loop_reaches_its_limit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = LANGUAGES[name].trials["endless_loop"]
    text, ending = await tried(name, trial, replace(LIMITS, cpu_seconds=1), monkeypatch)
    assert ending.outcome == Outcome.CPU_LIMIT, text


@pytest.mark.parametrize("name", languages())
async def test_a_memory_bomb_is_ended(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the limit, or by the language itself, which knows the limit."""
    trial = LANGUAGES[name].trials["memory_bomb"]
    text, ending = await tried(name, trial, LIMITS, monkeypatch)
    if trial.shows:
        assert missing_texts(trial, text) == [], text
        assert status(ending) == trial.status, text
    else:
        assert ending.outcome == Outcome.MEMORY_LIMIT, f"{ending}: {text}"
    allowed = LANGUAGES[name].limits.applied(LIMITS).memory_bytes
    assert ending.memory_peak_bytes < allowed + 64 * MIB


@pytest.mark.parametrize("name", languages())
async def test_a_program_sees_the_new_size(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = LANGUAGES[name].trials["size"]
    async with running(name, trial, LIMITS, monkeypatch) as conversation:
        await conversation.wait_for(trial.after)
        conversation.task._pump.resize(*SIZE)
        if trial.input:
            conversation.type(trial.input)
        ending = await conversation.ending()
    assert missing_texts(trial, conversation.text) == [], conversation.text
    assert status(ending) == trial.status, conversation.text
