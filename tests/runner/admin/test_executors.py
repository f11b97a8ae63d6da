"""Executors in the admin."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner.models import Executor
from tests.cast import signed_in

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
