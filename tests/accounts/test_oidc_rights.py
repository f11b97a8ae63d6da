"""Who may have an account by the account of a school, and who is an instructor by it."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.conftest import come_back, user_of
from tests.oidc_provider import Provider


# --- Sign-up follows the site's rules ------------------------------------------------------------
def test_a_closed_site_makes_no_account(
    school: Provider, settings: Settings, stranger: Client
) -> None:
    settings.SIGNUP = "closed"
    school.claims["preferred_username"] = "ada"
    page = come_back(stranger).content.decode()
    assert "You cannot create an account here yourself." in page
    assert stranger.post("/accounts/connections/signup/", {"username": "ada"}).status_code in (
        200,
        302,
    )
    assert not User.objects.exists()


def test_a_closed_site_lets_in_who_has_an_account(
    school: Provider, settings: Settings, owner: User, stranger: Client
) -> None:
    settings.SIGNUP = "closed"
    SocialAccount.objects.create(user=owner, provider="school", uid="42")
    come_back(stranger)
    assert user_of(stranger) == owner


def test_the_code_is_asked_for(school: Provider, settings: Settings, stranger: Client) -> None:
    settings.SIGNUP, settings.SIGNUP_CODE = "code", "Birke"
    school.claims["preferred_username"] = "ada"
    form = come_back(stranger)["Location"]
    assert 'name="code"' in stranger.get(form).content.decode()
    stranger.post(form, {"username": "ada", "code": "wrong"})
    assert not User.objects.exists()
    stranger.post(form, {"username": "ada", "code": "Birke"})
    assert user_of(stranger) == User.objects.get()


# --- Who is staff --------------------------------------------------------------------------------
CLAIMS = {
    "preferred_username": "ada",
    "is_staff": True,
    "is_superuser": True,
    "groups": ["teachers"],
}


def test_no_claim_makes_anybody_an_instructor(school: Provider, stranger: Client) -> None:
    school.claims |= CLAIMS
    come_back(stranger)
    user = user_of(stranger)
    assert user is not None
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_unless_the_operator_says_which(
    school: Provider, settings: Settings, stranger: Client
) -> None:
    settings.OIDC_STAFF_CLAIM = ("groups", "teachers")
    school.claims |= CLAIMS
    come_back(stranger)
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (True, False)
    school.claims["groups"] = ["students"]
    come_back(Client())
    user.refresh_from_db()
    assert not user.is_staff


@pytest.mark.parametrize("groups", ["teachers-not", ["not-teachers"], {"teachers": 1}, None, 1])
def test_only_the_very_value_counts(
    school: Provider, settings: Settings, stranger: Client, groups: Any
) -> None:
    settings.OIDC_STAFF_CLAIM = ("groups", "teachers")
    school.claims |= CLAIMS | {"groups": groups}
    come_back(stranger)
    assert not User.objects.get().is_staff
