"""What a character is, and how many columns it takes."""

import pytest
from wcwidth import iter_graphemes

from runner.characters import characters, last_character
from scripts import character_kinds
from tests.runner.characters import examples

# In terminals, tones and invisible signs join differently; `wcwidth` joins after any virama.
DIFFERENT = set("\u200b\u200e\ufeff\u2060\u00ad\U0001f3fb\U0001f3fd\u0600\u06dd")
VIRAMA = "\u094d"


def columns(text: str) -> list[int]:
    return [columns for _, columns in characters(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc é", [1] * 5),
        ("\U0001f40d\u2705\U0001f7e9\u2b1b", [2] * 4),
        ("\u2764\ufe0f\u2764", [2, 1]),
        (examples.KNOWN["family"], [2]),
        (examples.KNOWN["keycaps"], [2, 2, 1]),
        (examples.KNOWN["flags"], [2, 2, 1]),
        (examples.KNOWN["England"], [2]),
        (examples.KNOWN["couple"], [2]),
        ("\U0001f44d\U0001f3fd", [2]),
        ("a\U0001f3fd", [1, 2]),
        ("e\u0301o\u0308\u0323", [1, 1]),
        ("时间\uff21\u30ab", [2] * 4),
        ("\u1112\u1161\u11ab\u1100\u1161", [2, 2]),
        ("한글", [2, 2]),
        ("क्षि", [2]),
        ("नम", [1, 1]),
        ("กำ", [2]),
        ("a\u200bb", [1, 1]),
        ("\u200da", [1, 1]),
        ("a\ufe0f", [1]),
        ("╔═█", [1] * 3),
        ("", []),
    ],
)
def test_characters_have_the_columns_that_people_see(text: str, wanted: list[int]) -> None:
    assert columns(text) == wanted
    assert "".join(character for character, _ in characters(text)) == text


def test_characters_are_those_of_unicode() -> None:
    """By another implementation of UAX #29."""
    made = [text for text in examples.texts() if VIRAMA not in text]
    texts = [text for text in [*made, *examples.KNOWN.values()] if not set(text) & DIFFERENT]
    assert len(texts) > 1000
    ours = {text: [character for character, _ in characters(text)] for text in texts}
    assert ours == {text: list(iter_graphemes(text)) for text in texts}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("", ""),
        ("ab", "b"),
        ("ae\u0301", "e\u0301"),
        ("x" + examples.KNOWN["family"], examples.KNOWN["family"]),
        ("\U0001f1e9\U0001f1ea" * 200 + "时", "时"),
        ("e" + "\u0301" * 10_000, "\u0301" * 256),
    ],
)
def test_the_last_character_is_found_without_reading_all(text: str, last: str) -> None:
    assert last_character(text) == last


def test_the_page_is_told_the_same() -> None:
    assert examples.FILE.read_text("utf-8") == examples.written()


def test_the_tables_are_what_unicode_says() -> None:
    for path, text in character_kinds.files().items():
        assert path.read_text("utf-8") == text
