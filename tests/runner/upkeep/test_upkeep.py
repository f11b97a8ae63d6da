"""What a site does by itself: once for all its processes, and again when it is due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from runner import upkeep
from runner.models import Upkeep
from runner.retention import FORGETTING
from runner.upkeep import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(tasks, "_tasks", {})
    monkeypatch.setattr(connection, "close", lambda: None)
    return names


def test_it_is_done_once_until_it_is_due_again(done: list[str]) -> None:
    tasks.register("old", tasks.DAY, lambda: done.append("old"))
    for _ in range(3):
        tasks.do_due()
    assert done == ["old"]
    Upkeep.objects.update(begun_at=timezone.now() - timedelta(days=1, seconds=1))
    tasks.do_due()
    assert done == ["old", "old"]


def test_one_that_fails_stops_no_other(done: list[str], caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ValueError

    tasks.register("first", 1.0, fail)
    tasks.register("second", 1.0, lambda: done.append("second"))
    tasks.do_due()
    assert done == ["second"]
    assert "Upkeep first failed." in caplog.text


def test_a_process_that_was_quicker_does_it(done: list[str]) -> None:
    Upkeep.objects.create(pk="old", begun_at=timezone.now())
    tasks.register("old", tasks.DAY, lambda: done.append("old"))
    tasks.do_due()
    assert done == []


def test_what_purge_forgets_is_forgotten_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.apps import apps

    registered: dict[str, float] = {}
    monkeypatch.setattr(upkeep, "register", lambda name, every, _: registered.update({name: every}))
    apps.get_app_config("runner").ready()
    often = {"visitors' runs": 300.0}  # of whom nothing is kept
    assert (dict.fromkeys(FORGETTING, tasks.DAY) | often).items() <= registered.items()
