"""Which member of the staff opens whose work is recorded, however it is opened."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry, User
from runner import access
from runner.models import Run
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import signed_in

WAYS: dict[str, Callable[[Client, Run], Any]] = {
    "opened_run": lambda browser, run: browser.get(f"/runs/{run.pk}/"),
    "opened_recording": lambda browser, run: browser.get(f"/runs/{run.pk}.cast"),
    "copied_run": lambda browser, run: browser.post(f"/runs/{run.pk}/snippet/"),
}


def openings() -> list[tuple[str, str, str, str]]:
    entries = AuditEntry.objects.exclude(action="signed_in")
    return list(entries.values_list("actor_name", "action", "subject_name", "target"))


@pytest.mark.parametrize("action", WAYS)
def test_a_run_that_is_opened(owner: User, instructor: User, classmate: User, action: str) -> None:
    run = finished_run(owner)
    WAYS[action](signed_in(owner), run)
    WAYS[action](signed_in(classmate), run)
    assert openings() == [], "one's own, and what one may not see"
    WAYS[action](signed_in(instructor), run)
    assert openings() == [("instructor", action, "owner", f"run {run.pk}")]


def test_work_that_is_opened_in_the_admin(owner: User, instructor: User) -> None:
    run, snippet = finished_run(owner), a_snippet(owner)
    browser = signed_in(instructor)
    browser.get("/admin/runner/run/")
    assert openings() == [], "a list shows no work"
    browser.get(f"/admin/runner/run/{run.pk}/change/")
    browser.get(f"/admin/runner/snippet/{snippet.pk}/change/")
    assert openings() == [
        ("instructor", "opened_run", "owner", f"run {run.pk}"),
        ("instructor", "opened_snippet", "owner", f"snippet {snippet.pk}"),
    ]


def test_a_terminal_that_is_watched(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    scope = {"client": ["203.0.113.7", 4711]}
    access.attachable_run(owner, run.pk, scope)
    assert openings() == []
    access.attachable_run(instructor, run.pk, scope)
    assert openings() == [("instructor", "watched_terminal", "owner", f"run {run.pk}")]
    assert AuditEntry.objects.get(action="watched_terminal").network == "203.0.113.7"


@pytest.mark.parametrize("action", WAYS)
def test_what_cannot_be_recorded_is_not_shown(
    owner: User, instructor: User, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    run = finished_run(owner)
    browser, own = signed_in(instructor), signed_in(owner)

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(DatabaseError):
        WAYS[action](browser, run)
    assert WAYS[action](own, run).status_code in (200, 302), "one's own work needs no entry"


@pytest.mark.parametrize(
    "question",
    [
        "snippet/?search_text__contains=print",
        "snippet/?files__contains=print",
        "snippet/?slug__startswith=a",
        "run/?files__icontains=print",
        "run/?args__icontains=x",
        "run/?recording__head__contains=x",
    ],
)
def test_a_list_does_not_tell_what_work_contains(
    owner: User, instructor: User, question: str
) -> None:
    """The number of rows would, without an entry."""
    finished_run(owner, snippet=a_snippet(owner))
    browser = signed_in(instructor)
    assert browser.get(f"/admin/runner/{question}").status_code == 400
    for allowed in (
        "run/?status__exact=finished&language=python",
        "snippet/?deleted_at__isnull=True",
    ):
        assert browser.get(f"/admin/runner/{allowed}").status_code == 200
