"""What the endpoints answer is what the protocol declares, field by field."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel
from pytest_django import Settings

from accounts.models import User
from runner.protocol import http, snippets
from runner.protocol.paths import MAX_SOURCE_BYTES
from runner.protocol.preferences import Preferences
from runner.protocol.reasons import ReasonCode
from runner.protocol.snippets import CHECKED
from tests.a_snippet import NEW, Page
from tests.cast import signed_in

CONFIG = re.compile(r'<script id="workspace-config" type="application/json">(.*?)</script>')
FILE = {"path": "main.py", "content": ""}
# What the page checks by itself, and a request that the server refuses for it.
WRONG: dict[ReasonCode, dict[str, Any]] = {
    ReasonCode.PATH_EMPTY: {"files": [FILE | {"path": ""}]},
    ReasonCode.PATH_ABSOLUTE: {"files": [FILE | {"path": "/x"}]},
    ReasonCode.PATH_CHARACTERS: {"files": [FILE | {"path": "a\\b"}]},
    ReasonCode.PATH_PARTS: {"files": [FILE | {"path": "../x"}]},
    ReasonCode.PATH_DEEP: {"files": [FILE | {"path": "a/" * 8 + "x"}]},
    ReasonCode.PATH_LONG: {"files": [FILE | {"path": "x" * 201}]},
    ReasonCode.PATH_TWICE: {"files": [FILE, FILE]},
    ReasonCode.PATH_OF_FOLDER: {"files": [FILE, FILE | {"path": "main.py/x"}]},
    ReasonCode.TITLE_EMPTY: {"title": " "},
    ReasonCode.TITLE_LONG: {"title": "x" * 201},
    ReasonCode.TITLE_CHARACTERS: {"title": "a\nb"},
    ReasonCode.SOURCES_TOO_LARGE: {"files": [FILE | {"content": "x" * (MAX_SOURCE_BYTES + 1)}]},
    ReasonCode.TOO_MANY_SOURCES: {"files": [FILE | {"path": str(n)} for n in range(21)]},
}


def assert_is(model: type[BaseModel], body: object) -> None:
    """Neither more nor less than declared, written in the same way."""
    parsed = model.model_validate_json(json.dumps(body))
    assert parsed.model_dump(mode="json") == body


def config_of(browser: Client, path: str, **headers: str) -> dict[str, Any]:
    page = browser.get(path, headers=headers).content.decode()
    found = CONFIG.search(page)
    assert found, page
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_a_snippet_is_as_declared_in_every_answer(owner: User, settings: Settings) -> None:
    settings.EMBED_ALLOWED_ORIGINS = ["https://lms.example.edu"]
    page = Page(owner)
    _, made = page.ask("POST", "/snippets/", NEW)
    path = f"/snippets/{made['id']}/"
    _, read = page.ask("GET", path)
    _, saved = page.ask("PUT", path, {"version": 1, "title": "New"})
    _, shared = page.ask("PUT", path + "share/", {"shared": True, "embed": True})
    _, copied = page.ask("POST", path + "duplicate/")
    for body in (made, read, saved, shared, copied):
        assert_is(snippets.Snippet, body)
    assert shared["share"]["embed"] is True
    assert read["updated_at"].endswith("+00:00")


def test_a_snippet_that_todays_rules_forbid_is_still_shown(owner: User) -> None:
    page = Page(owner)
    _, made = page.ask("POST", "/snippets/", NEW)
    owner.snippets.update(files=[FILE | {"path": "/from/before"}])
    _, read = page.ask("GET", f"/snippets/{made['id']}/")
    assert read["files"][0]["path"] == "/from/before"


def test_the_list_is_as_declared(owner: User) -> None:
    page = Page(owner)
    page.ask("POST", "/snippets/", NEW)
    _, body = page.ask("GET", "/snippets/")
    assert_is(snippets.SnippetPage, body)
    assert body["total"] == 1


def test_a_refusal_and_a_conflict_are_as_declared(owner: User) -> None:
    page = Page(owner)
    _, made = page.ask("POST", "/snippets/", NEW)
    path = f"/snippets/{made['id']}/"
    page.ask("PUT", path, {"version": 1, "title": "Mine"})
    status, conflict = page.ask("PUT", path, {"version": 1, "title": "Theirs"})
    assert status == 409
    assert_is(http.ConflictBody, conflict)
    for _, body in (page.ask("GET", "/snippets/12345/"), Page(None).ask("GET", "/snippets/")):
        assert_is(http.ErrorBody, body)


def test_preferences_are_as_declared(owner: User) -> None:
    page = Page(owner)
    _, body = page.ask("GET", "/preferences/")
    assert_is(Preferences, body)
    assert body == Preferences().model_dump(mode="json")


def test_the_state_of_the_site_is_as_declared(client: Client, db: None) -> None:
    headers = {"accept": "application/json"}
    assert_is(http.SiteStatus, client.get("/", headers=headers).json())
    assert_is(http.Health, client.get("/healthz").json())


def test_the_page_is_configured_as_declared(owner: User) -> None:
    config = config_of(signed_in(owner), "/")
    assert_is(http.WorkspaceConfig, config)
    assert (config["user"], config["snippet"], config["run"]) == (owner.username, None, False)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_says_the_servers_sentence_about_a_name(owner: User, language: str) -> None:
    wish = {"accept-language": language}
    sentences = config_of(signed_in(owner), "/", **wish)["sentences"]
    assert set(WRONG) == set(CHECKED) == set(sentences)
    page = Page(owner)
    page.headers |= wish
    refused = {
        code: page.ask("POST", "/snippets/", NEW | wrong)[1] for code, wrong in WRONG.items()
    }
    told = {code: body["error"]["message"] for code, body in refused.items()}
    assert told == sentences
