"""SIGNUP=open, code or closed."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.test_sign_up import SIGNUP, sign_up
from tests.services import ROOT

CODE = "Blau-7-Birke"
WRONG = "This is not the sign-up code of this site."


@pytest.fixture
def with_code(settings: Settings, db: None) -> None:
    settings.SIGNUP, settings.SIGNUP_CODE = "code", CODE


@pytest.mark.usefixtures("with_code")
def test_who_knows_the_code_signs_up(stranger: Client) -> None:
    assert 'name="code"' in stranger.get(SIGNUP).content.decode()
    assert sign_up(stranger, code=f" {CODE} ").status_code == 302
    assert User.objects.get().username == "newcomer"


@pytest.mark.usefixtures("with_code")
@pytest.mark.parametrize("code", ["", "wrong", CODE[:-1], CODE + "x", "\0", "é" * 50])
def test_nobody_else_does(stranger: Client, code: str) -> None:
    page = sign_up(stranger, code=code).content.decode()
    assert 'aria-invalid="true"' in page
    assert CODE not in page.replace(f'value="{code}"', "")
    assert not User.objects.exists()


@pytest.mark.usefixtures("with_code")
def test_without_the_code_the_form_tells_no_names(stranger: Client, owner: User) -> None:
    page = sign_up(stranger, username="owner", code="wrong").content.decode()
    assert WRONG in page
    assert "taken" not in page


@pytest.mark.usefixtures("with_code")
def test_guessing_the_code_is_slow(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup_code": "5/5m/ip"}
    for _ in range(5):
        assert WRONG in sign_up(Client(), code="wrong").content.decode()
    assert "too many wrong codes" in sign_up(Client(), code=CODE).content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.2")
    assert sign_up(elsewhere, code=CODE).status_code == 302


@pytest.mark.usefixtures("with_code")
def test_a_class_that_knows_the_code_is_not_slowed_down(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup_code": "5/5m/ip"}
    for number in range(8):
        assert sign_up(Client(), code=CODE, username=f"student{number}").status_code == 302


def test_an_open_site_asks_for_no_code(stranger: Client, db: None) -> None:
    assert 'name="code"' not in stranger.get(SIGNUP).content.decode()
    assert sign_up(stranger, code="anything").status_code == 302


@pytest.fixture
def closed(settings: Settings, db: None) -> None:
    settings.SIGNUP = "closed"


@pytest.mark.usefixtures("closed")
def test_a_closed_site_makes_no_account_and_says_so(stranger: Client) -> None:
    answers: list[Any] = [stranger.get(SIGNUP), sign_up(stranger), sign_up(stranger, code=CODE)]
    for answer in answers:
        assert "You cannot create an account here yourself." in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nothing/"])
def test_a_closed_site_offers_no_sign_up(stranger: Client, path: str) -> None:
    page = stranger.get(path).content.decode()
    assert "signup" not in page
    assert "Create an account" not in page


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"SIGNUP": "code"}, "SIGNUP=code needs SIGNUP_CODE"),
        ({"SIGNUP": "code", "SIGNUP_CODE": ""}, "SIGNUP=code needs SIGNUP_CODE"),
        ({"SIGNUP": "maybe"}, "SIGNUP must be one of open, code, closed"),
        ({"OIDC_ISSUER": "https://id.example"}, "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT"),
        ({"EMAIL_URL": "gopher://x"}, "EMAIL_URL is not the URL of a mail server"),
        ({"MFA_REQUIRED_FOR_STAFF": "perhaps"}, "MFA_REQUIRED_FOR_STAFF must be true or false"),
    ],
)
def test_what_cannot_work_stops_the_process(variables: dict[str, str], message: str) -> None:
    command = [sys.executable, "-c", "import coderunner.settings"]
    env = {"PATH": os.environ["PATH"], "SECRET_KEY": "x"} | variables
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert message in done.stderr
