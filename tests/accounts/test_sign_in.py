"""POST /accounts/login/"""

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD, signed_in

LOGIN = "/accounts/login/"


@pytest.mark.parametrize("name", ["owner", "owner@example.org", "OWNER@example.org", " owner "])
def test_name_or_address_and_password_lead_to_the_workspace(
    owner: User, stranger: Client, name: str
) -> None:
    response = stranger.post(LOGIN, {"login": name, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert stranger.session["_auth_user_id"] == str(owner.pk)


def test_the_session_ends_with_the_browser_unless_asked_otherwise(
    owner: User, stranger: Client
) -> None:
    fields = {"login": "owner", "password": PASSWORD}
    assert stranger.post(LOGIN, fields).cookies["sessionid"]["max-age"] == ""
    remembered = Client().post(LOGIN, fields | {"remember": "on"})
    assert remembered.cookies["sessionid"]["max-age"] > 0


def test_it_goes_on_to_the_page_that_was_asked_for(owner: User, stranger: Client) -> None:
    fields = {"login": "owner", "password": PASSWORD, "next": "/runs/?page=2"}
    assert stranger.post(LOGIN, fields)["Location"] == "/runs/?page=2"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "http:///evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "\x08//evil.example",
        "http://127.0.0.1@evil.example/",
    ],
)
@pytest.mark.parametrize("where", ["form", "query", "signed in already", "sign-out", "sign-up"])
def test_it_leads_to_no_other_site(owner: User, stranger: Client, target: str, where: str) -> None:
    fields = {"login": "owner", "password": PASSWORD}
    if where == "form":
        response = stranger.post(LOGIN, fields | {"next": target})
    elif where == "query":
        response = stranger.post(LOGIN, fields, query_params={"next": target})
    elif where == "sign-out":
        response = signed_in(owner).post("/accounts/logout/", {"next": target})
    elif where == "sign-up":
        new = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
        response = stranger.post("/accounts/signup/", new | {"next": target})
    else:
        response = signed_in(owner).get(LOGIN, {"next": target})
    assert response.status_code == 302
    assert response["Location"] in {"/", "/accounts/login/"}


def test_the_form_carries_no_dangerous_target(stranger: Client, db: None) -> None:
    page = stranger.get(LOGIN, {"next": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("owner", "Wrong username or password."),
        ("nobody", "Wrong username or password."),
        ("owner@example.org", "Wrong email address or password."),
    ],
)
def test_a_wrong_password_does_not_tell_whether_the_account_exists(
    owner: User, stranger: Client, name: str, message: str
) -> None:
    response = stranger.post(LOGIN, {"login": name, "password": "wrong"})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert "wrong" not in stranger.cookies


def test_a_password_is_never_sent_back(owner: User, stranger: Client) -> None:
    response = stranger.post(LOGIN, {"login": "owner", "password": "hunter2hunter2"})
    assert b"hunter2" not in response.content


def test_a_closed_account_is_told_so(owner: User, stranger: Client) -> None:
    User.objects.update(is_active=False)
    response = stranger.post(LOGIN, {"login": "owner", "password": PASSWORD}, follow=True)
    assert "deactivated" in response.content.decode()
    assert "_auth_user_id" not in stranger.session


def test_a_form_of_another_site_is_refused(owner: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(LOGIN, {"login": "owner", "password": PASSWORD})
    assert response.status_code == 403
    assert "The form was not accepted" in response.content.decode()


def test_a_nul_character_is_only_wrong(stranger: Client, db: None) -> None:
    assert stranger.post(LOGIN, {"login": "a\0b", "password": "a\0b"}).status_code == 200


def test_the_admin_uses_the_same_sign_in(stranger: Client, db: None) -> None:
    """Django's own would not count wrong passwords."""
    response = stranger.get("/admin/login/?next=/admin/")
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    response = stranger.post("/admin/login/", {"username": "superuser", "password": "x"})
    assert response["Location"].startswith("/accounts/login/")
