"""Deleting an account with everything that belongs to it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.own_data import LastAdministrator, delete_account
from runner.history import queries
from runner.models import OpenSocket, Recording, Run, Snippet
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import PASSWORD, confirmed, signed_in, someone

PAGE = "/accounts/data/delete/"


@pytest.fixture
def busy(owner: User, classmate: User, instructor: User) -> User:
    """A user with work in every table, also running and queued, some of it opened by the staff."""
    for user in (owner, classmate):
        snippet = a_snippet(user)
        a_snippet(user, title="Shared")
        run = finished_run(user, snippet=snippet)
        for status in ("queued", "claimed", "running"):
            finished_run(user, status=status, outcome="")
        OpenSocket.objects.create(user=user, seen_at="2026-01-01T00:00Z")
        signed_in(instructor).get(f"/runs/{run.pk}/")
    return owner


def is_gone(name: str) -> None:
    assert not User.objects.filter(username=name).exists()
    for model in (Run, Snippet):
        assert set(model.objects.values_list("owner__username", flat=True)) == {"classmate"}
    assert Recording.objects.count() == Run.objects.count() == 4
    assert OpenSocket.objects.count() == 1
    assert name not in str([entry.__dict__ for entry in AuditEntry.objects.all()])
    assert name not in str([entry.__dict__ for entry in LogEntry.objects.all()])


def test_a_user_deletes_the_own_account(busy: User) -> None:
    browser = confirmed(busy)
    page = browser.get(PAGE).content.decode()
    assert "<strong>4</strong> runs" in page
    assert "<strong>2</strong> snippets" in page
    answer = browser.post(PAGE, {"username": "owner"})
    assert "Your account was deleted" in answer.content.decode()
    is_gone("owner")
    assert "_auth_user_id" not in browser.session
    names = set(AuditEntry.objects.filter(actor=None).values_list("actor_name", flat=True))
    (pseudonym,) = names - {""}
    assert pseudonym.startswith("deleted-")
    opened = AuditEntry.objects.get(action="opened_run", subject=None)
    assert (opened.actor_name, opened.subject_name) == ("instructor", pseudonym)
    own = AuditEntry.objects.filter(actor=None).exclude(action__startswith="opened")
    assert set(own.values_list("network", flat=True)) == {""}  # of signing out after it, too


def test_a_session_that_is_old_needs_the_password_first(busy: User) -> None:
    browser = signed_in(busy)
    for answer in (browser.get(PAGE), browser.post(PAGE, {"username": "owner"})):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(username="owner").exists()


def test_a_large_form_does_not_wait_for_the_password(owner: User) -> None:
    """It would be kept in the session."""
    browser = signed_in(owner)
    assert browser.post(PAGE, {"username": "x" * 100_000})["Location"] == PAGE
    browser.get(PAGE)
    kept = Session.objects.get(pk=browser.session.session_key)
    assert len(kept.session_data) < 8192
    browser.post(PAGE, {"username": "owner"})
    answer = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": PAGE})
    assert "Your account was deleted" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "Owner", "classmate"])
def test_nothing_happens_without_the_name(busy: User, typed: str) -> None:
    answer = confirmed(busy).post(PAGE, {"username": typed})
    assert answer.status_code == 200
    assert User.objects.filter(username="owner", is_active=True).exists()
    assert Run.objects.filter(owner=busy).count() == 4


def test_the_other_sessions_end(busy: User) -> None:
    other = signed_in(busy)
    delete_account(busy, None)
    assert other.get("/snippets/").status_code == 302


def test_the_last_administrator_stays(superuser: User) -> None:
    former = someone("former", is_superuser=True, is_staff=True)
    former.is_active = False
    former.save()
    browser = confirmed(superuser)
    assert "only administrator" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"username": "superuser"})
    page = f"/admin/accounts/user/{superuser.pk}/delete/"
    assert "superuser" in browser.get(page).content.decode()
    browser.post(page, {"post": "yes"})
    wish = {"action": "delete_selected", "post": "yes"}
    chosen = {"_selected_action": [superuser.pk, former.pk]}
    browser.post("/admin/accounts/user/", wish | chosen)
    with pytest.raises(CommandError, match="only administrator"):
        call_command("delete_user", "superuser", "--yes")
    with pytest.raises(LastAdministrator):
        delete_account(superuser, None)
    assert User.objects.filter(username="superuser", is_active=True).exists()
    second = someone("second", is_superuser=True, is_staff=True)
    delete_account(superuser, second)
    assert not User.objects.filter(username="superuser").exists()


def test_an_operator_deletes_a_student_in_the_admin(busy: User, superuser: User) -> None:
    browser = signed_in(superuser)
    page = f"/admin/accounts/user/{busy.pk}/delete/"
    shown = browser.get(page).content.decode()
    assert "Runs of programs, with their recordings: 4" in " ".join(shown.split())
    assert "main.py" not in shown
    assert browser.post(page, {"post": "yes"})["Location"] == "/admin/accounts/user/"
    is_gone("owner")
    entry = AuditEntry.objects.get(action="deleted_account")
    assert entry.actor_name == "superuser"


def test_an_operator_deletes_several_at_once(busy: User, superuser: User, instructor: User) -> None:
    doomed = [busy, someone("second"), someone("third")]
    wish = {
        "action": "delete_selected",
        "_selected_action": [user.pk for user in doomed],
        "post": "yes",
    }
    signed_in(superuser).post("/admin/accounts/user/", wish)
    is_gone("owner")
    assert not User.objects.filter(username__in=["second", "third"]).exists()
    assert AuditEntry.objects.filter(action="deleted").count() == 1
    assert AuditEntry.objects.filter(action="deleted_account").count() == 3


def test_an_instructor_deletes_nobody(busy: User, instructor: User) -> None:
    page = f"/admin/accounts/user/{busy.pk}/delete/"
    assert signed_in(instructor).post(page, {"post": "yes"}).status_code == 403
    assert User.objects.filter(username="owner").exists()


def test_a_command_deletes(busy: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "n")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("delete_user", "owner")
    call_command("delete_user", "owner", "--yes")
    is_gone("owner")


def test_many_rows_are_deleted_in_pieces(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from runner.snippets import own_data

    monkeypatch.setattr(queries, "DELETED_AT_ONCE", 3)
    monkeypatch.setattr(own_data, "DELETED_AT_ONCE", 3)
    for _ in range(8):
        finished_run(owner, snippet=a_snippet(owner))
    delete_account(owner, None)
    assert Run.objects.count() == Snippet.objects.count() == 0


def test_a_deletion_that_failed_can_be_repeated(
    busy: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def fail(_: object) -> None:
            raise DatabaseError("away")

        patch.setattr(queries, "remove", fail)
        with pytest.raises(DatabaseError):
            delete_account(busy, None)
    busy.refresh_from_db()
    assert not busy.is_active, "nobody signs in, and no program is started"
    delete_account(busy, None)
    is_gone("owner")


def test_no_session_row_is_left_behind(owner: User) -> None:
    for _ in range(2):
        Client().post("/accounts/login/", {"login": "owner", "password": PASSWORD})
    assert Session.objects.count() == 2
    delete_account(owner, None)
    assert Session.objects.count() == 0
