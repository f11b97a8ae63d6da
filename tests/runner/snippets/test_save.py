"""PUT /snippets/<id>/: a save names the version it has seen, and loses nobody's edit."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from runner import snippets
from runner.models import Snippet
from runner.protocol.snippets import SnippetChange
from runner.snippets import store
from tests.a_snippet import CODE, Page, a_snippet, refused
from tests.cast import someone

TWO = [{"path": "main.py", "content": "two"}, {"path": "b.py", "content": ""}]


def test_what_is_named_changes_and_the_rest_stays(owner: User) -> None:
    snippet = a_snippet(owner)
    page, path = Page(owner), f"/snippets/{snippet.pk}/"
    status, saved = page.ask("PUT", path, {"version": 1, "title": "New"})
    assert (status, saved["version"], saved["title"]) == (200, 2, "New")
    assert saved["files"] == [{"path": "main.py", "content": CODE}]
    status, saved = page.ask("PUT", path, {"version": 2, "files": TWO, "main": "b.py"})
    assert (saved["version"], saved["main"], saved["files"]) == (3, "b.py", TWO)
    assert page.ask("GET", path) == (200, saved)
    assert saved["updated_at"] > snippet.updated_at.isoformat()


def test_of_two_tabs_one_is_told_and_given_both_texts(owner: User) -> None:
    path, first, second = f"/snippets/{a_snippet(owner).pk}/", Page(owner), Page(owner)
    _, saved = first.ask("PUT", path, {"version": 1, "files": TWO})
    status, body = second.ask("PUT", path, {"version": 1, "title": "Lost?"})
    assert (status, body["error"]["code"], body["current"]) == (409, "conflict", saved)
    assert second.ask("GET", path)[1] == saved
    status, body = second.ask("PUT", path, {"version": 99})
    assert status == 409


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_in_the_same_instant_one_wins() -> None:
    owner = someone("owner")
    snippet, together = a_snippet(owner), Barrier(6)
    won: list[str] = []

    def save(title: str) -> None:
        together.wait(10)
        try:
            snippets.save(owner, snippet.pk, SnippetChange(version=1, title=title))
            won.append(title)
        except snippets.Conflict:
            pass
        finally:
            connection.close()

    threads = [Thread(target=save, args=[f"title {number}"]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    snippet.refresh_from_db()
    assert (won, snippet.version) == ([snippet.title], 2)


def test_a_save_between_look_and_write_is_a_conflict(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippet = a_snippet(owner)
    search_text = store._search_text

    def meanwhile(*args: Any) -> str:
        Snippet.objects.filter(pk=snippet.pk).update(version=2, title="Theirs")
        return search_text(*args)

    monkeypatch.setattr(store, "_search_text", meanwhile)
    status, body = Page(owner).ask("PUT", f"/snippets/{snippet.pk}/", {"version": 1, "title": "M"})
    assert (status, body["current"]["title"]) == (409, "Theirs")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "bad_message"),
        ({"version": 0}, "bad_message"),
        ({"version": "1"}, "bad_message"),
        ({"version": True}, "bad_message"),
        ({"version": 1, "title": "x" * 201}, "bad_message"),
        ({"version": 1, "files": []}, "bad_message"),
        ({"version": 1, "main": "gone.py"}, "bad_message"),
        ({"version": 1, "files": [{"path": "b.py", "content": ""}]}, "bad_message"),
        ({"version": 1, "files": [{"path": "../x", "content": ""}]}, "bad_message"),
        ({"version": 1, "owner": 2}, "bad_message"),
        ({"version": 1, "language": "cobol"}, "unknown_language"),
    ],
)
def test_what_does_not_fit_changes_nothing(owner: User, change: dict[str, Any], code: str) -> None:
    snippet = a_snippet(owner)
    answer = Page(owner).ask("PUT", f"/snippets/{snippet.pk}/", change)
    assert refused(answer) == (400, code)
    snippet.refresh_from_db()
    assert (snippet.version, snippet.title, snippet.main) == (1, "Greeting", "main.py")


def test_without_a_csrf_token_nothing_changes(owner: User) -> None:
    snippet = a_snippet(owner)
    answer = Page(owner, with_token=False).ask("PUT", f"/snippets/{snippet.pk}/", {"version": 1})
    assert refused(answer) == (403, "csrf")


def test_an_expired_session_is_told_so_that_the_page_can_wait(owner: User) -> None:
    path = f"/snippets/{a_snippet(owner).pk}/"
    page = Page(owner)
    page.client.logout()
    page.client.cookies["csrftoken"] = "a" * 32
    assert refused(page.ask("PUT", path, {"version": 1})) == (403, "signed_out")


def test_a_database_that_stores_nothing_is_our_fault_and_no_traceback(
    owner: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import OperationalError

    def full(*args: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(store, "save", full)
    answer = Page(owner).ask("PUT", f"/snippets/{a_snippet(owner).pk}/", {"version": 1})
    assert refused(answer) == (503, "unavailable")
    assert "disk is full" in caplog.text
