from collections.abc import Callable
from typing import Any

import pytest

from runner import runs
from runner.infrastructure import messaging
from runner.terminal.link import maintenance, run_link, seek_schedule
from tests.runner.terminal.surroundings import Outside


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    """In place of the database and the channel layer."""

    async def in_database(function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments)

    everything = Outside()
    monkeypatch.setattr(run_link, "in_database", in_database)
    of_the_database = (
        "whereabouts", "told_end", "load_recording", "told_artifacts", "file_notices",
        "wait_for", "finish_queued",
    )  # fmt: skip
    for name in of_the_database:
        monkeypatch.setattr(runs, name, getattr(everything, name))
    monkeypatch.setattr(runs, "recover_lost_runs", everything.recover_lost_runs)
    monkeypatch.setattr(messaging, "send", everything.send)
    monkeypatch.setattr(messaging, "send_to_executors", everything.send_to_executors)
    monkeypatch.setattr(messaging, "steady_seconds", lambda: float("inf"))
    return everything


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the time between two looks at the database."""
    monkeypatch.setattr(run_link, "BEGIN_SECONDS", 0.01)
    monkeypatch.setattr(maintenance, "LAST_SECONDS", 0.02)
    for name in ("FIRST_SECONDS", "LAST_SECONDS", "WAKE_SECONDS"):
        monkeypatch.setattr(seek_schedule, name, getattr(seek_schedule, name) / 100)
