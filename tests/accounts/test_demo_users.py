"""manage.py ensure_demo_users"""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from accounts.models import User


def ensure() -> str:
    output = StringIO()
    call_command("ensure_demo_users", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_the_first_start_makes_a_student_and_an_instructor(settings: Settings) -> None:
    settings.PORT = 8123
    printed = ensure()
    assert "http://127.0.0.1:8123" in printed
    for name, staff in (("student", False), ("instructor", True)):
        shown = re.search(rf"^  {name} +(\S+)$", printed, re.MULTILINE)
        assert shown
        user = User.objects.get(username=name)
        assert user.check_password(shown[1])
        assert len(shown[1]) >= 12
        assert (user.is_staff, user.is_superuser) == (staff, False)


@pytest.mark.django_db
def test_a_later_start_prints_no_secret_and_changes_nothing() -> None:
    ensure()
    before = set(User.objects.values_list("username", "password"))
    assert ensure().count("\n") == 1
    assert set(User.objects.values_list("username", "password")) == before


@pytest.mark.django_db
def test_a_site_that_has_users_gets_no_others(superuser: User) -> None:
    ensure()
    assert User.objects.count() == 1
