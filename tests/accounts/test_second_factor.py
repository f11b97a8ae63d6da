"""Codes from an app, recovery codes, and that staff need one where the site says so."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.signals import authentication_failed
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.test_throttle import WAIT
from tests.cast import PASSWORD, signed_in

LOGIN, CODE, ADMIN = "/accounts/login/", "/accounts/2fa/authenticate/", "/admin/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIELDS = {"password": PASSWORD}


def code_now(ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + ahead)))


def give_app(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def half_signed_in(user: User) -> Client:
    """After the password, before the code."""
    browser = Client()
    answer = browser.post(LOGIN, FIELDS | {"login": user.username})
    assert answer["Location"] == CODE
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_password_alone_signs_nobody_in(owner: User) -> None:
    give_app(owner)
    browser = half_signed_in(owner)
    assert not is_in(browser)
    assert browser.get("/runs/").status_code == 302
    assert browser.post(CODE, {"code": code_now()})["Location"] == "/"
    assert is_in(browser)


def test_it_goes_on_to_the_page_that_was_asked_for(owner: User) -> None:
    give_app(owner)
    browser = Client()
    browser.post(LOGIN, FIELDS | {"login": "owner", "next": "/runs/?page=2"})
    assert browser.post(CODE, {"code": code_now()})["Location"] == "/runs/?page=2"


@pytest.mark.parametrize("ahead", [-1, 1])
def test_the_clock_of_a_phone_may_differ_by_a_period(owner: User, ahead: int) -> None:
    give_app(owner)
    browser = half_signed_in(owner)
    browser.post(CODE, {"code": code_now(ahead)})
    assert is_in(browser)


def test_a_code_that_somebody_saw_works_no_second_time(owner: User) -> None:
    give_app(owner)
    code = code_now(1)  # valid for more than its own period
    half_signed_in(owner).post(CODE, {"code": code})
    again = half_signed_in(owner)
    page = again.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    assert "wrong or has been used before" in page.content.decode()
    assert not is_in(again)


def test_a_recovery_code_works_once(owner: User) -> None:
    give_app(owner)
    codes = Authenticator.objects.get(user=owner, type="recovery_codes").wrap().get_unused_codes()
    first, second = half_signed_in(owner), half_signed_in(owner)
    first.post(CODE, {"code": codes[0]})
    assert is_in(first)
    second.post(CODE, {"code": codes[0]})
    assert not is_in(second)


def test_a_wrong_code_is_told_to_whoever_keeps_records(owner: User) -> None:
    give_app(owner)
    told: list[Any] = []

    def tell(authenticator: Authenticator, user: User, **_: Any) -> None:
        told.append((authenticator.type, user))

    authentication_failed.connect(tell)
    try:
        half_signed_in(owner).post(CODE, {"code": "000000"})
    finally:
        authentication_failed.disconnect(tell)
    assert told == [("totp", owner)]


def test_guessing_codes_is_slow_from_any_browser(owner: User) -> None:
    give_app(owner)
    pages = [half_signed_in(owner).post(CODE, {"code": "000000"}) for _ in range(5)]
    assert not any(WAIT in page.content.decode() for page in pages)
    late = Client().post(LOGIN, FIELDS | {"login": "owner"})
    assert WAIT in late.content.decode()


def test_guessing_codes_is_slow_in_one_session(owner: User) -> None:
    give_app(owner)
    browser = half_signed_in(owner)
    for _ in range(5):
        browser.post(CODE, {"code": "000000"})
    assert WAIT in browser.post(CODE, {"code": code_now()}).content.decode()
    assert not is_in(browser)


def test_codes_of_a_day_are_bounded_for_all_networks(owner: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"code_failed": "3/d/key"}
    give_app(owner)
    for number in range(3):
        browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        browser.post(LOGIN, FIELDS | {"login": "owner"})
        browser.post(CODE, {"code": "000000"})
    browser = Client(REMOTE_ADDR="10.0.0.2")
    browser.post(LOGIN, FIELDS | {"login": "owner"})
    page = browser.post(CODE, {"code": code_now()}).content.decode()
    assert "Somebody has tried many wrong" in page


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app(owner: User) -> None:
    """The session is confirmed when it is committed."""
    browser = signed_in(owner)
    browser.post("/accounts/reauthenticate/", FIELDS)
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert len(answer.context["unused_codes"]) == 10
    assert answer.context["unused_codes"][0] in answer.content.decode()
    again = half_signed_in(owner)
    refused = again.post(CODE, {"code": code}).content.decode()
    assert "wrong or has been used before" in refused


def test_an_unconfirmed_address_keeps_nobody_from_one(owner: User) -> None:
    browser = signed_in(owner)
    browser.get("/accounts/email/")
    browser.post("/accounts/reauthenticate/", FIELDS)
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


# --- Changing it -------------------------------------------------------------------------------
MANAGING = ["", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/add/"]


@pytest.mark.parametrize("needed", [True, False])
@pytest.mark.parametrize("path", [*MANAGING, "recovery-codes/download/", "totp/activate/"])
def test_a_session_and_the_password_do_not_suffice_to_replace_it(
    instructor: User, settings: Settings, path: str, needed: bool
) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = needed
    browser = signed_in(instructor)
    browser.post("/accounts/reauthenticate/", FIELDS)
    give_app(instructor)
    for ask in (browser.get, browser.post):
        answer = ask(f"/accounts/2fa/{path}")
        assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.count() == 2


def test_whoever_has_shown_it_changes_it(owner: User) -> None:
    give_app(owner)
    browser = half_signed_in(owner)
    browser.post(CODE, {"code": code_now()})
    browser.post("/accounts/reauthenticate/", FIELDS)
    assert [browser.get(f"/accounts/2fa/{path}").status_code for path in MANAGING] == [200] * 5


# --- Who has lost it -----------------------------------------------------------------------------
def remove(by: User, user: User) -> None:
    fields = {"action": "remove_second_factors", "_selected_action": [user.pk]}
    signed_in(by).post("/admin/accounts/user/", fields)


def test_an_instructor_removes_that_of_a_student_only(
    owner: User, instructor: User, superuser: User
) -> None:
    for user in (owner, superuser):
        give_app(user)
        remove(instructor, user)
    assert set(Authenticator.objects.values_list("user__username", flat=True)) == {"superuser"}


def test_the_secrets_are_not_in_the_admin(superuser: User) -> None:
    browser = signed_in(superuser)
    for path in ("mfa/authenticator", "usersessions/usersession", "socialaccount/socialapp"):
        assert browser.get(f"/admin/{path}/").status_code == 404
