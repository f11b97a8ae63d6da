"""Breakpoints are stored with their snippet, and are no part of its text."""

from typing import Any

import pytest
from django.test import override_settings
from pytest_django import Settings

from accounts.models import User
from runner.models import Snippet
from runner.protocol.snippets import BREAKPOINT_CHARACTERS, MAX_BREAKPOINTS, MAX_LINE, SnippetChange
from runner.snippets import store
from tests.a_snippet import NEW, Page, a_snippet, refused
from tests.cast import someone

PLAIN: dict[str, Any] = {"path": "main.py", "line": 1, "condition": "", "hits": "", "log": ""}
OTHER = {"path": "main.py", "line": 2, "condition": "x > 1", "hits": ">= 5", "log": "x is {x}"}


def saved(page: Page, snippet: Snippet, **change: object) -> Any:
    status, body = page.ask("PUT", f"/snippets/{snippet.pk}/", {"version": 1} | change)
    assert status == 200, body
    return body


def test_they_are_no_new_version(owner: User) -> None:
    """Else a shared snippet would count as changed, and other tabs would conflict."""
    snippet, page = a_snippet(owner), Page(owner)
    body = saved(page, snippet, breakpoints=[PLAIN, OTHER])
    assert (body["version"], body["breakpoints"]) == (1, [PLAIN, OTHER])
    assert body["updated_at"] == snippet.updated_at.isoformat()
    assert page.ask("GET", f"/snippets/{snippet.pk}/")[1] == body


def test_a_page_that_sends_all_that_it_has_makes_no_new_version_of_the_same_text(
    owner: User,
) -> None:
    body = saved(Page(owner), a_snippet(owner), **NEW, breakpoints=[PLAIN])
    assert (body["version"], body["breakpoints"]) == (1, [PLAIN])


def test_with_another_text_they_are_saved_as_one(owner: User) -> None:
    snippet, page = a_snippet(owner), Page(owner)
    files = [{"path": "main.py", "content": "\nmoved"}]
    body = saved(page, snippet, files=files, breakpoints=[PLAIN | {"line": 2}])
    assert (body["version"], body["breakpoints"][0]["line"]) == (2, 2)
    answer = page.ask("PUT", f"/snippets/{snippet.pk}/", {"version": 1, "breakpoints": []})
    assert answer[0] == 409
    assert answer[1]["current"] == body


def test_who_does_not_name_them_keeps_them(owner: User) -> None:
    snippet, page = a_snippet(owner, breakpoints=[PLAIN]), Page(owner)
    assert saved(page, snippet, title="Other")["breakpoints"] == [PLAIN]
    body = page.ask("PUT", f"/snippets/{snippet.pk}/", {"version": 2, "breakpoints": []})[1]
    assert (body["version"], body["breakpoints"]) == (2, [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": 0},
        {"line": MAX_LINE + 1},
        {"line": "1"},
        {"line": True},
        {"path": "../main.py"},
        {"path": "/etc/passwd"},
        {"condition": "x" * (BREAKPOINT_CHARACTERS + 1)},
        {"log": "a\0b"},
        {"hits": 5},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_none_is_refused(owner: User, wrong: dict[str, object]) -> None:
    snippet = a_snippet(owner)
    change = {"version": 1, "breakpoints": [PLAIN | wrong]}
    assert refused(Page(owner).ask("PUT", f"/snippets/{snippet.pk}/", change)) == (
        400,
        "bad_message",
    )
    snippet.refresh_from_db()
    assert snippet.breakpoints == []


def test_more_than_a_snippet_may_have_are_refused(owner: User) -> None:
    snippet, page = a_snippet(owner), Page(owner)
    many = [PLAIN | {"line": line} for line in range(1, MAX_BREAKPOINTS + 2)]
    change = {"version": 1, "breakpoints": many}
    assert refused(page.ask("PUT", f"/snippets/{snippet.pk}/", change)) == (400, "bad_message")
    assert len(saved(page, snippet, breakpoints=many[1:])["breakpoints"]) == MAX_BREAKPOINTS


def test_their_bytes_count_as_the_owners(owner: User, settings: Settings) -> None:
    snippet, page = a_snippet(owner), Page(owner)
    before = snippet.size_bytes
    saved(page, snippet, breakpoints=[PLAIN | {"log": "x" * 400}])
    snippet.refresh_from_db()
    assert before + 400 < snippet.size_bytes < before + 500
    full = settings.LIMITS.__class__(snippet_bytes_per_user=snippet.size_bytes)
    with override_settings(LIMITS=full):
        change = {"version": 1, "breakpoints": [PLAIN | {"log": "x" * 500}]}
        answer = page.ask("PUT", f"/snippets/{snippet.pk}/", change)
    assert refused(answer) == (403, "not_allowed")


def test_a_duplicate_has_them_and_who_copies_a_shared_snippet_has_not(owner: User) -> None:
    snippet, page = a_snippet(owner, breakpoints=[PLAIN]), Page(owner)
    assert page.ask("POST", f"/snippets/{snippet.pk}/duplicate/")[1]["breakpoints"] == [PLAIN]
    share = {"shared": True, "embed": False}
    slug = page.ask("PUT", f"/snippets/{snippet.pk}/share/", share)[1]["share"]["slug"]
    reader = Page(someone("reader"))
    assert reader.ask("POST", f"/s/{slug}/fork/")[1]["breakpoints"] == []


def test_a_text_that_is_restored_leaves_them_with_the_one_before(owner: User) -> None:
    snippet = a_snippet(owner, breakpoints=[PLAIN])
    change = SnippetChange.model_validate(
        {"version": 1, "main": "main.py", "files": [{"path": "main.py", "content": "old"}]}
    )
    kept = store.replace(owner, snippet.pk, change)
    assert kept is not None
    assert kept.breakpoints == [PLAIN]
