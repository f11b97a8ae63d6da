"""MFA_REQUIRED_FOR_STAFF: instructors get nowhere without a second factor."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from accounts.models import User
from accounts.sign_in.second_factor import CONFIRMED_FOR
from runner import access
from tests.accounts.test_second_factor import (
    ADMIN,
    CODE,
    FIELDS,
    code_now,
    give_app,
    half_signed_in,
)
from tests.cast import signed_in


@pytest.fixture
def required(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True


STAFF_PAGES = [
    "/",
    ADMIN,
    "/admin/accounts/user/",
    "/runs/?all",
    "/snippets/",
    "/admin/runner/run/",
]


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("path", STAFF_PAGES)
def test_an_instructor_without_one_sets_one_up_first(instructor: User, path: str) -> None:
    answer = signed_in(instructor).get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("path", STAFF_PAGES)
def test_a_session_with_a_password_alone_is_not_enough(instructor: User, path: str) -> None:
    """It began before the second factor was set up, or is a stolen one."""
    give_app(instructor)
    answer = signed_in(instructor).get(path)
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/?next=")


@pytest.mark.usefixtures("required")
def test_with_one_everything_is_open(instructor: User) -> None:
    give_app(instructor)
    browser = half_signed_in(instructor)
    browser.post(CODE, {"code": code_now()})
    assert [browser.get(path).status_code for path in STAFF_PAGES] == [200] * len(STAFF_PAGES)


@pytest.mark.usefixtures("required")
def test_a_session_is_confirmed_later(instructor: User) -> None:
    give_app(instructor)
    browser = signed_in(instructor)
    answer = browser.post("/accounts/2fa/reauthenticate/", {"code": code_now(), "next": ADMIN})
    assert answer["Location"] == ADMIN
    assert browser.get(ADMIN).status_code == 200


@pytest.mark.usefixtures("required")
def test_programs_are_refused_in_json(instructor: User) -> None:
    answer = signed_in(instructor).get("/preferences/", headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "not_allowed"
    assert "second factor" in answer.json()["error"]["message"]


@pytest.mark.usefixtures("required")
def test_students_need_none(owner: User) -> None:
    assert signed_in(owner).get("/").status_code == 200


@pytest.mark.usefixtures("required")
def test_the_last_one_cannot_be_turned_off(instructor: User) -> None:
    give_app(instructor)
    browser = half_signed_in(instructor)
    browser.post(CODE, {"code": code_now()})
    browser.post("/accounts/reauthenticate/", FIELDS)
    page = browser.post("/accounts/2fa/totp/deactivate/").content.decode()
    assert "Your account needs a second factor." in page
    assert Authenticator.objects.filter(user=instructor, type="totp").exists()


@pytest.mark.usefixtures("required")
def test_nor_can_the_last_passkey_be_removed(instructor: User, owner: User) -> None:
    for user, stays in ((instructor, True), (owner, False)):
        key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
        browser = signed_in(user)
        browser.post("/accounts/reauthenticate/", FIELDS)
        session = browser.session
        session[CONFIRMED_FOR] = user.pk
        session.save()
        browser.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
        assert Authenticator.objects.filter(pk=key.pk).exists() is stays


@pytest.mark.usefixtures("required")
def test_a_terminal_opens_and_stays_open_only_with_one(instructor: User) -> None:
    session: dict[str, Any] = {}
    assert not access.may_go_on(instructor, session)
    give_app(instructor)
    assert not access.may_go_on(instructor, session)
    browser = half_signed_in(instructor)
    browser.post(CODE, {"code": code_now()})
    assert access.may_go_on(instructor, browser.session)
    instructor.refresh_from_db()
    own = access.pass_of(instructor, browser.session)
    assert access.still_signed_in({own}) == {own}
    Authenticator.objects.all().delete()
    assert access.still_signed_in({own}) == set()


def test_where_it_is_not_required_nothing_is_asked(instructor: User) -> None:
    assert signed_in(instructor).get(ADMIN).status_code == 200
