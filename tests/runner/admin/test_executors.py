"""Executors in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner.languages import Language
from runner.limits import WATCHDOG
from runner.models import Executor
from tests.a_language import logo
from tests.cast import signed_in

__all__ = ["logo"]

LIST = "/admin/runner/executor/"


def test_it_says_who_is_alive(
    instructor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    Executor.objects.create(name="awake", capacity=4, sandbox="rlimits", heartbeat_at=now)
    Executor.objects.create(name="gone", capacity=4, heartbeat_at=now - timedelta(minutes=1))
    browser = signed_in(instructor)
    with django_assert_max_num_queries(8):
        page = browser.get(LIST).content.decode()
    assert page.index('alt="True"') < page.index('alt="False"')
    assert "rlimits" in page


def test_nobody_changes_one(instructor: User, superuser: User) -> None:
    executor = Executor.objects.create(name="one", capacity=4, heartbeat_at=timezone.now())
    for user in (instructor, superuser):
        browser = signed_in(user)
        assert browser.get(f"{LIST}{executor.pk}/change/").status_code == 200
        assert browser.post(f"{LIST}{executor.pk}/change/", {"name": "x"}).status_code == 403
        assert browser.post(f"{LIST}{executor.pk}/delete/", {"post": "yes"}).status_code == 403
        assert browser.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize(
    ("language", "column", "banner"),
    [("en", "without control groups", "Executors without control groups: weak"),
     ("de", "ohne Control Groups", "Executoren ohne Control Groups: weak")],
)  # fmt: skip
def test_those_that_hostile_programs_can_harm_are_shown_in_red(
    instructor: User, language: str, column: str, banner: str
) -> None:
    now = timezone.now()
    Executor.objects.create(name="strong", capacity=4, sandbox="cgroup v2", heartbeat_at=now)
    Executor.objects.create(name="weak", capacity=4, sandbox=WATCHDOG, heartbeat_at=now)
    gone = now - timedelta(minutes=1)
    Executor.objects.create(name="gone", capacity=4, sandbox=WATCHDOG, heartbeat_at=gone)
    browser = signed_in(instructor)
    headers = {"accept-language": language}
    page = browser.get(LIST, headers=headers).content.decode()
    assert f'<strong class="weak-limits">{WATCHDOG} ({column})</strong>' in page
    assert page.count("weak-limits") == 2
    index = browser.get("/admin/", headers=headers).content.decode()
    assert banner in index
    assert "strong" not in index.split('class="errornote')[1].split("</p>")[0]


def test_without_such_there_is_nothing_red(instructor: User) -> None:
    now = timezone.now()
    Executor.objects.create(name="strong", capacity=4, sandbox="cgroup v2", heartbeat_at=now)
    browser = signed_in(instructor)
    for address in (LIST, "/admin/"):
        assert "weak-limits" not in browser.get(address).content.decode()


def test_its_languages_are_shown_and_why_others_are_withheld(instructor: User) -> None:
    hostile = {"<script>": "x", "python": "<b>", "cobol": "1"}
    shown = [
        ({"python": "3.11"}, {"logo": ""}, "Python 3.11"),
        (hostile, {"logo": "<b>" + "x" * 1000, "<i>": "y"}, ""),
        ([], None, ""),
        ({"python": ""}, {}, "Python"),
    ]
    browser = signed_in(instructor)
    for number, (languages, withheld, offered) in enumerate(shown):
        executor = Executor.objects.create(
            name=str(number), capacity=4, languages=languages, withheld=withheld
        )
        assert f'field-offers">{offered or "-"}<' in browser.get(LIST).content.decode()
        page = browser.get(f"{LIST}{executor.pk}/change/").content.decode()
        assert "<script>x" not in page
        assert "<b>x" not in page
        assert "x" * 301 not in page


def test_one_that_is_being_tested_is_told_from_one_that_fails(
    instructor: User, logo: Language
) -> None:
    for number, (why, told) in enumerate(
        [("", "is being tested"), ("it printed 43", "printed 43")]
    ):
        executor = Executor.objects.create(name=str(number), capacity=4, withheld={"logo": why})
        page = signed_in(instructor).get(f"{LIST}{executor.pk}/change/").content.decode()
        assert "Logo: " in page
        assert told in page
