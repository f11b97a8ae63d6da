"""Whether an email address has an account is told by no form, by no time, and keeps nobody out."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from tests.accounts.test_sign_up import sign_up
from tests.cast import PASSWORD, confirmed, someone

LOGIN, RESET, EMAIL = "/accounts/login/", "/accounts/password/reset/", "/accounts/email/"
KNOWN, UNKNOWN = "owner@example.org", "nobody@example.org"


def shown(response: Any, *changing: str) -> str:
    """A page without what differs between any two requests."""
    text = re.sub(r'value="\w{64}"', "", response.content.decode())
    for word in changing:
        text = text.replace(word, "")
    return text


@pytest.fixture(params=[True, False], ids=["confirmed", "unconfirmed"])
def known(request: pytest.FixtureRequest, owner: User) -> User:
    EmailAddress.objects.create(user=owner, email=KNOWN, primary=True, verified=request.param)
    return owner


def test_sign_up_answers_alike(known: User, mailoutbox: list[EmailMessage]) -> None:
    answers = []
    for number, address in enumerate((KNOWN, UNKNOWN)):
        browser, name = Client(), f"newcomer{number}"
        made = sign_up(browser, username=name, email=address)
        page = browser.get(EMAIL)
        answers.append((made.status_code, made["Location"], shown(page, address, name)))
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [[KNOWN], [UNKNOWN]]
    assert len({re.sub(r"\S*@\S*|\S*/\S*|newcomer\d", "", str(m.body)) for m in mailoutbox}) == 1


def test_a_new_address_is_answered_alike(known: User, classmate: User) -> None:
    answers = []
    for address, user in ((KNOWN, classmate), (UNKNOWN, someone("ada"))):
        fields = {"email": address, "action_add": ""}
        page = confirmed(user).post(EMAIL, fields, follow=True)
        answers.append(shown(page, address, user.username))
    assert answers[0].replace("C</span>", "A</span>") == answers[1]


def test_signing_in_compares_as_many_passwords(known: User) -> None:
    compared = [passwords_compared(address) for address in (KNOWN, UNKNOWN)]
    someone("second")
    User.objects.filter(username="second").update(email=KNOWN)
    assert {passwords_compared(KNOWN), *compared} == {compared[0]}


def test_signing_in_by_name_compares_as_many_passwords(known: User) -> None:
    assert passwords_compared("owner") == passwords_compared("nobody") == 1


def passwords_compared(login: str) -> int:
    with patch.object(MD5PasswordHasher, "encode", autospec=True, return_value="md5$x$y") as hashed:
        Client().post(LOGIN, {"login": login, "password": "wrong"})
    return hashed.call_count


def test_a_reset_is_worked_on_after_its_answer(known: User, mailoutbox: list[EmailMessage]) -> None:
    """Else the time that it takes tells whether a mail is sent."""

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            Client().post(RESET, {"email": address})
        return len(found)

    with patch("accounts.forms.after_response") as later:
        assert queries(KNOWN) == queries(UNKNOWN)
    assert later.call_count == 2
    assert mailoutbox == []


def test_the_owner_of_an_address_that_somebody_else_entered_uses_it(
    stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    """Signs up, confirms, signs in and resets with it."""
    sign_up(Client(), username="squatter", email=KNOWN)
    sign_up(
        stranger, username="owner", email=KNOWN, password1="of the owner", password2="of the owner"
    )
    assert set(User.objects.values_list("email", flat=True)) == {KNOWN}
    by_address = Client()
    by_address.post(LOGIN, {"login": KNOWN, "password": "of the owner"})
    assert by_address.session["_auth_user_id"] == str(User.objects.get(username="owner").pk)

    EmailAddress.objects.filter(user__username="owner").update(verified=True)
    mailoutbox.clear()
    Client().post(RESET, {"email": KNOWN})
    (mail,) = mailoutbox
    assert "owner" in str(mail.body)
    assert "squatter" not in str(mail.body)


def test_the_other_one_cannot_confirm_it_any_more(
    stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(stranger, username="squatter", email=KNOWN)
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mailoutbox[0].body))
    assert link
    EmailAddress.objects.create(user=someone("owner"), email=KNOWN, verified=True)
    stranger.post(link[1])
    assert not EmailAddress.objects.get(user__username="squatter").verified


def test_one_reset_sends_few_mails_however_many_have_the_address(
    db: None, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(9):
        someone(f"squatter{number}")
    User.objects.update(email=KNOWN)
    Client().post(RESET, {"email": KNOWN})
    assert len(mailoutbox) == 2


def test_a_mail_server_that_fails_changes_no_answer(
    known: User, caplog: pytest.LogCaptureFixture
) -> None:
    with patch("django.core.mail.EmailMessage.send", side_effect=OSError(f"no {KNOWN} here")):
        answer = Client().post(RESET, {"email": KNOWN})
    assert answer.status_code == 302
    assert "An email could not be sent: OSError" in caplog.text
    assert KNOWN not in caplog.text


def test_right_passwords_still_work_with_an_address_of_two(db: None) -> None:
    for name in ("one", "two"):
        user = someone(name)
        user.email = KNOWN
        user.set_password(f"password of {name}")
        user.save()
    for name in ("one", "two"):
        browser = Client()
        browser.post(LOGIN, {"login": KNOWN, "password": f"password of {name}"})
        assert browser.session["_auth_user_id"] == str(User.objects.get(username=name).pk)


def test_strangers_cannot_fill_mailboxes(
    db: None, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    limits = {"mail": "3/h/ip,2/h/key", "confirm_email": None}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    for number, address in enumerate(["a", "a", "a", "b", "c"]):
        made = sign_up(Client(), username=f"student{number}", email=f"{address}@example.org")
        assert made["Location"] == "/"
    assert [mail.to for mail in mailoutbox] == [["a@example.org"], ["a@example.org"]]
    sign_up(Client(REMOTE_ADDR="10.0.0.2"), username="elsewhere", email="b@example.org")
    assert len(mailoutbox) == 3


def test_an_account_with_the_same_address_is_no_way_to_guess_the_others_password(
    owner: User,
) -> None:
    """The right password of the one is a wrong one of the other."""
    squatter = someone("squatter")
    for number in range(5):
        squatter.email = KNOWN
        squatter.set_password(f"guess {number}")
        squatter.save()
        Client().post(LOGIN, {"login": KNOWN, "password": f"guess {number}"})
    page = Client().post(LOGIN, {"login": "owner", "password": PASSWORD})
    assert "Please wait five minutes" in page.content.decode()
    assert Client().post(LOGIN, {"login": KNOWN, "password": "guess 4"}).status_code == 302
