"""POST /accounts/signup/"""

from typing import Any

import pytest
from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD

SIGNUP = "/accounts/signup/"


def sign_up(browser: Client, **fields: str) -> Any:
    form = {"username": "newcomer", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    return browser.post(SIGNUP, form | fields)


def test_a_new_student_is_signed_in_at_the_workspace(stranger: Client, db: None) -> None:
    response = sign_up(stranger, email="Newcomer@Example.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    newcomer = User.objects.get()
    assert (newcomer.username, newcomer.email) == ("newcomer", "newcomer@example.org")
    assert (newcomer.is_staff, newcomer.is_superuser) == (False, False)
    assert stranger.session["_auth_user_id"] == str(newcomer.pk)


def test_an_email_address_is_not_needed(stranger: Client, db: None) -> None:
    assert sign_up(stranger).status_code == 302
    assert sign_up(Client(), username="another").status_code == 302
    assert set(User.objects.values_list("email", flat=True)) == {""}


def test_nobody_signs_up_as_an_instructor(stranger: Client, db: None) -> None:
    sign_up(stranger, is_staff="on", is_superuser="on", is_active="on")
    newcomer = User.objects.get()
    assert not newcomer.is_staff
    assert not newcomer.is_superuser


@pytest.mark.parametrize(
    "username",
    [
        "",
        "a",
        "a" * 31,
        "-rf",
        ".hidden",
        "a b",
        "newcomer\u202e",
        "\u0430da",  # a Cyrillic a
        "ad\u0301a",
        "<b>newcomer</b>",
        "newcomer@example.org",
        "a/b",
        "a\0b",
        "newcomer\n",
    ],
)
def test_a_strange_username_is_refused(stranger: Client, db: None, username: str) -> None:
    response = sign_up(stranger, username=username)
    accepted = User.objects.values_list("username", flat=True)
    # A newline at the end is taken away like any blank there.
    assert list(accepted) == (["newcomer"] if username == "newcomer\n" else [])
    assert response.status_code == (302 if accepted else 200)


@pytest.mark.parametrize("username", ["owner", "OWNER", "Owner"])
def test_a_username_is_taken_in_any_case(owner: User, stranger: Client, username: str) -> None:
    response = sign_up(stranger, username=username)
    assert "This username is taken" in response.content.decode()


@pytest.mark.parametrize("email", ["owner@example.org", "Owner@EXAMPLE.org"])
def test_a_known_email_address_is_not_told(owner: User, stranger: Client, email: str) -> None:
    response = sign_up(stranger, email=email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert not EmailAddress.objects.filter(verified=True).exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"password2": "different"}, "You must type the same password each time."),
        ({"password1": "short1", "password2": "short1"}, "at least 8 characters"),
        ({"password1": "84719304715", "password2": "84719304715"}, "entirely numeric"),
        ({"password1": "password123", "password2": "password123"}, "too common"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    stranger: Client, db: None, fields: dict[str, str], message: str
) -> None:
    page = sign_up(stranger, **fields).content.decode()
    assert message in page
    assert 'aria-invalid="true"' in page
    assert not User.objects.exists()


def test_a_rejected_form_keeps_all_but_the_passwords(stranger: Client, db: None) -> None:
    page = sign_up(stranger, email="ada@example.org", password2="different").content.decode()
    assert 'value="newcomer"' in page
    assert 'value="ada@example.org"' in page
    assert PASSWORD not in page
    assert "different" not in page


def test_what_is_wrong_is_read_first_and_leads_to_its_field(stranger: Client, db: None) -> None:
    page = sign_up(stranger, username="-", password1="short", password2="short").content.decode()
    summary = page.split('id="form-problems"')[1].split("</div>")[0]
    assert "autofocus" in summary
    for field in ("id_username", "id_password1"):
        assert f'href="#{field}"' in summary
        assert f'aria-describedby="{field}_help' in page
        assert f'id="{field}_help"' in page


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("username", "username"),
        ("email", "email"),
        ("password1", "new-password"),
        ("password2", "new-password"),
    ],
)
def test_password_managers_know_each_field(
    stranger: Client, db: None, name: str, purpose: str
) -> None:
    page = stranger.get(SIGNUP).content.decode()
    field = page.split(f'name="{name}"')[1].split(">")[0]
    assert f'autocomplete="{purpose}"' in field


def test_a_form_sent_twice_makes_one_account(
    stranger: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second was checked before the first was saved."""

    def too_late(self: object, request: object) -> None:
        raise IntegrityError("UNIQUE constraint failed: accounts_user.username")

    monkeypatch.setattr(SignupForm, "try_save", too_late)
    response = sign_up(stranger)
    assert response["Location"] == "/accounts/login/"
    assert "The account newcomer was created." in stranger.get("/accounts/login/").content.decode()


def test_a_form_of_another_site_is_refused(db: None) -> None:
    assert sign_up(Client(enforce_csrf_checks=True)).status_code == 403
    assert not User.objects.exists()
