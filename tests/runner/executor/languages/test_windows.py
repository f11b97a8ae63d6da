"""An executor tries once whether it can show windows, and again where that failed."""

import pytest

from runner.executor.languages import windows
from runner.languages import PYTHON
from runner.limits import Limits


class Tried:
    """In place of X servers: what is wrong with each, in turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *problems: str) -> None:
        self.problems, self.times = list(problems), 0
        monkeypatch.setattr(windows, "try_screen", self.one)
        monkeypatch.setattr(windows, "lacks_screen", lambda language: language is not PYTHON)

    async def one(self, _: Limits) -> str:
        self.times += 1
        return self.problems.pop(0) if self.problems else ""


@pytest.mark.parametrize(("failures", "times"), [(0, 1), (1, 2), (2, 3)])
async def test_one_that_starts_is_enough(
    monkeypatch: pytest.MonkeyPatch, failures: int, times: int
) -> None:
    tried = Tried(monkeypatch, *["no X server starts"] * failures)
    assert await windows.with_windows() == [PYTHON.id]
    assert tried.times == times


async def test_without_any_there_are_no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Tried(monkeypatch, *["no X server starts"] * 9)
    assert await windows.with_windows() == []
    assert tried.times == windows.TRIES
