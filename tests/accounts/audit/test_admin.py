"""The audit trail in the admin."""

import pytest
from django.test import Client

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import AuditEntry, User
from tests.a_run import finished_run
from tests.cast import signed_in

LIST = "/admin/accounts/auditentry/"


@pytest.fixture
def opened(owner: User, classmate: User, instructor: User) -> str:
    """The id of a run of `owner` that the instructor has opened."""
    run = finished_run(owner)
    signed_in(instructor).get(f"/runs/{run.pk}/", REMOTE_ADDR="198.51.100.9")
    audit.record(AuditAction.SIGNED_IN, actor_id=classmate.pk, network="203.0.113.7")
    return str(run.pk)


def found(browser: Client, **asked: str) -> list[tuple[str, str, str]]:
    page = browser.get(LIST, asked)
    assert page.status_code == 200, page.headers
    return [
        (entry.actor_name, entry.action, entry.subject_name)
        for entry in page.context["cl"].result_list
    ]


def test_an_administrator_finds_who_opened_a_students_run(opened: str, superuser: User) -> None:
    browser = signed_in(superuser)
    looked = [("instructor", "opened_run", "owner")]
    assert found(browser, q=opened) == looked
    assert found(browser, q="owner", action__exact="opened_run") == looked
    assert found(browser, q="198.51.100.9") == looked
    staff = str(User.objects.get(username="instructor").pk)
    assert looked[0] in found(browser, staff=staff)
    assert ("superuser", "signed_in", "superuser") not in found(browser, staff=staff)
    assert found(browser, last_at__gte="2099-01-01 00:00:00+00:00") == []
    page = browser.get(LIST, headers={"accept-language": "de"}).content.decode()
    for words in ("hat einen Lauf geöffnet", "Netz", "Protokoll"):
        assert words in page


def test_nobody_changes_it(opened: str, superuser: User) -> None:
    browser = signed_in(superuser)
    entry = AuditEntry.objects.get(action="opened_run")
    page = f"{LIST}{entry.pk}/"
    assert browser.get(f"{page}change/").status_code == 200
    assert browser.post(f"{page}change/", {"actor_name": "x"}).status_code == 403
    assert browser.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    assert browser.get(f"{LIST}add/").status_code == 403
    wish = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    browser.post(LIST, wish)
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_only_administrators_see_it(opened: str, instructor: User, owner: User) -> None:
    for user in (instructor, owner):
        assert signed_in(user).get(LIST).status_code in (302, 403)
    assert "auditentry" not in signed_in(instructor).get("/admin/").content.decode()
