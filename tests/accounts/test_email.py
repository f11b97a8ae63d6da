"""/accounts/email/: one address per account."""

import re

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD, confirmed, signed_in

EMAIL = "/accounts/email/"


def ask_for(browser: Client, email: str) -> str:
    return browser.post(EMAIL, {"email": email, "action_add": ""}, follow=True).content.decode()


def confirm(browser: Client, mail: EmailMessage) -> None:
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.body))
    assert link
    assert "Confirm" in browser.get(link[1]).content.decode()
    browser.post(link[1])


def test_a_confirmed_address_stays_until_the_new_one_is_confirmed(
    owner: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = confirmed(owner)
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    assert "is not confirmed yet" in ask_for(browser, "new@example.org")
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    confirm(browser, mailoutbox[0])
    owner.refresh_from_db()
    assert owner.email == "new@example.org"


def test_an_address_that_was_never_confirmed_is_replaced_at_once(
    owner: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = confirmed(owner)
    ask_for(browser, "new@example.org")
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    confirm(browser, mailoutbox[0])
    assert "Your address is" in browser.get(EMAIL).content.decode()


def test_an_address_that_somebody_else_confirmed_stays_theirs(
    owner: User, classmate: User, mailoutbox: list[EmailMessage]
) -> None:
    """The page does not say that it is known: `test_unknown_addresses.py`."""
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    assert "is not confirmed yet" in ask_for(confirmed(classmate), "Owner@example.org")
    (mail,) = mailoutbox
    assert mail.to == ["owner@example.org"]
    EmailAddress.objects.get(user=classmate, email=owner.email).set_verified()
    assert EmailAddress.objects.get(email=owner.email, verified=True).user == owner


def test_an_account_without_an_address_is_told_what_one_is_for(owner: User) -> None:
    owner.email = ""
    owner.save()
    assert "has no email address" in signed_in(owner).get(EMAIL).content.decode()


def test_a_new_address_needs_the_password(owner: User, mailoutbox: list[EmailMessage]) -> None:
    """Else whoever finds an open session gets a link to it that replaces the password."""
    browser = signed_in(owner)
    page = ask_for(browser, "new@example.org")
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    assert mailoutbox == []
    assert "password" in page
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": EMAIL})
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
