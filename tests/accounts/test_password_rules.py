"""POST /accounts/password/check/, and the rules that pages list."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.cast import signed_in

CHECK, SIGNUP = "/accounts/password/check/", "/accounts/signup/"


def unmet(browser: Client, password: str, **fields: str) -> set[str]:
    answer = browser.post(CHECK, {"password1": password, **fields})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return {name.removesuffix("Validator") for name in answer.json()["unmet"]}


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("correct-horse-battery-staple", set()),
        ("", {"MinimumLength"}),
        ("qwerty", {"MinimumLength", "CommonPassword"}),
        ("84719304715", {"NumericPassword"}),
        ("newcomer1", {"UserAttributeSimilarity"}),
        ("ada.lovelace", {"UserAttributeSimilarity"}),
        ("\0" * 7, {"MinimumLength"}),
    ],
)
def test_it_names_the_rules_that_a_password_breaks(
    stranger: Client, db: None, password: str, broken: set[str]
) -> None:
    fields = {"username": "newcomer", "email": "ada.lovelace@example.org"}
    assert unmet(stranger, password, **fields) == broken


@pytest.mark.parametrize(
    "password", ["short", "84719304715", "password123", "newcomer-1", "a-fine one"]
)
def test_it_says_what_sign_up_says(stranger: Client, db: None, password: str) -> None:
    fields = {"username": "newcomer", "password1": password, "password2": password}
    accepted = unmet(stranger, password, username="newcomer") == set()
    assert (stranger.post(SIGNUP, fields).status_code == 302) == accepted


def test_the_rules_are_those_of_the_site(stranger: Client, db: None, settings: Settings) -> None:
    validation = "django.contrib.auth.password_validation"
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": f"{validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 23}}
    ]
    page = stranger.get(SIGNUP).content.decode()
    assert "At least 23 characters" in page
    assert page.count("data-rule=") == 1
    assert unmet(stranger, "22 characters, no more") == {"MinimumLength"}
    assert unmet(stranger, "84719304715847193047158") == set()


def test_somebody_who_is_signed_in_is_compared_with_their_own_name(owner: User) -> None:
    assert unmet(signed_in(owner), "owner-123", username="other") == {"UserAttributeSimilarity"}


def test_it_needs_a_form_of_this_site_and_changes_nothing(owner: User) -> None:
    assert Client(enforce_csrf_checks=True).post(CHECK, {"password1": "x"}).status_code == 403
    assert Client().get(CHECK).status_code == 405
    before = owner.password
    unmet(signed_in(owner), "another fine password")
    owner.refresh_from_db()
    assert owner.password == before


def test_long_texts_cost_little(
    stranger: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is compared with the other: without bounds that takes minutes."""
    long = "secret" * 120_000
    assert unmet(stranger, long, username=long, email=long) <= {"UserAttributeSimilarity"}
    assert "secret" not in caplog.text


def test_a_flood_is_refused(stranger: Client, db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"check_password": "2/m/ip"}
    answers = [stranger.post(CHECK, {"password1": "x"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
