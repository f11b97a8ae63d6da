"""Deleting, and taking it back; duplicating."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import snippets
from runner.limits import Limits
from runner.models import DataFile, Snippet
from tests.a_run import finished_run
from tests.a_snippet import NEW, Page, a_snippet, refused
from tests.cast import signed_in


def test_a_deleted_one_is_gone_until_it_is_restored(owner: User) -> None:
    path, page = f"/snippets/{a_snippet(owner).pk}/", Page(owner)
    _, before = page.ask("GET", path)
    assert page.ask("DELETE", path) == (204, None)
    for method, body in (("GET", None), ("PUT", {"version": 1}), ("DELETE", None)):
        assert refused(page.ask(method, path, body)) == (404, "not_found")
    assert page.ask("GET", "/snippets/")[1]["total"] == 0
    assert page.ask("POST", f"{path}restore/") == (200, before)
    assert page.ask("POST", f"{path}restore/") == (200, before)  # an undo sent twice
    assert page.ask("GET", path) == (200, before)


def test_after_thirty_days_it_is_forgotten_and_its_runs_stay(owner: User) -> None:
    old, new = a_snippet(owner), a_snippet(owner, title="New")
    run = finished_run(owner, snippet=old)
    for snippet, days in ((old, 31), (new, 29)):
        snippets.delete(owner, snippet.pk)
        deleted_at = timezone.now() - timedelta(days=days)
        Snippet.objects.filter(pk=snippet.pk).update(deleted_at=deleted_at)
    assert snippets.forget_deleted() == 1
    assert Snippet.objects.get() == new
    run.refresh_from_db()
    assert run.snippet is None


def test_deleting_makes_no_room_without_end(owner: User, settings: Settings) -> None:
    """Who has many snippets could fill some, delete these, fill the next ones, and so on."""
    settings.LIMITS = replace(Limits(), snippet_bytes_per_user=1000, data_bytes_per_user=500)
    made = [a_snippet(owner) for _ in range(5)]
    for snippet in made[:4]:
        DataFile.objects.create(
            snippet=snippet, path="a", content=bytes(400), bytes=400, changed_at=timezone.now()
        )
        snippets.delete(owner, snippet.pk)
    assert set(Snippet.objects.values_list("pk", flat=True)) == {each.pk for each in made[2:]}
    assert DataFile.objects.count() == 2
    snippets.restore(owner, made[3].pk)
    assert Snippet.objects.filter(pk=made[3].pk, deleted_at=None).exists()


def test_a_duplicate_is_another_snippet_with_the_same_code(owner: User) -> None:
    original = a_snippet(owner, title="x" * 200)
    page = Page(owner)
    page.ask("PUT", f"/snippets/{original.pk}/share/", {"shared": True, "embed": False})
    status, copy = page.ask("POST", f"/snippets/{original.pk}/duplicate/")
    assert (status, copy["files"], copy["share"]) == (201, NEW["files"], None)
    assert copy["id"] != original.pk
    assert copy["title"] == "x" * 193 + " (copy)"


def test_the_list_deletes_and_takes_back_without_scripts(owner: User) -> None:
    kept, gone = a_snippet(owner, title="Kept"), a_snippet(owner, title="Gone & <away>")
    browser = signed_in(owner)
    page = browser.get("/snippets/?q=g&page=1").content.decode()
    action = f"/snippets/{gone.pk}/delete/?q=g&amp;page=1"
    assert f'<form method="post" action="{action}">' in page
    answer = browser.post(f"/snippets/{gone.pk}/delete/?q=g&page=1")
    assert answer["Location"] == f"/snippets/?q=g&page=1&deleted={gone.pk}"
    page = browser.get(answer["Location"]).content.decode()
    assert "“Gone &amp; &lt;away&gt;” was deleted." in page
    assert f"/snippets/{gone.pk}/restore/?q=g&amp;page=1" in page
    assert Snippet.objects.get(deleted_at=None) == kept
    answer = browser.post(f"/snippets/{gone.pk}/restore/?q=g&page=1")
    assert answer["Location"] == "/snippets/?q=g&page=1"
    page = browser.get(answer["Location"]).content.decode()
    assert "“Gone &amp; &lt;away&gt;” was restored." in page
    assert Snippet.objects.filter(deleted_at=None).count() == 2


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 30, "' OR 1=1"])
def test_a_made_up_address_offers_to_undo_nothing(owner: User, number: str) -> None:
    response = signed_in(owner).get("/snippets/", {"deleted": number})
    assert response.status_code == 200
    assert b"was deleted" not in response.content


@pytest.mark.parametrize("action", ["delete", "restore"])
def test_without_scripts_others_delete_nothing_either(
    owner: User, classmate: User, action: str
) -> None:
    snippet = a_snippet(owner)
    path = f"/snippets/{snippet.pk}/{action}/"
    assert signed_in(classmate).post(path).status_code == 404
    assert Client().post(path)["Location"].startswith("/accounts/login/")
    assert signed_in(owner).get(path).status_code == 405
    foreign = Page(owner, with_token=False)
    foreign.headers["accept"] = "text/html"
    assert foreign.send("POST", path, b"").status_code == 403
    assert Snippet.objects.get(deleted_at=None) == snippet
    snippets.delete(owner, snippet.pk)
    listed = signed_in(classmate).get("/snippets/", {"deleted": str(snippet.pk)})
    assert b"was deleted" not in listed.content
