"""Changing a password, and choosing a new one by mail."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD, signed_in

NEW = "another fine password"
CHANGE, RESET = "/accounts/password/change/", "/accounts/password/reset/"
BOTH = {"password1": NEW, "password2": NEW}


def test_changing_needs_the_old_password(owner: User) -> None:
    page = signed_in(owner).post(CHANGE, BOTH | {"oldpassword": "wrong"}).content.decode()
    assert "Please type your current password." in page
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_changing_ends_every_session(owner: User) -> None:
    elsewhere, here = signed_in(owner), signed_in(owner)
    assert here.post(CHANGE, BOTH | {"oldpassword": PASSWORD}).status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    for browser in (here, elsewhere):
        assert browser.get("/runs/").status_code == 302


def test_a_stranger_changes_nothing(stranger: Client, db: None) -> None:
    assert stranger.get(CHANGE)["Location"] == f"/accounts/login/?next={CHANGE}"


def test_guessing_the_old_password_is_slow(owner: User) -> None:
    browser = signed_in(owner)
    answers = [browser.post(CHANGE, BOTH | {"oldpassword": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_the_mailed_link_works_once(
    owner: User, stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    sent = stranger.post(RESET, {"email": "owner@example.org"}, follow=True)
    assert "Check your email" in sent.content.decode()
    (mail,) = mailoutbox
    assert mail.to == ["owner@example.org"]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.body))
    assert link

    form = stranger.get(link[1], follow=True)
    assert "Choose a new password" in form.content.decode()
    done = stranger.post(form.request["PATH_INFO"], BOTH, follow=True)
    assert "Your password was changed" in done.content.decode()
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert "This link is no longer valid" in Client().get(link[1], follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer(
    owner: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [
        re.sub(rb'value="\w+"', b"", Client().post(RESET, {"email": email}, follow=True).content)
        for email in ("owner@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]


def test_a_forged_link_is_said_to_be_used_up(owner: User, stranger: Client) -> None:
    page = stranger.get("/accounts/password/reset/key/1-abc-def/").content.decode()
    assert "This link is no longer valid" in page


def test_a_forged_host_does_not_get_into_the_link(
    owner: User, stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    response = stranger.post(
        RESET, {"email": "owner@example.org"}, headers={"host": "evil.example"}
    )
    assert response.status_code == 400
    assert mailoutbox == []


def test_one_address_is_not_flooded_with_mail(
    owner: User, stranger: Client, mailoutbox: list[EmailMessage]
) -> None:
    answers = [stranger.post(RESET, {"email": "owner@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("path", [CHANGE, RESET])
def test_a_form_of_another_site_is_refused(owner: User, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    assert browser.post(path, {"email": "owner@example.org"}).status_code == 403
