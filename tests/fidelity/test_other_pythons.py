"""A program from the pool of another Python behaves as that Python does elsewhere."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from runner.languages import LANGUAGES, PYTHON, missing, other_python
from runner.limits import Limits
from runner.sandbox import try_out, version_in_sandbox
from runner.sandbox.packages import mounts
from tests.a_language import lacks
from tests.fidelity.corpus import CORPUS
from tests.fidelity.test_fidelity import behaviour
from tests.other_python import another_python, why_none
from tests.runner.sandbox.inside import printed, started

pytestmark = pytest.mark.languages
FOUND = {command: id for id, each in LANGUAGES.items() if (command := other_python(each))}
DRAWN_BY_PYPY = {
    "input with readline", "an own prompt", "a debugger", "another interpreter on the terminal"
}  # fmt: skip
OTHER = "the Python of these tests"
SHOWN = "import os, sys; print(os.getpid(), os.getppid(), 'sitecustomize' in sys.modules)"


@pytest.fixture(scope="module", params=[OTHER, *FOUND])
def python(request: pytest.FixtureRequest) -> Iterator[str]:
    """The command of each other Python that is here, and of one that is made for that."""
    if request.param != OTHER:
        language = FOUND[request.param]
        if lacking := missing(LANGUAGES[language]):
            lacks(language, lacking)
        yield request.param
    elif reason := why_none():
        pytest.skip(reason)
    else:
        with another_python() as command:
            yield command


# Who imports the `sitecustomize` that is not there sees one more line, from where we say so.
@pytest.mark.parametrize("name", sorted(CORPUS.keys() - {"sitecustomize"}))
async def test_it_is_what_a_fresh_interpreter_does(
    python: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "pypy" in python and name in DRAWN_BY_PYPY:
        pytest.skip("PyPy draws the line that is edited by itself, so its prompts look otherwise")
    case = CORPUS[name]
    here: dict[str, Any] = {"files": case.files, "command": (python,), "python": python}
    async with (
        started(case.source, **here) as pooled,
        started(case.source, warm=False, **here) as cold,
    ):
        # Without packages, too: their folder has an empty file where ours is mounted.
        monkeypatch.setattr(mounts, "_customized", lambda *_: {})
        monkeypatch.setattr(mounts, "prepared_folder", lambda _: None)
        mounts._made.cache_clear()
        try:
            async with started(case.source, warm=False, **here) as fresh:
                behaviours = await asyncio.gather(
                    *(behaviour(program, case) for program in (pooled, cold, fresh))
                )
        finally:
            mounts._made.cache_clear()
    assert behaviours[0] == behaviours[2]
    assert behaviours[1] == behaviours[2]


@pytest.mark.parametrize("warm", [True, False])
async def test_the_interpreter_that_waits_becomes_the_program(python: str, warm: bool) -> None:
    """And nothing is left of what it waited in."""
    assert await printed(SHOWN, command=(python,), python=python, warm=warm) == "3 2 False\n"


async def test_it_waits_itself(python: str) -> None:
    """Else Debian's would wait, and start it when the program is there."""
    async with started("import time; time.sleep(9)", command=(python,), python=python) as program:
        assert program.sandbox._first == python


async def test_its_trials_are_those_of_python_and_pass(python: str) -> None:
    """As an executor tries it before it offers it; its version is asked in the sandbox, too."""
    language = replace(PYTHON, run=(python, "{main}"), version=(python, "--version"))
    for trial in (language.self_test, language.runtime_error_test):
        assert trial is not None
        assert await try_out(language, trial, Limits()) == ""
    assert (await version_in_sandbox(language, Limits())).startswith("3.")
