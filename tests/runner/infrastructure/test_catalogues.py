"""A sentence is kept once per language: on the server or in the page's scripts."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping

import pytest

from scripts import messages
from tests.services import ROOT

TEXTS = ROOT / "static" / "src" / "common" / "i18n"
ENTRY = re.compile(r'^  "?([\w.]+)"?:\s*("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
KEY = re.compile(r'^  "?[\w.]+"?:', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
A_LABEL = 3  # words: `New file` is on a button of the page and in a menu of its scripts


def page_texts(language: str) -> dict[str, str]:
    source = (TEXTS / f"texts_{language}.ts").read_text()
    found = ENTRY.findall(source)
    assert len(found) == len(KEY.findall(source)) > 100, "an entry is written in another way"
    return {key: json.loads(text) for key, text in found}


def server_texts(language: str) -> set[str]:
    """Of Django's catalogue, each form of a plural by itself."""
    (path,) = (path for path in messages.CATALOGUES if path.parts[-3] == "de")
    texts: set[str] = set()
    for message in messages.read(path):
        form = message.id if language == "en" else message.string
        texts |= set(form) if isinstance(form, tuple) else {str(form)}
    return texts - {""}


def same(text: str) -> str:
    """What two wordings of one sentence have in common."""
    return PLACEHOLDER.sub("*", text).strip(" .:…").casefold()


def repeated(texts: Mapping[str, str]) -> list[list[str]]:
    keys = defaultdict(list)
    for key, text in texts.items():
        keys[same(text)].append(key)
    return [each for each in keys.values() if len(each) > 1]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_sentence_is_kept_on_the_server_and_in_the_page(language: str) -> None:
    server = {same(text) for text in server_texts(language)}
    assert len(server) > 100
    both = {
        key: text
        for key, text in page_texts(language).items()
        if same(text) in server and len(text.split()) > A_LABEL
    }
    assert both == {}


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_text_of_the_page_is_kept_under_two_keys(language: str) -> None:
    assert repeated(page_texts(language)) == []


def test_a_repeated_text_is_noticed() -> None:
    texts = {"one": "{count} files are here.", "two": "{number} files are here", "three": "Files"}
    assert repeated(texts) == [["one", "two"]]
    assert same("%(count)d files are here") == same(texts["one"])
