"""Every account page is one of ours."""

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import signed_in

FOR_STRANGERS = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
FOR_USERS = ["logout/", "password/change/", "email/", "reauthenticate/", "confirm-email/"]


@pytest.mark.parametrize("path", [*FOR_STRANGERS, "password/reset/key/done/", "confirm-email/x/"])
def test_pages_for_strangers(stranger: Client, db: None, path: str) -> None:
    response = stranger.get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "account/page.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("path", FOR_USERS)
def test_pages_for_users(owner: User, path: str) -> None:
    response = signed_in(owner).get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "account/page.html" in [template.name for template in response.templates]


def test_a_user_without_a_password_sets_one(owner: User) -> None:
    owner.set_unusable_password()
    owner.save()
    response = signed_in(owner).get("/accounts/password/set/")
    assert "Set a password" in response.content.decode()


@pytest.mark.parametrize("path", ["/nothing", "/accounts/nothing/"])
def test_what_is_not_there_gets_a_page_too(stranger: Client, db: None, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
