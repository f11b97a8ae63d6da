"""Guessing passwords is slow."""

import time

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from accounts.sign_in import throttle
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"
WAIT = "Please wait five minutes"


def try_password(browser: Client, password: str, name: str = "owner", **headers: str) -> str:
    fields = {"login": name, "password": password}
    response = browser.post(LOGIN, fields, headers=headers)
    return "signed in" if response.status_code == 302 else response.content.decode()


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(
    owner: User, stranger: Client
) -> None:
    for _ in range(5):
        assert WAIT not in try_password(stranger, "wrong")
    assert WAIT in try_password(stranger, "wrong")
    assert WAIT in try_password(stranger, PASSWORD)
    assert WAIT in try_password(stranger, PASSWORD, name="OWNER")


def test_other_browsers_and_forged_addresses_do_not_help(owner: User) -> None:
    for number in range(5):
        try_password(Client(), "wrong", **{"x-forwarded-for": f"10.0.0.{number}"})
    forged = {"x-forwarded-for": "10.0.0.9", "forwarded": "for=10.0.0.9"}
    assert WAIT in try_password(Client(), PASSWORD, **forged)


def test_a_classmate_at_the_same_address_is_not_held_up(
    owner: User, classmate: User, stranger: Client
) -> None:
    for _ in range(6):
        try_password(stranger, "wrong")
    assert try_password(stranger, PASSWORD, name="classmate") == "signed in"


def test_signing_in_rightly_is_not_counted(owner: User) -> None:
    for _ in range(10):
        assert try_password(Client(), PASSWORD) == "signed in"


def test_guessing_many_accounts_from_one_address_is_slow_too(
    owner: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip,5/5m/key"}
    here, elsewhere = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for number in range(3):
        try_password(here, "wrong", name=f"student{number}")
    assert WAIT in try_password(here, PASSWORD)
    assert try_password(elsewhere, PASSWORD) == "signed in"


@pytest.mark.parametrize("path", [LOGIN, "/accounts/signup/"])
def test_a_flood_of_forms_gets_a_page_that_says_to_wait(
    db: None, stranger: Client, settings: Settings, path: str
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "signup": "1/m/ip"}
    stranger.post(path)
    response = stranger.post(path)
    assert response.status_code == 429
    assert "Please wait" in response.content.decode()


def test_a_whole_class_signs_in_from_one_address(db: None, settings: Settings) -> None:
    for number in range(60):
        User.objects.create_user(f"student{number}", password=PASSWORD)
    for number in range(60):
        assert try_password(Client(), PASSWORD, name=f"student{number}") == "signed in"


def test_a_name_without_end_takes_no_time(stranger: Client) -> None:
    """Anybody could send one: comparing a million marks as Unicode orders them takes minutes, in
    which Python does nothing else."""
    name = "a" + "\u0300\u0323" * 60_000
    began = time.thread_time()
    assert try_password(stranger, "wrong", name=name) != "signed in"
    assert time.thread_time() - began < 3
    with throttle.password_try(RequestFactory().post(LOGIN), name, []):
        assert time.thread_time() - began < 3
