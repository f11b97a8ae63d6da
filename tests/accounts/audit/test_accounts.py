"""What people do to their accounts is in the audit trail."""

import pytest
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from accounts.models import AuditEntry, User
from tests.cast import PASSWORD, signed_in

LOGIN = "/accounts/login/"
# (who, action, whose, detail)
Line = tuple[str, str, str, str]


@pytest.fixture(autouse=True)
def _forget_wrong_passwords() -> None:
    cache.clear()


def lines() -> list[Line]:
    fields = ("actor_name", "action", "subject_name", "detail")
    return list(AuditEntry.objects.order_by("pk").values_list(*fields))


def sign_in(browser: Client, login: str, password: str = PASSWORD, address: str = "") -> None:
    where = {"REMOTE_ADDR": address} if address else {}
    browser.post(LOGIN, {"login": login, "password": password}, **where)  # type: ignore[arg-type]


def test_signing_in_and_out(owner: User, stranger: Client) -> None:
    sign_in(stranger, "owner", address="203.0.113.7")
    stranger.post("/accounts/logout/", REMOTE_ADDR="203.0.113.7")
    assert lines() == [
        ("owner", "signed_in", "owner", ""),
        ("owner", "signed_out", "owner", ""),
    ]
    assert set(AuditEntry.objects.values_list("network", flat=True)) == {"203.0.113.7"}


@pytest.mark.parametrize("login", ["owner", "OWNER", "owner@example.org"])
def test_a_failed_sign_in_names_the_account(owner: User, stranger: Client, login: str) -> None:
    sign_in(stranger, login, "wrong")
    assert lines() == [("", "sign_in_failed", "owner", "")]


@pytest.mark.parametrize("login", ["my-secret-password", "someone@example.org", "ä" * 400])
def test_a_name_without_an_account_may_be_a_password(
    owner: User, stranger: Client, login: str
) -> None:
    sign_in(stranger, login, "wrong")
    assert all(login not in str(entry.__dict__) for entry in AuditEntry.objects.all())
    assert {line[:3] for line in lines()} <= {("", "sign_in_failed", "")}


def test_no_entry_holds_a_password(owner: User, stranger: Client) -> None:
    sign_in(stranger, "owner", "wrong-password")
    sign_in(stranger, "owner")
    new = "another-horse-battery"
    stranger.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert ("owner", "password_changed", "owner", "") in lines()
    for entry in AuditEntry.objects.all():
        for secret in ("wrong-password", PASSWORD, new):
            assert secret not in str(entry.__dict__)


def test_a_new_account_and_its_address(stranger: Client, db: None) -> None:
    fields = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD}
    stranger.post("/accounts/signup/", fields)
    stranger.post("/accounts/reauthenticate/", {"password": PASSWORD})
    stranger.post("/accounts/email/", {"email": "ada@example.org", "action_add": ""})
    assert [line[:3] for line in lines()] == [
        ("ada", "signed_up", "ada"),
        ("ada", "signed_in", "ada"),
        ("ada", "email_changed", "ada"),
    ]


def test_a_second_factor(owner: User, superuser: User) -> None:
    one = Authenticator(user=owner, type=Authenticator.Type.RECOVERY_CODES)
    for signal in (signals.authenticator_added, signals.authenticator_removed):
        signal.send(sender=None, request=None, user=owner, authenticator=one)
    signals.authentication_failed.send(
        sender=None, request=None, user=owner, reauthentication=False
    )
    assert lines() == [
        ("owner", "factor_changed", "owner", "added"),
        ("owner", "factor_changed", "owner", "removed"),
        ("", "sign_in_failed", "owner", "second factor"),
    ]


def test_a_page_works_though_its_entry_cannot_be_written(
    owner: User, stranger: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(AuditEntry.objects, "create", fail)
    sign_in(stranger, "owner")
    assert stranger.get("/accounts/email/").status_code == 200
    assert "could not be written" in caplog.text


def test_changes_in_the_admin(owner: User, classmate: User, superuser: User) -> None:
    browser = signed_in(superuser)
    AuditEntry.objects.all().delete()
    change = f"/admin/accounts/user/{owner.pk}/password/"
    browser.post(
        change,
        {"usable_password": "true", "password1": "new-" + PASSWORD, "password2": "new-" + PASSWORD},
    )
    (line,) = lines()
    assert line[:3] == ("superuser", "changed", "owner")
    assert "password" in line[3].lower()
    assert PASSWORD not in line[3]
    assert AuditEntry.objects.get().target == f"user {owner.pk}"


def test_help_by_the_staff(owner: User, instructor: User) -> None:
    browser = signed_in(instructor)
    page = f"/admin/accounts/user/{owner.pk}/help/"
    for do in ("lift", "remove_factor", "password"):
        browser.post(page, {"do": do, "password": "another-horse-battery"})
    for action in ("lift_locks", "remove_second_factors"):
        browser.post("/admin/accounts/user/", {"action": action, "_selected_action": [owner.pk]})
    assert lines()[1:] == [
        ("instructor", "helped", "owner", "lock lifted"),
        ("instructor", "helped", "owner", "second factor removed"),
        ("instructor", "helped", "owner", "new password"),
    ]
    assert list(AuditEntry.objects.order_by("pk").values_list("count", flat=True)) == [1, 2, 2, 1]


def test_a_class_that_is_added(superuser: User) -> None:
    browser = signed_in(superuser)
    browser.post("/admin/accounts/user/add-class/", {"names": "ada\nbob"})
    assert lines()[1:] == [("superuser", "added", "", "2 from a list")]
