"""Keys that end a program, typed while it waits for an answer: what happens, in every language, is
what happens in a terminal of this machine."""

import asyncio

import pytest

from runner.languages import LANGUAGES
from runner.limits import Limits
from tests.languages.local_terminal import typed_at
from tests.languages.trying import languages, running, status

LIMITS = Limits(wall_seconds=60)
PROMPT = "Name? "
KEYS = {"interrupt": "\x03", "end of input": "\x04"}
# Mono asks where the cursor is, which only a real terminal answers. Node's readline waits for
# events, so that nobody sees that it waits for an answer.
OTHERWISE = ("csharp", "typescript")
ASKING = languages(
    lambda language: (
        language.dialogue_test and not language.console and language.id not in OTHERWISE
    )
)
GO_ON = {
    ("pascal", "end of input"),
    ("r", "interrupt"),
    ("sqlite", "interrupt"),
}  # in a local terminal, too


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ASKING)
async def test_it_is_as_in_a_local_terminal(
    name: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (name, key) in GO_ON:
        pytest.skip("the key does not end it")
    trial = LANGUAGES[name].dialogue_test
    assert trial is not None
    local = await asyncio.to_thread(typed_at, name, trial, PROMPT, KEYS[key])
    async with running(name, trial, LIMITS, monkeypatch) as run:
        await run.wait_for(PROMPT)
        await run.waits()
        run.type(KEYS[key])
        ending = await run.ending()
    assert (run.text.partition(PROMPT)[2], status(ending)) == local
