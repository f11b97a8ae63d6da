"""Every language: its programs show what their definition says, and end as it says."""

import pytest
from _pytest.mark import ParameterSet

from runner.languages import LANGUAGES
from runner.languages.language import Trial
from runner.limits import Limits
from runner.run_state import Outcome
from runner.sandbox.trials import missing_texts
from tests.languages.page_errors import place_of_error
from tests.languages.trying import CHOSEN, REPRESENTATIVE, status, tried

OF_EACH = ("self_test", "dialogue_test", "compile_error_test", "runtime_error_test")
# Of `trials`: these are about something else than what is shown, and have tests of their own.
ELSEWHERE = {"size", "endless_loop", "memory_bomb"}
LIMITS = Limits(wall_seconds=60)


def trials(name: str) -> dict[str, Trial]:
    language = LANGUAGES[name]
    found = {test: getattr(language, test) for test in OF_EACH} | language.trials
    return {test: trial for test, trial in found.items() if trial and test not in ELSEWHERE}


def cases() -> list[ParameterSet]:
    return [
        pytest.param(
            name,
            test,
            marks=[] if name in REPRESENTATIVE else [pytest.mark.languages],
            id=f"{name}-{test}",
        )
        for name in CHOSEN
        for test in trials(name)
    ]


@pytest.mark.parametrize(("name", "test"), cases())
async def test_a_program_does_as_it_says(
    name: str, test: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = trials(name)[test]
    text, ending = await tried(name, trial, LIMITS, monkeypatch)
    assert missing_texts(trial, text) == [], text
    failed_compiler = test == "compile_error_test" and LANGUAGES[name].compile
    assert (status(ending), ending.outcome) == (trial.status, _outcome(trial, failed_compiler)), (
        text
    )
    if trial.place:
        compiled = ending.outcome == Outcome.COMPILE_ERROR
        assert place_of_error(LANGUAGES[name], trial, text, compiled=compiled) == trial.place, text


def _outcome(trial: Trial, failed_compiler: object) -> Outcome:
    if failed_compiler:
        return Outcome.COMPILE_ERROR
    return Outcome.COMPLETED if trial.status == 0 else Outcome.FAILED
