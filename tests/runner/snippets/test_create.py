"""POST /snippets/: a program is kept."""

import json
from typing import Any

import pytest
from django.utils.dateparse import parse_datetime
from pytest_django import Settings

from accounts.models import User
from runner.languages import Language
from runner.limits import Limits
from runner.models import Snippet
from runner.protocol.paths import MAX_SOURCE_BYTES
from runner.runs import register_executor
from tests.a_language import logo
from tests.a_snippet import NEW, Page, a_snippet, refused

__all__ = ["logo"]

FILE = {"path": "main.py", "content": "x"}


def test_it_is_answered_as_it_was_stored(owner: User) -> None:
    files = [{"path": "main.py", "content": "import π\n"}, {"path": "lib/π.py", "content": ""}]
    status, made = Page(owner).ask("POST", "/snippets/", NEW | {"files": files, "title": " ü "})
    assert status == 201
    assert parse_datetime(made.pop("updated_at"))
    snippet = Snippet.objects.get()
    assert made == {
        "id": snippet.pk,
        "title": "ü",
        "language": "python",
        "main": "main.py",
        "files": files,
        "version": 1,
        "share": None,
        "locked": [],
        "breakpoints": [],
    }
    assert (snippet.owner, snippet.files) == (owner, files)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "x" * 300}, "at most 200 characters"),
        ({"title": "  "}, "A snippet needs a title."),
        ({"title": "a\nb"}, "control characters"),
        ({"title": "invoice\u202efdp.py"}, "invisible"),
        ({"title": "a\u2066b"}, "invisible"),
        ({"title": "a\u200bb"}, "invisible"),
        ({"title": "a\u200db"}, "invisible"),
        ({"title": "a\ue000b"}, "invisible"),
        ({"title": "a\x85b"}, "invisible"),
        ({"title": None}, "title"),
        ({"files": []}, "at least one file"),
        ({"files": [{"path": f"{n}", "content": ""} for n in range(21)]}, "at most 20 files"),
        ({"files": [FILE, FILE]}, "already a file with this name"),
        (
            {"files": [FILE, {"path": "main.py/x", "content": ""}]},
            "a folder cannot have the same name",
        ),
        (
            {"files": [{"path": "../main.py", "content": ""}]},
            "A file name may not contain “..”",
        ),
        ({"files": [{"path": "/etc/passwd", "content": ""}]}, "begin with “/”"),
        ({"files": [{"path": "a\\b", "content": ""}]}, "“\\” or control characters"),
        ({"files": [{"path": "n" * 201, "content": ""}]}, "file name is too long"),
        ({"files": [{"path": "main.py", "content": "\x00PNG"}]}, "NUL"),
        ({"files": [{"path": "main.py", "content": "x" * (MAX_SOURCE_BYTES + 1)}]}, "512 KB"),
        ({"files": [{"path": "main.py", "content": "€" * 180_000}]}, "512 KB"),
        ({"files": [FILE | {"mode": 7}]}, "files.0.mode"),
        ({"main": "other.py"}, "The file to run is not one of the files."),
        ({"owner": 1}, "owner"),
        ({"id": 7}, "id"),
        ({"slug": "mine"}, "slug"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    owner: User, fields: dict[str, Any], words: str
) -> None:
    status, body = Page(owner).ask("POST", "/snippets/", NEW | fields)
    assert (status, body["error"]["code"]) == (400, "bad_message")
    assert words in body["error"]["message"]
    assert len(body["error"]["message"]) <= 200
    assert not Snippet.objects.exists()


def test_the_largest_one_fits(owner: User) -> None:
    """Also as JSON that escapes every character."""
    files = [{"path": "main.py", "content": '"' * MAX_SOURCE_BYTES}]
    assert Page(owner).ask("POST", "/snippets/", NEW | {"files": files})[0] == 201


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', b"\xff", '{"title": "\\ud800"}', "9" * 5000]
)
def test_what_is_no_snippet_is_refused(owner: User, body: str) -> None:
    response = Page(owner).send("POST", "/snippets/", body)
    assert refused((response.status_code, json.loads(response.content))) == (400, "bad_message")


def test_ten_megabytes_are_too_large(owner: User) -> None:
    body = NEW | {"files": [{"path": "main.py", "content": "x" * 10_000_000}]}
    assert refused(Page(owner).ask("POST", "/snippets/", body)) == (413, "too_large")


def test_only_json_is_read(owner: User) -> None:
    response = Page(owner).send("POST", "/snippets/", json.dumps(NEW), "text/plain")
    assert response.status_code == 400


def test_a_language_that_no_executor_has_is_kept_all_the_same(owner: User, logo: Language) -> None:
    register_executor("one", 1, "rlimits", {"python": "3.11"})
    status, made = Page(owner).ask("POST", "/snippets/", NEW | {"language": logo.id})
    assert (status, made["language"]) == (201, logo.id)


def test_an_unknown_language_is_refused(owner: User) -> None:
    answer = Page(owner).ask("POST", "/snippets/", NEW | {"language": "cobol"})
    assert refused(answer) == (400, "unknown_language")


def test_without_a_csrf_token_nothing_is_stored(owner: User) -> None:
    answer = Page(owner, with_token=False).ask("POST", "/snippets/", NEW)
    assert refused(answer) == (403, "csrf")
    assert not Snippet.objects.exists()


def test_the_signed_out_are_told_so(db: None) -> None:
    assert refused(Page(None).ask("POST", "/snippets/", NEW)) == (403, "signed_out")
    assert not Snippet.objects.exists()


def test_a_user_has_so_many_and_no_more(owner: User, classmate: User, settings: Settings) -> None:
    settings.LIMITS = Limits(snippets_per_user=2)
    a_snippet(classmate)
    page = Page(owner)
    for _ in range(2):
        _, made = page.ask("POST", "/snippets/", NEW)
    assert refused(page.ask("POST", "/snippets/", NEW)) == (403, "not_allowed")
    assert refused(page.ask("POST", f"/snippets/{made['id']}/duplicate/")) == (403, "not_allowed")
    assert page.ask("DELETE", f"/snippets/{made['id']}/")[0] == 204
    assert page.ask("POST", "/snippets/", NEW)[0] == 201
    assert Snippet.objects.filter(owner=owner).count() == 3


def test_a_users_snippets_hold_so_much_and_no_more(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(snippet_bytes_per_user=2000)
    page = Page(owner)
    files = [{"path": "main.py", "content": "x" * 900}]
    for _ in range(2):
        status, made = page.ask("POST", "/snippets/", NEW | {"files": files})
        assert status == 201
    path = f"/snippets/{made['id']}/"
    assert refused(page.ask("POST", "/snippets/", NEW | {"files": files})) == (403, "not_allowed")
    files = [{"path": "main.py", "content": "x" * 1200}]
    assert refused(page.ask("PUT", path, {"version": 1, "files": files})) == (403, "not_allowed")
    files = [{"path": "main.py", "content": "x" * 800}]
    assert page.ask("PUT", path, {"version": 1, "files": files})[0] == 200
    assert page.ask("PUT", path, {"version": 2, "title": "No larger"})[0] == 200


def test_what_waits_to_be_restored_holds_no_more_either(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(snippet_bytes_per_user=2000)
    page = Page(owner)
    files = [{"path": "main.py", "content": "x" * 900}]
    for number in range(5):
        _, made = page.ask("POST", "/snippets/", NEW | {"files": files, "title": str(number)})
        page.ask("DELETE", f"/snippets/{made['id']}/")
    titles = Snippet.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["3", "4"]


def test_deleting_and_creating_in_turn_does_not_fill_the_disk(
    owner: User, settings: Settings
) -> None:
    settings.LIMITS = Limits(deleted_snippets_per_user=2)
    page = Page(owner)
    for number in range(6):
        _, made = page.ask("POST", "/snippets/", NEW | {"title": str(number)})
        page.ask("DELETE", f"/snippets/{made['id']}/")
    titles = Snippet.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["4", "5"]
