"""The pages of visitors: what they say, who may frame them, and what they leave alone."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner.models import Snippet
from tests.cast import signed_in
from tests.runner.visitors.conftest import an_open_snippet

pytestmark = pytest.mark.django_db


def config_of(answer: Any) -> dict[str, Any]:
    found = re.search(r'<script id="try-config"[^>]*>(.*?)</script>', answer.content.decode())
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.split(maxsplit=1) for part in answer["Content-Security-Policy"].split(";"))
    return {part[0]: part[1] if part[1:] else "" for part in parts if part}


def test_a_page_shows_the_shared_version_to_anybody(client: Client, snippet: Snippet) -> None:
    answer = client.get(f"/try/{snippet.slug}/")
    config = config_of(answer)
    assert answer.status_code == 200
    assert (config["title"], config["language"]["id"]) == ("Greeting", "python")
    assert [file["path"] for file in config["files"]] == ["main.py"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "teacher" not in answer.content.decode()


def test_what_it_says_is_data_and_no_markup(client: Client, teacher: User) -> None:
    hostile = "</script><script>alert(1)</script>"
    files = [{"path": "main.py", "content": hostile}]
    made = an_open_snippet(teacher, title=hostile, files=files)
    for path in (f"/try/{made.slug}/", f"/try/{made.slug}/embed/"):
        answer = client.get(path)
        assert hostile not in answer.content.decode()
        assert config_of(answer)["files"][0]["content"] == hostile


def test_the_page_may_not_be_framed_and_the_frame_may(client: Client, snippet: Snippet) -> None:
    page = client.get(f"/try/{snippet.slug}/")
    assert page["X-Frame-Options"] == "DENY"
    assert policy_of(page)["frame-ancestors"] == "'none'"
    frame = client.get(f"/try/{snippet.slug}/embed/")
    assert "X-Frame-Options" not in frame
    assert policy_of(frame)["frame-ancestors"] == "http: https:"
    assert policy_of(frame)["script-src"] == "'self'"
    assert policy_of(frame)["form-action"] == "'none'"


def test_a_site_may_say_who_frames_it(client: Client, snippet: Snippet, settings: Settings) -> None:
    settings.EMBED_ALLOWED_ORIGINS = ["https://lms.example.edu"]
    frame = client.get(f"/try/{snippet.slug}/embed/")
    assert policy_of(frame)["frame-ancestors"] == "https://lms.example.edu"


@pytest.mark.parametrize("signed", [False, True])
def test_a_frame_neither_reads_nor_sets_cookies(
    snippet: Snippet, teacher: User, signed: bool
) -> None:
    browser = signed_in(teacher) if signed else Client()
    answer = browser.get(f"/try/{snippet.slug}/embed/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "").replace("Accept-Language", "")
    assert "teacher" not in answer.content.decode()


def test_a_frame_says_why_there_is_no_program(client: Client, settings: Settings) -> None:
    answer = client.get("/try/not-there/embed/")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.content.decode()
    assert "X-Frame-Options" not in answer
    settings.VISITORS = "shared"
    answer = client.get("/try/inline/embed/")
    assert (answer.status_code, b"try-config" in answer.content) == (404, False)


def test_a_frame_has_the_language_and_the_look_of_its_page(client: Client) -> None:
    answer = client.get("/try/inline/embed/?language=java&lang=de&theme=dark").content.decode()
    assert '<html lang="de" data-theme="dark">' in answer
    assert "Zurücksetzen" in answer
    odd = client.get('/try/inline/embed/?language=<b>&lang=xx"&theme="><b>')
    assert b"<b>" not in odd.content
    assert config_of(odd)["language"]["id"] == "python"


def test_a_frame_of_a_course_page_has_no_code_of_ours(client: Client) -> None:
    config = config_of(client.get("/try/inline/embed/?language=javascript"))
    assert (config["inline"], config["files"]) == (True, [])
    assert config["language"]["id"] == "javascript"


@pytest.mark.parametrize("visitors", ["off", "shared", "any"])
def test_the_sign_in_page_has_a_program_where_visitors_may_run_it(
    client: Client, settings: Settings, visitors: str
) -> None:
    settings.VISITORS = visitors
    answer = client.get("/accounts/login/")
    assert answer.status_code == 200
    assert (b"try-config" in answer.content) is (visitors != "off")
    assert answer["X-Frame-Options"] == "DENY"


def test_sharing_says_whether_visitors_may_run_it(teacher: User, snippet: Snippet) -> None:
    browser = signed_in(teacher)
    path = f"/snippets/{snippet.pk}/"
    share = browser.get(path, headers={"accept": "application/json"}).json()["share"]
    assert share["visitors"]
    assert share["try_url"].endswith(f"/try/{snippet.slug}/")
