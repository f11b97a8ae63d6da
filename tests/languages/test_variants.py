"""Programs as people write them who have learned elsewhere: what they name, import, ask and forget.

`variants/<id>.toml` has them by language. `reported` is where users of a similar product have told
that it did not work there; `steps` are what is waited for, and what is typed then; `hides` is never
shown.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from runner.languages.language import File, Trial
from runner.limits import Limits
from runner.run_state import Outcome
from runner.sandbox.trials import missing_texts
from tests.languages.trying import CHOSEN, running, status

FOLDER = Path(__file__).with_name("variants")
LIMITS = Limits(wall_seconds=60)
VARIANTS: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text()) for path in sorted(FOLDER.glob("*.toml"))
}


def cases() -> list[ParameterSet]:
    return [
        pytest.param(name, variant, id=f"{name}-{variant}")
        for name in CHOSEN
        for variant in VARIANTS.get(name, {})
    ]


@pytest.mark.languages
@pytest.mark.parametrize(("name", "variant"), cases())
async def test_it_works_as_in_a_terminal(
    name: str, variant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = VARIANTS[name][variant]
    trial = Trial(
        tuple(File(**file) for file in written["files"]),
        shows=tuple(written["shows"]),
        args=tuple(written.get("args", [])),
    )
    async with running(name, trial, LIMITS, monkeypatch) as run:
        for shown, typed in written.get("steps", []):
            await run.wait_for(shown)
            run.type(typed)
        ending = await run.ending()
    assert missing_texts(trial, run.text) == [], run.text
    assert [text for text in written.get("hides", []) if text in run.text] == []
    expected = written.get("status", 0), written.get("outcome", Outcome.COMPLETED)
    assert (status(ending), ending.outcome) == expected, run.text
