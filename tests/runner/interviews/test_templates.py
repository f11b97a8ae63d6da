"""Templates: written, changed, copied, deleted, and what is refused."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner.interviews.forms import MOST_FILES
from runner.interviews.store import LONGEST_MINUTES, NOTES_CHARACTERS, TASK_CHARACTERS
from runner.interviews.testing import MOST_TESTS, TEXT_CHARACTERS
from runner.models import Interview, InterviewTemplate
from runner.protocol.paths import MAX_SOURCE_BYTES
from tests.a_room import Copy
from tests.an_interview import a_template
from tests.cast import signed_in

NEW = "/interviews/templates/new/"


@pytest.fixture
def browser(instructor: User) -> Client:
    return signed_in(instructor)


def sent(*files: tuple[str, str], tests: list[dict[str, str]] | None = None, **more: Any) -> Any:
    """What the form sends."""
    fields: dict[str, Any] = {
        "title": "Sorting",
        "task": "Sort.",
        "notes": "Stable?",
        "languages": ["python"],
        "minutes": "45",
    }
    fields |= {f"{name}-INITIAL_FORMS": "0" for name in ("files", "tests")}
    fields["files-TOTAL_FORMS"] = str(len(files))
    for number, (path, content) in enumerate(files):
        fields |= {f"files-{number}-path": path, f"files-{number}-content": content}
    fields["tests-TOTAL_FORMS"] = str(len(tests or []))
    for number, test in enumerate(tests or []):
        fields |= {f"tests-{number}-{name}": value for name, value in test.items()}
    return fields | more


def test_a_new_template_begins_with_an_hour_of_python(browser: Client) -> None:
    page = browser.get(NEW).text
    assert 'name="minutes" value="60"' in page
    assert re.search(r'name="languages" value="python"[^>]* checked', page)


def test_a_template_is_written_and_changed(browser: Client) -> None:
    cases = [
        {"name": "", "input": "3 1 2\r\n", "output": "1 2 3"},
        {"name": "Empty", "input": "", "output": "", "hidden": "on"},
        {"name": "", "input": "", "output": ""},
    ]
    files = ("main.py", "print()\r\n"), ("data/in.txt", "1"), ("", "")
    answer = browser.post(NEW, sent(*files, tests=cases))
    assert answer.headers["Location"] == "/interviews/templates/"
    one = InterviewTemplate.objects.get()
    assert (one.title, one.minutes, one.languages) == ("Sorting", 45, ["python"])
    assert one.files == [
        {"path": "main.py", "content": "print()\n"},
        {"path": "data/in.txt", "content": "1"},
    ]
    assert one.tests == [
        {"name": "Test 1", "input": "3 1 2\n", "output": "1 2 3", "hidden": False},
        {"name": "Empty", "input": "", "output": "", "hidden": True},
    ]
    page = browser.get(f"/interviews/templates/{one.pk}/").text
    assert "data/in.txt" in page
    browser.post(f"/interviews/templates/{one.pk}/", sent(title="Searching"))
    one.refresh_from_db()
    assert (one.title, one.tests) == ("Searching", [])
    assert one.files == [{"path": "main.py", "content": ""}]


@pytest.mark.parametrize("rows", ["files", "tests"])
def test_one_more_row_saves_nothing(browser: Client, rows: str) -> None:
    page = browser.post(NEW, sent(("main.py", "x = 1"), more=rows))
    assert page.status_code == 200
    number = {"files": 1, "tests": 0}[rows]
    field = {"files": "path", "tests": "name"}[rows]
    assert f'name="{rows}-{number}-{field}"' in page.text
    assert "x = 1" in page.text
    assert not InterviewTemplate.objects.exists()


LARGE: dict[str, Any] = {
    "task": sent(task="x" * (TASK_CHARACTERS + 1)),
    "notes": sent(notes="x" * (NOTES_CHARACTERS + 1)),
    "title": sent(title="x" * 201),
    "a title of two lines": sent(title="a\nb"),
    "minutes": sent(minutes=str(LONGEST_MINUTES + 1)),
    "fewer than no minutes": sent(minutes="-1"),
    "no language": sent(languages=[]),
    "a language that does not exist": sent(languages=["brainfuck"]),
    "one file": sent(("main.py", "x" * (MAX_SOURCE_BYTES + 1))),
    "all files": sent(("a.py", "x" * (MAX_SOURCE_BYTES // 2)), ("b.py", "x" * MAX_SOURCE_BYTES)),
    "too many files": sent(*((f"{number}.py", "") for number in range(MOST_FILES + 1))),
    "a file elsewhere": sent(("../main.py", "")),
    "a file of root": sent(("/etc/passwd", "")),
    "one name twice": sent(("main.py", "1"), ("main.py", "2")),
    "a text of no name": sent(("", "text")),
    "no text": sent(("main.py", "\0")),
    "input": sent(tests=[{"input": "x" * (TEXT_CHARACTERS + 1)}]),
    "expected output": sent(tests=[{"output": "x" * (TEXT_CHARACTERS + 1)}]),
    "too many tests": sent(tests=[{"input": "1"}] * (MOST_TESTS + 1)),
    "a number of rows that is none": sent() | {"tests-TOTAL_FORMS": "9" * 400},
}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_too_large_or_no_text_is_refused(browser: Client, what: str) -> None:
    answer = browser.post(NEW, LARGE[what])
    assert answer.status_code in {200, 400, 413}
    assert 'role="alert"' in answer.text
    assert not InterviewTemplate.objects.exists()


def test_a_copy_is_a_template_of_its_own(browser: Client, instructor: User) -> None:
    first = a_template(instructor)
    answer = browser.post(f"/interviews/templates/{first.pk}/copy/")
    copy = InterviewTemplate.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == f"/interviews/templates/{copy.pk}/"
    assert (copy.title, copy.tests) == ("Greeting (copy)", first.tests)
    browser.post(f"/interviews/templates/{first.pk}/delete/")
    assert InterviewTemplate.objects.get() == copy


def test_an_interview_begins_with_a_template_and_keeps_what_it_began_with(
    browser: Client, instructor: User
) -> None:
    template = a_template(instructor)
    browser.post(f"/interviews/templates/{template.pk}/begin/", {"candidate": "Ann"})
    browser.post(f"/interviews/templates/{template.pk}/delete/")
    one = Interview.objects.get()
    assert (one.title, one.candidate, one.tests) == ("Greeting", "Ann", template.tests)
    assert one.started_at is None
    assert one.notes is not None
    texts = []
    for room in (one.room, one.notes):
        copy = Copy()
        copy.take(bytes(room.updates.get().data))
        texts.append(copy.texts())
    assert texts == [{"main.py": template.files[0]["content"]}, {"notes.md": template.notes}]


def test_there_are_only_so_many(browser: Client, instructor: User, settings: Settings) -> None:
    from dataclasses import replace

    less = {"interview_templates_per_user": 1, "interviews_per_user": 1}
    settings.LIMITS = replace(settings.LIMITS, **less)
    template = a_template(instructor)
    for path in ("copy/", "begin/", "begin/"):
        browser.post(f"/interviews/templates/{template.pk}/{path}", {"candidate": ""})
    browser.post(NEW, sent())
    assert InterviewTemplate.objects.count() == 1
    assert Interview.objects.count() == 1
