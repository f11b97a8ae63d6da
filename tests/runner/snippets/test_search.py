"""A search takes so much of the database's time, and no more."""

import threading
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner import snippets
from runner.infrastructure.http import request_counts
from runner.limits import KIB, Limits
from runner.models import Snippet
from runner.snippets import search
from tests.a_snippet import Page, refused
from tests.cast import signed_in

SLOW_WORD = "a" * 199 + "b"  # compared 199 times at each place
CUT = "only your newest snippets were searched"


def full_of_a(owner: User, count: int) -> None:
    text = "a" * 500 * KIB
    for number in range(count):
        Snippet.objects.create(
            owner=owner, title=str(number), language="python", main="main.py", files=[],
            size_bytes=len(text), search_text=text, updated_at=f"2026-11-{number + 1:02}T12:00Z",
        )  # fmt: skip


def test_a_search_ends_when_its_time_is_up_and_says_so(owner: User, settings: Settings) -> None:
    full_of_a(owner, 20)
    Snippet.objects.filter(title="19").update(search_text=SLOW_WORD)
    settings.LIMITS = Limits(search_ms=50)
    began = time.monotonic()
    status, found = Page(owner).ask("GET", f"/snippets/?q={SLOW_WORD}")
    assert time.monotonic() - began < 2  # all of it takes longer
    assert (status, found["complete"]) == (200, False)
    assert [snippet["title"] for snippet in found["snippets"]] == ["19"]  # the newest come first
    assert CUT in signed_in(owner).get(f"/snippets/?q={SLOW_WORD}").content.decode()


def test_one_that_is_quick_searches_everything(owner: User) -> None:
    full_of_a(owner, 3)
    Snippet.objects.filter(title="0").update(search_text="needle", size_bytes=0)
    found = snippets.find(owner, "needle")
    assert [snippet.title for snippet in found.snippets] == ["0"]
    assert found.complete
    assert CUT not in signed_in(owner).get("/snippets/?q=needle").content.decode()


def test_no_statement_searches_much(owner: User) -> None:
    full_of_a(owner, 10)
    batches = search.Batches(list(Snippet.objects.values_list("pk", "size_bytes")))
    assert [len(batches.next(quick=True)) for _ in range(3)] == [4, 6, 0]
    batches = search.Batches([(number, 500 * KIB) for number in range(30)])
    assert [len(batches.next(quick=True)) for _ in range(3)] == [4, 8, 8]
    assert [len(batches.next(quick=False)) for _ in range(3)] == [2, 2, 2]


def test_who_has_searched_for_long_waits_and_nobody_else(
    owner: User, classmate: User, settings: Settings
) -> None:
    full_of_a(owner, 4)
    settings.LIMITS = Limits(search_ms_per_minute=3)
    assert Page(owner).ask("GET", f"/snippets/?q={SLOW_WORD}")[0] == 200
    answer = Page(owner).ask("GET", "/snippets/?q=x")
    assert refused(answer) == (429, "rate_limited")
    page = signed_in(owner).get("/snippets/?q=x")
    assert page.status_code == 429
    assert "You searched a lot" in page.content.decode()
    assert signed_in(owner).get("/snippets/").status_code == 200  # no search
    assert Page(classmate).ask("GET", "/snippets/?q=x")[0] == 200


def test_a_users_searches_take_turns() -> None:
    at_once, most = 0, 0
    lock = threading.Lock()

    def one() -> None:
        nonlocal at_once, most
        with request_counts.one_at_a_time(1, "search", 10):
            with lock:
                at_once += 1
                most = max(most, at_once)
            threading.Event().wait(0.01)
            with lock:
                at_once -= 1

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_who_waits_too_long_for_the_other_search_is_told(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WAIT_SECONDS", 0.05)
    with request_counts.one_at_a_time(owner.pk, "search", 1):
        assert refused(Page(owner).ask("GET", "/snippets/?q=x")) == (429, "rate_limited")
    assert Page(owner).ask("GET", "/snippets/?q=x")[0] == 200


def test_restoring_needs_room(owner: User, settings: Settings, client: Client) -> None:
    """Else deleting, saving and restoring in turn would fill the disk."""
    settings.LIMITS = Limits(snippet_bytes_per_user=1000)
    body: dict[str, Any] = {"title": "T", "language": "python", "main": "m.py"}
    page = Page(owner)

    def save() -> int:
        files = [{"path": "m.py", "content": "x" * 700}]
        status, snippet = page.ask("POST", "/snippets/", body | {"files": files})
        assert status == 201
        return int(snippet["id"])

    first = save()
    page.ask("DELETE", f"/snippets/{first}/")
    second = save()
    assert refused(page.ask("POST", f"/snippets/{first}/restore/", {})) == (403, "not_allowed")
    page.ask("DELETE", f"/snippets/{second}/")
    assert page.ask("POST", f"/snippets/{first}/restore/", {})[0] == 404  # they held too much
    assert page.ask("POST", f"/snippets/{second}/restore/", {})[0] == 200
