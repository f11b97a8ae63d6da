"""Thirty programs of a first course in each main language run as their course expects.

`programs/programs.toml` has what is typed, an answer at each prompt, and what must be shown.
"""

import re
import tomllib
from functools import partial
from pathlib import Path

import pytest

from runner.languages import LANGUAGES
from runner.languages.language import File, Trial
from runner.limits import Limits
from runner.run_state import Outcome
from tests.conversation import Conversation
from tests.languages.trying import CHOSEN, running

FOLDER = Path(__file__).with_name("programs")
PROGRAMS = tomllib.loads((FOLDER / "programs.toml").read_text())
MAIN = [name for name in ("python", "javascript", "java", "c", "cpp") if name in CHOSEN]
LIMITS = Limits(wall_seconds=60)
COLOURS = re.compile(r"\x1b\[[\d;]*m")
PROMPTS = ("? ", "> ")


def program(name: str, number: str) -> Trial:
    """Its file is called as its course calls it, and not by its number."""
    language = LANGUAGES[name]
    (path,) = (FOLDER / name).glob(f"{number}.*")
    return Trial((File(language.main, path.read_text()),))


async def answer(conversation: Conversation, typed: list[str]) -> None:
    """An answer for each prompt: what is typed before one is read, some programs lose."""
    for prompts, text in enumerate(typed, 1):
        await conversation.wait_until(partial(_asked, prompts))
        conversation.type(f"{text}\n")


def _asked(prompts: int, shown: str) -> bool:
    return sum(shown.count(prompt) for prompt in PROMPTS) >= prompts


@pytest.mark.languages
@pytest.mark.parametrize("number", PROGRAMS)
@pytest.mark.parametrize("name", MAIN)
async def test_a_program_of_a_course(
    name: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = PROGRAMS[number]
    async with running(name, program(name, number), LIMITS, monkeypatch) as conversation:
        await answer(conversation, expected["typed"])
        ending = await conversation.ending()
    assert ending.outcome == Outcome.COMPLETED, conversation.text
    place, shown = 0, COLOURS.sub("", conversation.text)
    for line in expected["shows"]:
        place = shown.find(line, place)
        assert place >= 0, f"no {line!r} in its place: {shown}"
        place += len(line)


def test_each_main_language_has_all_programs() -> None:
    for name in MAIN:
        assert sorted(path.stem for path in (FOLDER / name).iterdir()) == sorted(PROGRAMS)
