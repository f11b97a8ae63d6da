"""Signing in with the account of a school, against a provider that runs here."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import OIDC_LOGIN, come_back, user_of
from tests.cast import PASSWORD, signed_in
from tests.oidc_provider import Provider

BUTTON = "Sign in with Hill School"


def test_a_new_student_has_an_account_at_once(school: Provider, stranger: Client) -> None:
    school.claims |= {"preferred_username": "ada", "email": "ada@example.org", "name": "Ada L"}
    assert come_back(stranger)["Location"] == "/"
    user = user_of(stranger)
    assert user is not None
    assert (user.username, user.email, user.first_name) == ("ada", "ada@example.org", "Ada")
    assert not user.is_staff
    assert not user.has_usable_password()
    again = Client()
    come_back(again)
    assert user_of(again) == user
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("name", [None, "owner", "Ada Lovelace", "a" * 99, "<b>", 7])
def test_a_name_that_is_missing_taken_or_strange_is_asked_for(
    school: Provider, owner: User, stranger: Client, name: Any
) -> None:
    if name is not None:
        school.claims["preferred_username"] = name
    answer = come_back(stranger)
    assert answer["Location"] == "/accounts/connections/signup/"
    made = stranger.post(answer["Location"], {"username": "ada", "email": ""})
    assert made["Location"] == "/"
    user = user_of(stranger)
    assert user is not None
    assert user.username == "ada"


@pytest.mark.parametrize("verified", [False, True, "true", "false", None])
def test_an_address_leads_to_no_account_of_somebody_else(
    school: Provider, owner: User, stranger: Client, verified: Any
) -> None:
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    school.claims |= {"preferred_username": "villain", "email": owner.email}
    school.claims |= {"email_verified": verified}
    come_back(stranger)
    user = user_of(stranger)
    assert user is not None
    assert user.username == "villain"
    confirmed = EmailAddress.objects.filter(verified=True).values_list("user__username", flat=True)
    assert list(confirmed) == ["owner"]
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_no_address_of_the_provider_counts_as_confirmed(school: Provider, stranger: Client) -> None:
    school.claims |= {"preferred_username": "ada", "email": "a@example.org", "email_verified": True}
    come_back(stranger)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_name_of_somebody_else_is_not_an_account_either(
    school: Provider, owner: User, stranger: Client
) -> None:
    school.claims |= {"sub": "owner", "preferred_username": "OWNER"}
    come_back(stranger)
    assert user_of(stranger) is None


def test_whoever_is_signed_in_connects_the_account(school: Provider, owner: User) -> None:
    browser = signed_in(owner)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    come_back(browser, "connect")
    elsewhere = Client()
    come_back(elsewhere)
    assert user_of(elsewhere) == owner
    account = SocialAccount.objects.get()
    page = browser.get("/accounts/connections/").content.decode()
    assert "by Hill School" in page
    browser.post("/accounts/connections/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_connecting_needs_the_password(school: Provider, owner: User) -> None:
    browser = signed_in(owner)
    assert come_back(browser, "connect")["Location"] == "/accounts/reauthenticate/"
    assert not SocialAccount.objects.exists()
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert SocialAccount.objects.get().user == owner


@pytest.mark.parametrize(
    "claims", [{}, {"sub": None, "email": ["x"]}, {"sub": "1", "email": 5, "name": {}}, {"sub": []}]
)
def test_nonsense_is_no_error_of_ours(
    school: Provider, stranger: Client, claims: dict[str, Any]
) -> None:
    school.claims = claims
    assert come_back(stranger).status_code in (302, 401, 502)
    assert not User.objects.exists()


# --- What goes wrong -----------------------------------------------------------------------------
def test_a_second_factor_is_asked_for_all_the_same(
    school: Provider, owner: User, stranger: Client
) -> None:
    SocialAccount.objects.create(user=owner, provider="school", uid="42")
    TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
    assert come_back(stranger)["Location"] == "/accounts/2fa/authenticate/"
    assert user_of(stranger) is None


def test_a_deactivated_account_stays_out(school: Provider, owner: User, stranger: Client) -> None:
    SocialAccount.objects.create(user=owner, provider="school", uid="42")
    User.objects.update(is_active=False)
    assert come_back(stranger)["Location"] == "/accounts/inactive/"
    assert user_of(stranger) is None


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    school: Provider, stranger: Client
) -> None:
    page = Client().post(OIDC_LOGIN)
    parts = urlsplit(httpx.get(page.context["target"]).headers["Location"])
    answer = stranger.get(parts.path, dict(parse_qsl(parts.query)))
    assert "did not work" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("error", "said"), [("access_denied", "You stopped"), ("server_error", "did not work")]
)
def test_what_the_provider_refuses_is_said(
    school: Provider, stranger: Client, error: str, said: str
) -> None:
    school.error = error
    answer = come_back(stranger)
    if answer.status_code == 302:
        answer = stranger.get(answer["Location"])
    assert said in answer.content.decode()


def test_a_provider_that_is_away_is_said_too(school: Provider, stranger: Client) -> None:
    school.is_down = True
    answer = stranger.post(OIDC_LOGIN)
    assert answer.status_code == 502
    assert "did not work" in answer.content.decode()


def test_a_link_to_it_asks_first(school: Provider, stranger: Client) -> None:
    """Else another site could sign its readers in here."""
    page = stranger.get(OIDC_LOGIN)
    assert page.status_code == 200
    assert '<form method="post">' in page.content.decode()
    assert "target" not in (page.context or {})


def test_another_provider_does_not_exist(school: Provider, stranger: Client) -> None:
    assert stranger.post("/accounts/oidc/other/login/").status_code == 404


def test_the_button_is_there_only_with_a_provider(db: None, stranger: Client) -> None:
    page = stranger.get("/accounts/login/").content.decode()
    assert "oidc" not in page
    assert stranger.post(OIDC_LOGIN).status_code == 404


def test_the_button_has_the_name_of_the_school(school: Provider, stranger: Client) -> None:
    assert BUTTON in stranger.get("/accounts/login/").content.decode()
