"""POST /runs/<uuid>/restore/: the text of a run goes back into its snippet, and can be undone."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from runner import snippets
from runner.models import Run, Snippet
from runner.protocol.snippets import SnippetChange
from runner.templatetags.times import local_minute
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet
from tests.cast import signed_in

OLD = [{"path": "main.py", "content": "print('old')\n"}]
NEW = [{"path": "main.py", "content": "print('new')\n"}, {"path": "b.py", "content": ""}]


@pytest.fixture
def run(owner: User) -> Run:
    """With the old text, of a snippet that has the new one."""
    return finished_run(owner, files=OLD, snippet=a_snippet(owner, title="Work", files=NEW))


def restore(user: User, run: Run, **fields: str) -> HttpResponse:
    response = signed_in(user).post(f"/runs/{run.pk}/restore/", fields)
    return response  # type: ignore[return-value]


def text_of(pk: int | None) -> Any:
    assert pk
    return Snippet.objects.get(pk=pk).files


def test_the_text_is_back_and_the_one_before_is_kept_and_comes_back(owner: User, run: Run) -> None:
    response = restore(owner, run)
    kept = Snippet.objects.get(deleted_at__isnull=False)
    assert run.snippet_id
    version = Snippet.objects.get(pk=run.snippet_id).version
    assert response["Location"] == f"/runs/{run.pk}/?replaced={kept.pk}&version={version}"
    assert (text_of(run.snippet_id), kept.files) == (OLD, NEW)
    assert kept.deleted_at is not None
    page = signed_in(owner).get(response["Location"]).content.decode()
    assert "has the text of this run again" in page
    assert f'name="kept" value="{kept.pk}"' in page

    response = restore(owner, run, kept=str(kept.pk))
    assert text_of(run.snippet_id) == NEW
    page = signed_in(owner).get(response["Location"]).content.decode()  # can be undone, too
    assert "has the text from before again" in page


def test_what_was_written_since_is_not_undone_with_it(owner: User, run: Run) -> None:
    assert run.snippet_id
    address = restore(owner, run)["Location"]
    kept = Snippet.objects.get(deleted_at__isnull=False)
    before = Snippet.objects.get(pk=run.snippet_id).version
    since = [{"path": "main.py", "content": "since"}]
    change = SnippetChange.model_validate({"version": before, "main": "main.py", "files": since})
    snippets.save(owner, run.snippet_id, change)
    page = signed_in(owner).get(address).content.decode()
    assert "has the text of this run again" not in page
    assert 'name="kept"' not in page
    asked = {"kept": str(kept.pk), "version": str(before)}  # by a page that was open
    answer = signed_in(owner).post(f"/runs/{run.pk}/restore/", asked, follow=True)
    assert "saved elsewhere in the meantime" in answer.content.decode()
    assert text_of(run.snippet_id) == since


@pytest.mark.parametrize("version", ["0", "x", "9" * 30, "-1", "\u0661"])
def test_a_version_that_was_made_up_is_a_conflict(owner: User, run: Run, version: str) -> None:
    page = signed_in(owner).post(f"/runs/{run.pk}/restore/", {"version": version}, follow=True)
    assert "saved elsewhere in the meantime" in page.content.decode()
    assert text_of(run.snippet_id) == NEW


def test_an_open_workspace_gets_a_conflict(owner: User, run: Run) -> None:
    assert run.snippet
    version = run.snippet.version
    restore(owner, run)
    change = {"version": version, "files": NEW}
    status, body = Page(owner).ask("PUT", f"/snippets/{run.snippet_id}/", change)
    assert (status, body["current"]["files"]) == (409, OLD)


def test_who_saves_in_the_same_moment_loses_nothing(
    owner: User, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = [{"path": "main.py", "content": "between"}]
    save = snippets.store.save

    def late(user: User, pk: int, change: SnippetChange) -> Snippet:
        Snippet.objects.filter(pk=pk).update(files=between, version=change.version + 1)
        return save(user, pk, change)

    monkeypatch.setattr(snippets.store, "save", late)
    page = signed_in(owner).post(f"/runs/{run.pk}/restore/", follow=True).content.decode()
    assert "saved elsewhere in the meantime" in page
    assert Snippet.objects.count() == 1


def test_the_same_text_changes_nothing(owner: User) -> None:
    snippet = a_snippet(owner, title="Work", files=OLD)
    run = finished_run(owner, files=OLD, snippet=snippet)
    browser = signed_in(owner)
    assert "Restore this text" not in browser.get(f"/runs/{run.pk}/").content.decode()
    page = browser.post(f"/runs/{run.pk}/restore/", follow=True).content.decode()
    assert "“Work” has this text already." in page
    assert Snippet.objects.get().version == snippet.version


@pytest.mark.parametrize("for_good", [False, True])
def test_of_a_deleted_snippet_there_is_a_new_one(owner: User, run: Run, for_good: bool) -> None:
    assert run.snippet_id
    snippets.delete(owner, run.snippet_id)
    if for_good:
        Snippet.objects.all().delete()
    response = restore(owner, run)
    snippet = Snippet.objects.get(deleted_at=None)
    assert response["Location"] == f"/snippets/{snippet.pk}/"
    assert snippet.pk != run.snippet_id
    assert snippet.files == OLD


def test_nobody_else_may(owner: User, classmate: User, instructor: User, run: Run) -> None:
    for user in (classmate, instructor):
        assert restore(user, run).status_code == 404
        assert (
            "Restore this text"
            not in signed_in(instructor).get(f"/runs/{run.pk}/").content.decode()
        )
    assert Client().post(f"/runs/{run.pk}/restore/").status_code == 302
    assert text_of(run.snippet_id) == NEW


def test_without_a_token_it_is_refused(owner: User, run: Run) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    assert browser.post(f"/runs/{run.pk}/restore/").status_code == 403
    assert signed_in(owner).get(f"/runs/{run.pk}/restore/").status_code == 405
    assert text_of(run.snippet_id) == NEW


@pytest.mark.parametrize("kept", ["0", "x", "99999999", "9" * 30, "-1", "\u0661"])
def test_what_is_not_kept_does_not_come_back(owner: User, run: Run, kept: str) -> None:
    page = signed_in(owner).post(f"/runs/{run.pk}/restore/", {"kept": kept}, follow=True)
    assert "no longer kept" in page.content.decode()
    assert text_of(run.snippet_id) == NEW


def test_a_classmates_deleted_text_does_not_come_here(
    owner: User, classmate: User, run: Run
) -> None:
    theirs = a_snippet(classmate, files=[{"path": "main.py", "content": "secret"}])
    snippets.delete(classmate, theirs.pk)
    page = signed_in(owner).post(f"/runs/{run.pk}/restore/", {"kept": theirs.pk}, follow=True)
    assert "no longer kept" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_each_row_of_the_list_says_what_it_restores(owner: User, run: Run) -> None:
    current = finished_run(owner, files=NEW, snippet=run.snippet)
    page = signed_in(owner).get("/runs/").content.decode()
    assert f'action="/runs/{run.pk}/restore/"' in page
    assert f'action="/runs/{current.pk}/restore/"' not in page, "the snippet has this text"
    name = f"Restore this text: Work, {local_minute(run.created_at)}"
    assert page.count(f'aria-label="{name}"') == 1
    assert run.snippet_id
    snippets.delete(owner, run.snippet_id)  # its text comes back as a new snippet
    page = signed_in(owner).get("/runs/").content.decode()
    assert f'action="/runs/{current.pk}/restore/"' in page
