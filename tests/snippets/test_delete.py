"""Deleting, and taking it back; duplicating."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from runner import snippets
from runner.models import Snippet
from tests.a_run import finished_run
from tests.a_snippet import NEW, Page, a_snippet, refused


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


def test_a_duplicate_is_another_snippet_with_the_same_code(owner: User) -> None:
    original = a_snippet(owner, title="x" * 200)
    page = Page(owner)
    page.ask("PUT", f"/snippets/{original.pk}/share/", {"shared": True, "embed": False})
    status, copy = page.ask("POST", f"/snippets/{original.pk}/duplicate/")
    assert (status, copy["files"], copy["share"]) == (201, NEW["files"], None)
    assert copy["id"] != original.pk
    assert copy["title"] == "x" * 193 + " (copy)"
