"""GET /languages/<id>/words/: the keywords and templates that editors suggest."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner.languages import LANGUAGES
from tests.a_snippet import Page, refused
from tests.cast import signed_in

WRITTEN = [each.id for each in LANGUAGES.values() if not each.console]
PLACE = re.compile(r"(?<!\\)\$(?:\{(\d+)(?::[^{}]*)?\}|(\d+))")


def of(user: User, language: str) -> dict[str, Any]:
    status, body = Page(user).ask("GET", f"/languages/{language}/words/")
    assert status == 200
    assert isinstance(body, dict)
    return body


@pytest.mark.parametrize("language", WRITTEN)
def test_every_language_has_words_and_templates(owner: User, language: str) -> None:
    words = of(owner, language)
    assert len(words["templates"]) >= 5
    # Python's own are known to the page.
    assert len(words["keywords"]) >= (0 if LANGUAGES[language].monaco == "python" else 25)
    assert len(set(words["keywords"])) == len(words["keywords"])


@pytest.mark.parametrize("language", WRITTEN)
def test_templates_are_ones_that_both_editors_can_read(owner: User, language: str) -> None:
    templates = of(owner, language)["templates"]
    assert len({each["name"] for each in templates}) == len(templates)
    for template in templates:
        text = template["text"]
        places = PLACE.findall(text)
        assert places, template
        # Every other dollar sign would be read as a place.
        assert not re.search(r"(?<!\\)\$", PLACE.sub("", text)), template
        assert text == text.strip("\n")
        assert not re.search(r"^\t* +\t", text, re.MULTILINE), "indented by tabs alone"


def test_it_is_asked_for_again_only_when_it_has_changed(owner: User) -> None:
    browser: Client = signed_in(owner)
    first = browser.get("/languages/go/words/")
    assert first["Cache-Control"] == "private, no-cache"
    again = browser.get("/languages/go/words/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = browser.get("/languages/go/examples/", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


def test_other_languages_and_other_people_get_none(owner: User) -> None:
    assert refused(Page(owner).ask("GET", "/languages/cobol/words/"))[0] == 404
    assert refused(Page(None).ask("GET", "/languages/go/words/")) == (403, "signed_out")
