"""GET /languages/ and the languages of the workspace: what the live executors report."""

import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from runner.languages import LANGUAGES
from runner.models import Executor
from runner.offered import views
from runner.runs import cached_offers, heartbeats
from tests.a_snippet import Page, refused
from tests.cast import signed_in


def of_page(user: User, language: str = "python") -> dict[str, Any]:
    cached_offers.forget()
    languages = signed_in(user).get("/").context["config"]["languages"]
    return next(each for each in languages if each["id"] == language)


def listed(user: User) -> dict[str, dict[str, Any]]:
    cached_offers.forget()
    status, body = Page(user).ask("GET", "/languages/")
    assert status == 200
    return {each["id"]: each for each in body["languages"]}


def test_every_language_is_listed_with_what_a_client_needs(owner: User) -> None:
    heartbeats.register_executor("one", 1, "rlimits", {"python": "3.11"})
    languages = listed(owner)
    assert list(languages) == list(LANGUAGES)
    assert languages["python"] == {
        "id": "python", "name": "Python", "version": "3.11", "extension": "py", "available": True,
        "reason": "",
        "windows": False,
    }  # fmt: skip


def test_who_is_not_signed_in_is_told_nothing(db: None) -> None:
    for path in ("/languages/", "/languages/python/examples/"):
        assert refused(Page(None).ask("GET", path)) == (403, "signed_out")


def test_before_any_executor_has_reported_python_is_expected(owner: User) -> None:
    python = of_page(owner)
    assert (python["version"], python["available"], python["reason"]) == ("", True, "")


def test_the_page_shows_all_that_a_program_may_get(owner: User) -> None:
    for name, version in (("one", "3.11"), ("two", "3.9"), ("three", "3.11")):
        heartbeats.register_executor(name, 1, "rlimits", {"python": version})
    heartbeats.register_executor("cannot run anything", 1, "", {"python": "2.7"})
    gone = heartbeats.register_executor("gone", 1, "rlimits", {"python": "3.13"})
    heartbeats.mark_executor_ended(gone)
    assert of_page(owner)["version"] == "3.9 / 3.11"


def test_while_none_is_alive_what_the_last_one_had_is_expected(owner: User) -> None:
    for name, version in (("old", "3.11"), ("new", "3.13")):
        executor = heartbeats.register_executor(name, 1, "rlimits", {"python": version})
        heartbeats.mark_executor_ended(executor)
    python = of_page(owner)
    assert (python["version"], python["available"]) == ("3.13", True)


@pytest.mark.parametrize(
    ("versions", "preselected"),
    [
        ({"python": "3.11"}, "python"),
        ({"python": "3.11", "python3.13": "3.13", "python3.14": "3.14"}, "python3.14"),
        ({"python": "3.11", "python3.9": "3.9"}, "python"),
        ({"python": "3.11", "python3.15rc1": "3.15", "python3.14-slim": "3.14"}, "python"),
        ({"python": "3.11", "pypy": "3.99", "c": "12.2"}, "python"),
        ({"python": "", "java": "17"}, "python"),
    ],
)
def test_the_newest_python_that_is_no_preview_is_preselected(
    owner: User, versions: dict[str, str], preselected: str
) -> None:
    heartbeats.register_executor("one", 1, "rlimits", versions)
    cached_offers.forget()
    assert signed_in(owner).get("/").context["config"]["preselected"] == preselected


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_language_that_no_executor_has_says_so(
    owner: User, instructor: User, language: str
) -> None:
    heartbeats.register_executor("one", 1, "rlimits", {"cobol": "3"})
    for user, told in ((owner, r"Lehrkraft|teacher"), (instructor, "make languages ARGS=python")):
        cached_offers.forget()
        answer = signed_in(user).get("/languages/", headers={"accept-language": language}).json()
        (python,) = (each for each in answer["languages"] if each["id"] == "python")
        assert (python["available"], python["version"]) == (False, "")
        assert re.search(told, python["reason"])


def test_an_executor_cannot_put_anything_else_on_the_page(owner: User) -> None:
    hostile: list[Any] = [
        [], "3.11", None, {"python": "<b>3.11</b>"}, {"python": 3}, {"python": "1" * 21},
        {"python": ["3.11"]}, {"<script>": "1", "x": "1"}, {str(n): "1" for n in range(1000)},
    ]  # fmt: skip
    for number, reported in enumerate(hostile):
        name = f"hostile {number}"
        executor = heartbeats.register_executor(name, 1, "rlimits", {"python": "3.11"})
        Executor.objects.filter(pk=executor.pk).update(languages=reported or [])
    assert list(listed(owner)) == list(LANGUAGES)
    assert of_page(owner)["available"] is False


@pytest.mark.parametrize("field", ["languages", "withheld"])
def test_an_executor_cannot_store_so_much_that_reading_it_takes_long(db: None, field: str) -> None:
    much = {str(number): "x" * 100 for number in range(1000)}
    with pytest.raises(IntegrityError):
        Executor.objects.create(name="hostile", capacity=1, sandbox="x", **{field: much})


def test_many_executors_cannot_make_the_version_long(owner: User) -> None:
    for number in range(9):
        heartbeats.register_executor(str(number), 1, "rlimits", {"python": f"3.{number}"})
    assert of_page(owner)["version"] == "3.0 / 3.1 / 3.2"


def test_many_pages_read_the_rows_once(owner: User, django_assert_num_queries: Any) -> None:
    heartbeats.register_executor("one", 1, "rlimits", {"python": "3.11"})
    page = Page(owner)
    page.ask("GET", "/languages/")
    with django_assert_num_queries(2):  # the session and its user
        page.ask("GET", "/languages/")
    browser = signed_in(owner)
    with django_assert_num_queries(3):  # and the user's classes
        browser.get("/")


def test_places_in_errors_are_found_by_the_expressions_of_javascript(owner: User) -> None:
    (pattern,) = of_page(owner)["problems"]
    assert "(?<path>" in pattern
    assert "(?P" not in pattern


def test_examples_of_invented_versions_are_not_all_kept(owner: User) -> None:
    page = Page(owner)
    for number in range(70):
        assert page.ask("GET", f"/languages/python3.14-x{number}/examples/")[0] == 200
    assert views._encoded.cache_info().currsize <= 64


def test_examples_are_kept_by_the_browser_until_they_change(owner: User) -> None:
    client: Client = signed_in(owner)
    answer = client.get("/languages/python/examples/")
    examples = answer.json()["examples"]
    assert examples[0]["title"].keys() == {"en", "de"}
    assert examples[0]["files"][0].keys() == {"path", "content"}
    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get("/languages/python/examples/", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/languages/python/examples/", headers={"if-none-match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize("language", ["cobol", "..", "python%00", "a" * 5000])
def test_there_are_no_examples_of_an_unknown_language(owner: User, language: str) -> None:
    answer = signed_in(owner).get(f"/languages/{language}/examples/")
    assert answer.status_code == 404
