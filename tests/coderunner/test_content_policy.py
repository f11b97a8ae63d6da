"""The content security policy names the site's own WebSockets: Safari up to 15 needs it."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.cast import signed_in


def connect_src(policy: str) -> list[str]:
    (found,) = (part for part in policy.split("; ") if part.startswith("connect-src "))
    return found.split()[1:]


@pytest.fixture(autouse=True)
def _hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["code.school.example", "testserver"]


@pytest.mark.parametrize("host", ["code.school.example", "code.school.example:8443"])
def test_pages_may_connect_to_their_own_host_alone(client: Client, db: None, host: str) -> None:
    answer = client.get("/accounts/login/", headers={"host": host})
    allowed = connect_src(answer["Content-Security-Policy"])
    assert allowed == ["'self'", f"wss://{host}", f"ws://{host}"]


def test_a_page_with_an_addition_of_its_own_has_both(owner: User) -> None:
    answer = signed_in(owner).get("/")
    assert connect_src(answer["Content-Security-Policy"])[0] == "'self'"


@pytest.mark.parametrize(
    "host", ["evil.example", "code.school.example; script-src *", "a b", "[", "x:99999999"]
)
def test_no_host_that_is_made_up_gets_into_the_policy(client: Client, db: None, host: str) -> None:
    answer = client.get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    policy = answer.get("Content-Security-Policy", "")
    assert "evil" not in policy
    assert "script-src *" not in policy
    assert "wss:" not in policy
