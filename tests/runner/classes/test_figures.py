"""Figures of a class, and how long it keeps its runs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Classroom, Role, User
from runner import history
from runner.classes.day_figures import RunRow, figures_of
from runner.models import Run
from tests.a_class import a_class, new_member, rules
from tests.a_run import finished_run
from tests.cast import signed_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def row(start: float | None, end: float | None, first: float | None = None, **more: str) -> RunRow:
    told = {"owner": "ada", "outcome": "completed", "error_name": ""} | more
    times = [None if one is None else at(one) for one in (start, first, end)]
    return RunRow(told["owner"], told["outcome"], told["error_name"], *times)


def test_nothing_was_run() -> None:
    empty = figures_of([], NOON)
    assert (empty.runs, empty.peak, empty.first_output_ms, empty.outcomes) == (0, 0, None, [])


@pytest.mark.parametrize(
    ("spans", "peak"),
    [
        ([(0, 10), (10, 20)], 1),
        ([(0, 10), (5, 6), (5, 20)], 3),
        ([(0, None), (90, 100)], 2),  # the first one still runs
        ([(None, None)], 0),  # it waits
    ],
)
def test_how_many_ran_at_once(spans: list[tuple[float | None, float | None]], peak: int) -> None:
    assert figures_of([row(*span) for span in spans], at(1000)).peak == peak


def test_counts_and_median() -> None:
    rows = [
        row(0, 1, 0.1),
        row(0, 1, 0.3, outcome="failed", error_name="NameError"),
        row(0, 1, 9.0, outcome="failed", error_name="NameError", owner="bob"),
    ]
    found = figures_of(rows, NOON)
    assert found.first_output_ms == 300
    assert found.outcomes == [("failed", 2), ("completed", 1)]
    assert found.errors == [("NameError", 2)]
    assert found.members == [("ada", 2), ("bob", 1)]


def test_a_day_is_one_on_the_clocks_of_the_class(classroom: Classroom, owner: User) -> None:
    Classroom.objects.update(time_zone="Pacific/Auckland")
    browser = signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))
    run = finished_run(owner, classroom=classroom)
    finished_run(owner)  # not in the class
    Run.objects.filter(pk=run.pk).update(created_at=datetime(2026, 3, 1, 20, tzinfo=UTC))
    path = f"/classes/{classroom.pk}/figures/"
    counts = [
        browser.get(path, {"day": day}).context["figures"].runs
        for day in ("2026-03-01", "2026-03-02", "0001-01-01", "9999-12-31", "x", "2026-02-30", "\0")
    ]
    assert counts == [0, 1, 0, 0, 0, 0, 0]


def test_a_class_keeps_runs_for_as_long_as_its_rules_say(classroom: Classroom, owner: User) -> None:
    rules(classroom, retention_days=10)
    made = {}
    other = a_class("other")
    for name, of, days in (
        ("old", classroom, 11), ("new", classroom, 9), ("other", other, 11), ("none", None, 11),
    ):  # fmt: skip
        made[name] = finished_run(owner, classroom=of)
        created = timezone.now() - timedelta(days=days)
        Run.objects.filter(pk=made[name].pk).update(created_at=created)
    assert history.forget_old() == 1
    assert not Run.objects.filter(pk=made["old"].pk).exists()


@pytest.mark.parametrize(("days", "kept"), [("5", 5), ("0", None), ("31", None), ("", None)])
def test_no_class_keeps_them_longer_than_the_site(
    classroom: Classroom, settings: Settings, days: str, kept: int | None
) -> None:
    settings.RETAIN_RUN_DAYS = 30
    browser = signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))
    browser.post(f"/classes/{classroom.pk}/rules/", {"retention_days": days})
    stored = getattr(Classroom.objects.get(), "rules", None)
    assert (stored and stored.retention_days) == kept


def test_days_before_are_counted_on_the_clocks_of_the_class(
    classroom: Classroom, owner: User
) -> None:
    Classroom.objects.update(time_zone="Pacific/Auckland")
    browser = signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))
    for moment in (datetime(2026, 3, 1, 20, tzinfo=UTC), datetime(2026, 2, 25, 1, tzinfo=UTC)):
        run = finished_run(owner, classroom=classroom)
        Run.objects.filter(pk=run.pk).update(created_at=moment)
    answer = browser.get(f"/classes/{classroom.pk}/figures/", {"day": "2026-03-02"})
    days = dict(answer.context["days"])
    assert len(days) == 14
    assert {day for day, count in days.items() if count} == {"25 Feb", "2 Mar"}
    assert 'data-chart="line"' in answer.content.decode()
