"""Account pages promise only what this site does: mail, and what each role may do."""

import importlib.util
import re
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.mail import UNDELIVERED, sends_mail
from accounts.models import User
from tests.cast import confirmed
from tests.services import ROOT

RESET, EMAIL = "/accounts/password/reset/", "/accounts/email/"
WITHOUT_SIGN_IN = (
    RESET,
    f"{RESET}done/",
    f"{RESET}key/1-abc-def/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x/",
    "/accounts/signup/",
)
# What a site can only do by mail.
MAIL = re.compile(r"sent|send you|new link|email contains|spam|link in the email", re.IGNORECASE)
DENIED = re.compile(r"sends no email[^.]*\.|cannot send you a link")


@pytest.fixture(params=sorted(UNDELIVERED))
def no_mail(request: pytest.FixtureRequest, settings: Settings) -> None:
    settings.EMAIL_BACKEND = request.param
    if "filebased" in request.param:
        settings.EMAIL_FILE_PATH = "/nowhere"


def card(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return DENIED.sub("", re.sub(r"<[^>]+>", " ", page.split('<section class="card">')[1]))


@pytest.mark.usefixtures("no_mail", "db")
@pytest.mark.parametrize("path", WITHOUT_SIGN_IN)
def test_without_mail_no_page_speaks_of_any(stranger: Client, path: str) -> None:
    assert not sends_mail()
    assert not MAIL.search(card(stranger, path))


@pytest.mark.usefixtures("no_mail")
def test_a_forgotten_password_is_the_instructors_matter(
    owner: User, stranger: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    page = card(stranger, RESET)
    assert "ask your instructor" in page
    assert "ask the administrator" in page  # for instructors
    assert "Send the link" not in page
    done = stranger.post(RESET, {"email": owner.email}, follow=True)
    assert "ask your instructor" in done.content.decode()
    assert "key" not in "".join(capfd.readouterr())  # no link that resets a password is logged


@pytest.mark.usefixtures("no_mail")
@pytest.mark.parametrize("action", ["action_add", "action_send"])
def test_a_new_address_is_kept_and_no_mail_is_claimed(owner: User, action: str) -> None:
    browser = confirmed(owner)
    browser.get(EMAIL)
    fields = {"email": "new@example.org" if action == "action_add" else owner.email, action: ""}
    page = browser.post(EMAIL, fields, follow=True).content.decode()
    assert "Your address is <strong>" + fields["email"] in page
    assert "sends no email" in page
    assert "Confirmation email sent" not in page
    assert not MAIL.search(DENIED.sub("", re.sub(r"<[^>]+>", " ", page)))
    owner.refresh_from_db()
    assert owner.email == fields["email"]


def test_with_mail_the_link_is_sent_and_announced(
    owner: User, stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    assert sends_mail()
    assert "Send the link" in card(stranger, RESET)
    page = stranger.post(RESET, {"email": owner.email}, follow=True).content.decode()
    assert "We have sent an email" in page
    assert len(mailoutbox) == 1
    browser = confirmed(owner)
    answer = browser.post(EMAIL, {"email": "new@example.org", "action_add": ""}, follow=True)
    assert "Confirmation email sent to new@example.org" in answer.content.decode()
    assert len(mailoutbox) == 2


def texts() -> Iterator[str]:
    """Every text of templates and code, as translators get it."""
    path = ROOT / "scripts" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for _path, _line, text, _context in module.found():
        yield from (text,) if isinstance(text, str) else text


def test_nobody_is_sent_to_an_instructor_for_what_instructors_may_not_do() -> None:
    """They set passwords and lift locks of students, give more time for assignments, and can say
    who the administrator is."""
    asked = {text for text in texts() if re.search(r"\b[Aa]sk (your|an) instructor", text)}
    asked = {text for text in asked if not re.search("new password|more time", text)}
    assert {text for text in asked if not text.startswith("Somebody has tried many wrong")} == {
        "Do you not know who that is? Ask your instructor."
    }


def test_a_deactivated_account_and_a_closed_sign_up_name_the_administrator(
    owner: User, stranger: Client
) -> None:
    User.objects.update(is_active=False)
    fields = {"login": "owner", "password": "correct-horse-battery-staple"}
    page = stranger.post("/accounts/login/", fields, follow=True).content.decode()
    assert "Only the administrator of this site can activate it again" in page
