"""Deleting one's own history, and forgetting what is old."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import snippets
from runner.history import queries
from runner.models import Recording, Run, Snippet
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet
from tests.cast import signed_in

FORM = "application/x-www-form-urlencoded"


def test_one_run_with_its_recording(owner: User) -> None:
    gone, kept = finished_run(owner), finished_run(owner)
    browser = signed_in(owner)
    response = browser.post(f"/runs/{gone.pk}/delete/")
    assert response["Location"] == "/runs/"
    assert "The run was deleted." in browser.get("/runs/").content.decode()
    assert Run.objects.get() == kept
    assert Recording.objects.get().run == kept


def test_all_that_have_ended_and_nobody_elses(
    owner: User, classmate: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "DELETED_AT_ONCE", 2)
    kept = {finished_run(owner, status="running", outcome=""), finished_run(classmate)}
    snippet = a_snippet(owner)
    for _ in range(5):
        finished_run(owner, snippet=snippet)
    browser = signed_in(owner)
    browser.post("/runs/delete/")
    assert "5 runs were deleted." in browser.get("/runs/").content.decode()
    assert set(Run.objects.all()) == kept
    assert Snippet.objects.get() == snippet


@pytest.mark.parametrize("path", ["/runs/{}/delete/", "/runs/delete/"])
def test_nobody_else_deletes(
    owner: User, classmate: User, instructor: User, stranger: Client, path: str
) -> None:
    run = finished_run(owner)
    for user in (classmate, instructor):
        signed_in(user).post(path.format(run.pk))
    assert stranger.post(path.format(run.pk))["Location"].startswith("/accounts/login/")
    assert Run.objects.get() == run


def test_what_has_not_ended_is_not_deleted(owner: User) -> None:
    run = finished_run(owner, status="queued", outcome="")
    assert signed_in(owner).post(f"/runs/{run.pk}/delete/").status_code == 404
    assert "Delete this run" not in signed_in(owner).get(f"/runs/{run.pk}/").content.decode()
    assert Run.objects.get() == run


@pytest.mark.parametrize("path", ["/runs/{}/delete/", "/runs/delete/", "/runs/{}/snippet/"])
def test_a_foreign_site_deletes_and_makes_nothing(owner: User, path: str) -> None:
    run = finished_run(owner)
    page = Page(owner, with_token=False)
    page.headers["accept"] = "text/html"
    assert page.send("POST", path.format(run.pk), b"", FORM).status_code == 403
    assert page.client.get(path.format(run.pk)).status_code == 405
    assert Run.objects.count() == 1
    assert not Snippet.objects.exists()


def test_purge_forgets_old_runs_and_deleted_snippets(
    owner: User, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.RETAIN_RUN_DAYS = 10
    old, new, active = (
        finished_run(owner),
        finished_run(owner),
        finished_run(owner, status="running", outcome=""),
    )
    before = timezone.now() - timedelta(days=10, minutes=1)
    Run.objects.filter(pk__in=(old.pk, active.pk)).update(created_at=before)
    snippets.delete(owner, a_snippet(owner).pk)
    Snippet.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    call_command("purge")
    assert capsys.readouterr().out.startswith("Deleted 1 runs older than 10 days and 1 snippets")
    assert set(Run.objects.all()) == {new, active}
    assert not Snippet.objects.exists()
