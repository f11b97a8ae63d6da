"""The programs a user may start from, in every language: each does what its hint says."""

import re

import pytest
from _pytest.mark import ParameterSet

from runner.languages import LANGUAGES
from runner.languages.language import Trial
from runner.limits import Limits
from runner.run_state import Outcome
from runner.sandbox.trials import missing_texts
from tests.conversation import Conversation
from tests.languages.page_errors import ESCAPES
from tests.languages.trying import CHOSEN, REPRESENTATIVE, running

LIMITS = Limits(wall_seconds=60)
NUMBERS = "".join(f"{number}\n" for number in range(1, 101))
# What is typed, and what is shown then; by titles. Those of Python: tests/examples.
CONVERSATIONS = {
    "Hello": ("Ada\n", ("Hello, Ada",)),
    "Guess the number": (NUMBERS, ("guess",)),
    "Averages": ("10\n21\n20\n\n", ("verage: 17", "argest: 21")),
    "A table": ("", ("│ Hamburg │", "│ Cologne │")),
    "Two tables": ("", ("│ Astrid Lindgren │ 2", "│ Nobody          │ 0")),
    "Data from a file": ("", ("│ January │ 1.6", "│ July    │ 21.7")),
    "What you type": ("milk,1.19\neggs,2.5\n\x04", ("│ 2     │ 3.69",)),
}
ASKING = {"Hello", "Guess the number", "Averages"}
# A line of a console's example that is to be typed: `//   area(3)`.
TYPED = re.compile(r"^(?:#|//|--)(?:   (.+))?$", re.MULTILINE)
ASKS = ("input(", "read -p")  # in such a line: then a number is typed
PROMPTS = (": ", "? ", "$ ", "> ", "... ", "(END)")
WRONG = re.compile(r"\b(?:\w*Error|error|not found|no such)\b")


def cases(*, console: bool) -> list[ParameterSet]:
    return [
        pytest.param(
            name,
            example.title.en,
            marks=[] if name in REPRESENTATIVE else [pytest.mark.languages],
            id=f"{name}-{example.title.en}",
        )
        for name in CHOSEN
        for example in LANGUAGES[name].examples
        if LANGUAGES[name].console is console and (console or LANGUAGES[name].errors != "python")
    ]


def trial_of(name: str, title: str) -> Trial:
    (example,) = (each for each in LANGUAGES[name].examples if each.title.en == title)
    typed, shows = CONVERSATIONS.get(title, ("", ()))
    return Trial(example.files, shows=shows, input=typed)


async def answer(run: Conversation, lines: list[str]) -> None:
    """Each line once there is a new question: Node, for one, forgets what comes between questions,
    as it does in any terminal."""
    before = 0
    for line in lines:

        def asks(text: str, before: int = before) -> bool:
            return len(text) > before and ESCAPES.sub("", text).endswith(PROMPTS)

        await run.wait_until(asks)
        if not asks(run.text):
            return  # it has ended
        before = len(run.text) + len(line)  # behind its echo
        run.type(line)


@pytest.mark.parametrize(("name", "title"), cases(console=False))
async def test_it_does_what_it_says(name: str, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = trial_of(name, title)
    async with running(name, trial, LIMITS, monkeypatch) as run:
        if title in ASKING:
            await answer(run, trial.input.splitlines(keepends=True))
        else:
            run.type(trial.input)
        ending = await run.ending()
    text = run.text
    assert missing_texts(trial, text) == [], text
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPLETED, 0), text


@pytest.mark.parametrize(("name", "title"), cases(console=True))
async def test_what_a_console_suggests_to_type_works(
    name: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial, self_test = trial_of(name, title), LANGUAGES[name].self_test
    lines = TYPED.findall(trial.files[0].content)
    assert lines
    leave = self_test.input.splitlines()[-1]
    for at, line in reversed(list(enumerate(lines))):
        if any(word in line for word in ASKS):
            lines.insert(at + 1, "3")
        if line.startswith("help("):
            lines.insert(at + 1, "q")  # leaves the pager
    async with running(name, trial, LIMITS, monkeypatch) as run:
        await answer(run, [f"{line}\n" for line in [*lines, leave]])
        ending = await run.ending()
    assert WRONG.search(run.text) is None, run.text
    assert ending.outcome is Outcome.COMPLETED, run.text
