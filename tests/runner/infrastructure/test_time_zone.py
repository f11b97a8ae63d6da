"""Times on pages are in the reader's own zone."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from runner.infrastructure.http.time_zone import zone_of
from runner.models import Run
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import signed_in


def run_at(owner: User, *instant: int) -> Run:
    run = finished_run(owner)
    Run.objects.filter(pk=run.pk).update(created_at=datetime(*instant, tzinfo=UTC))  # type: ignore[misc, arg-type]
    return run


def reader(owner: User, zone: str, **headers: str) -> Client:
    browser = signed_in(owner)
    browser.cookies["timezone"] = zone
    return browser


def page(browser: Client, url: str) -> str:
    return browser.get(url).content.decode()


def test_a_run_is_shown_in_the_zone_of_its_reader(owner: User) -> None:
    run = run_at(owner, 2026, 7, 1, 22, 30)
    berlin = page(reader(owner, "Europe/Berlin"), "/runs/")
    assert 'datetime="2026-07-02T00:30:00+02:00"' in berlin
    assert ">2 Jul 2026, 00:30</time>" in berlin
    assert 'title="2 Jul 2026, 00:30:00 CEST"' in berlin
    assert "1 Jul 2026, 15:30" in page(reader(owner, "America/Los_Angeles"), f"/runs/{run.pk}/")


def test_a_snippet_is_shown_in_the_zone_of_its_reader(owner: User) -> None:
    snippet = a_snippet(owner)
    type(snippet).objects.update(updated_at=datetime(2026, 1, 1, 0, 15, tzinfo=UTC))
    assert "31 Dec 2025, 19:15" in page(reader(owner, "America/New_York"), "/snippets/")


def test_a_german_reader_sees_a_german_date(owner: User) -> None:
    run_at(owner, 2026, 7, 1, 22, 30)
    browser = reader(owner, "Europe/Berlin")
    browser.cookies["django_language"] = "de"
    assert ">2. Jul 2026, 00:30</time>" in page(browser, "/runs/")


def test_a_day_is_a_day_of_the_reader_also_when_clocks_change(owner: User) -> None:
    before = run_at(owner, 2026, 3, 28, 22, 59)  # 23:59 in Berlin, the day before
    first, last = run_at(owner, 2026, 3, 28, 23, 0), run_at(owner, 2026, 3, 29, 21, 59)
    after = run_at(owner, 2026, 3, 29, 22, 0)  # summer time has begun: 00:00 of the next day
    shown = page(reader(owner, "Europe/Berlin"), "/runs/?day=2026-03-29")
    found = {run.pk for run in (before, first, last, after) if str(run.pk) in shown}
    assert found == {first.pk, last.pk}


def test_a_reader_without_a_zone_sees_utc_after_one_with_a_zone(owner: User) -> None:
    run_at(owner, 2026, 7, 1, 22, 30)
    page(reader(owner, "Asia/Tokyo"), "/runs/")
    assert "1 Jul 2026, 22:30" in page(signed_in(owner), "/runs/")


@pytest.mark.parametrize(
    "name",
    [
        "", "Nowhere/Else", "../../etc/passwd", "/etc/localtime", "Europe", "a" * 10_000,
        "Europe/Berlin\0", "Europe//Berlin", "Europe/../Europe/Berlin", "🕐", "localtime",
        "posixrules", "right/UTC",
    ],
)  # fmt: skip
def test_what_is_no_zone_is_utc(owner: User, name: str) -> None:
    assert zone_of(name) is None


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "UTC", "Etc/GMT+12", "America/Argentina/Ushuaia"]
)
def test_zones_have_all_kinds_of_names(name: str) -> None:
    assert str(zone_of(name)) == name


def test_the_title_of_a_new_snippet_has_the_readers_time_also_when_clocks_change(
    owner: User,
) -> None:
    browser = reader(owner, "America/New_York")
    titles = []
    for hour, minute in ((6, 59), (7, 1)):  # in between, 2 o'clock becomes 3
        run = run_at(owner, 2026, 3, 8, hour, minute)
        browser.post(f"/runs/{run.pk}/snippet/")
        titles.append(owner.snippets.latest("pk").title)
    assert titles == ["main.py, 8 Mar 2026, 01:59", "main.py, 8 Mar 2026, 03:01"]


def test_the_admin_shows_times_in_the_zone_of_its_reader(owner: User, instructor: User) -> None:
    run = run_at(owner, 2026, 7, 1, 22, 30)
    browser = reader(instructor, "Asia/Tokyo")
    for url in ("/admin/runner/run/", f"/admin/runner/run/{run.pk}/change/"):
        assert "July 2, 2026, 7:30 a.m." in page(browser, url)
