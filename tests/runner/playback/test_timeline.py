"""The timeline of edits: what it makes of them, and how large it becomes."""

import json
import random
from typing import Any

import pytest

from runner.playback.timeline import (
    MOST_BYTES,
    MOST_FILES,
    MOST_PASTES,
    MOST_TEXT,
    Full,
    Timeline,
    WrongEdit,
    replaced,
)
from runner.protocol.classes.writing import Edit

LONG = "def f(x):\n    return x * 2  # a line of somebody else\n" * 5


def edit(text: str, at: int = 0, removed: int = 0, **fields: Any) -> Edit:
    given = {"ms": 0, "path": "main.py", "kind": "type"} | fields
    return Edit.model_validate(given | {"at": at, "removed": removed, "text": text})


def played(timeline: Timeline) -> dict[str, str]:
    texts: dict[str, str] = {}
    for _ms, path, at, removed, text, _mark in timeline.edits:
        texts[path], _ = replaced(texts.get(path, ""), at, removed, text)
    return texts


def test_what_is_typed_on_is_joined() -> None:
    timeline = Timeline()
    for number, letter in enumerate("print"):
        timeline.add(edit(letter, number, ms=number * 100))
    timeline.add(edit("!", 5, ms=60_000))
    assert [(each[0], each[4]) for each in timeline.edits] == [(0, "print"), (60_000, "!")]
    assert timeline.texts == {"main.py": "print!"} == played(timeline)


@pytest.mark.parametrize(("at", "removed"), [(9, 0), (0, 9), (4, 1), (2**31, 2**31)])
def test_an_edit_outside_of_the_text_is_refused(at: int, removed: int) -> None:
    timeline = Timeline()
    timeline.add(edit("abc"))
    with pytest.raises(WrongEdit):
        timeline.add(edit("x", at, removed))
    assert timeline.texts == {"main.py": "abc"}


def test_offsets_are_those_of_browsers() -> None:
    timeline = Timeline()
    timeline.add(edit("a😀b"))
    timeline.add(edit("c", 3))
    assert timeline.texts["main.py"] == "a😀cb"
    with pytest.raises(WrongEdit):
        timeline.add(edit("d", 2))  # through the middle of a character


def test_more_than_200_characters_at_once_are_marked() -> None:
    timeline = Timeline()
    timeline.add(edit("x = 1\n"))
    timeline.add(edit("a" * 200, 6))
    assert timeline.pastes == []
    timeline.add(edit("b" * 201, 6, ms=5))
    assert timeline.pastes == [[5, "main.py", 201, True, "b" * 80]]


def test_what_the_program_had_before_is_not_from_outside() -> None:
    timeline = Timeline()
    timeline.add(edit(LONG, kind="open"), frozenset({LONG}))
    assert timeline.pastes == []
    timeline.add(edit("", 0, len(LONG)))
    timeline.add(edit(LONG, kind="paste"))
    assert [paste[3] for paste in timeline.pastes] == [False]


def test_what_is_saved_may_be_opened_and_nothing_else() -> None:
    """Pages save what was pasted before they tell of it."""
    saved = frozenset({LONG, "x = 1\n" + LONG})
    timeline = Timeline()
    timeline.add(edit("x = 1\n", kind="open"), saved=saved)
    timeline.add(edit(LONG, 6, kind="paste"), saved=saved)
    assert [paste[3] for paste in timeline.pastes] == [True]
    other = Timeline()
    other.add(edit(LONG, kind="open"), saved=saved)
    assert other.pastes == []


def test_a_file_that_is_renamed_is_no_paste() -> None:
    timeline = Timeline()
    timeline.add(edit(LONG, kind="open"), frozenset({LONG}))
    timeline.add(edit(LONG, kind="open", path="new.py"))
    assert timeline.pastes == []


def test_a_file_that_is_opened_with_unknown_text_is_marked() -> None:
    timeline = Timeline()
    timeline.add(edit(LONG, kind="open", path="new.py"))
    assert [paste[3] for paste in timeline.pastes] == [True]
    with pytest.raises(WrongEdit):
        timeline.add(edit(LONG, kind="open", path="new.py"), frozenset({LONG}))


def test_formatting_is_no_paste() -> None:
    timeline = Timeline()
    timeline.add(edit(LONG, kind="open"), frozenset({LONG}))
    timeline.add(edit(LONG.replace("    ", "  "), 0, len(LONG)))
    assert timeline.pastes == []


def test_in_an_exam_a_line_from_outside_is_marked() -> None:
    for exam, marked in ((False, 0), (True, 1)):
        timeline = Timeline()
        timeline.add(edit("for number in range(10):\n"), exam=exam)
        timeline.add(edit("for number in range(10):", 25, kind="paste"), exam=exam)
        assert timeline.pastes == []
        timeline.add(edit("print(sum(range(1000)))", 0, kind="paste"), exam=exam)
        assert len(timeline.pastes) == marked


def test_it_is_bounded_and_ends_with_the_same_text() -> None:
    numbers, timeline = random.Random(1), Timeline()
    for ms in range(12_000):
        text = timeline.texts.get("main.py", "")
        at = numbers.randrange(len(text) + 1)
        removed = numbers.randrange(0, min(30, len(text) - at) + 1)
        timeline.add(edit("y" * numbers.randrange(25), at, removed, ms=ms * 10_000))
        if ms % 1000 == 0:
            assert timeline.fit() <= MOST_BYTES
    assert timeline.fit() <= MOST_BYTES
    assert len(json.dumps(timeline.edits)) <= MOST_BYTES
    assert played(timeline) == timeline.texts
    assert timeline.edits[0][5] == "folded"


def test_a_large_program_and_many_files_are_not_recorded() -> None:
    timeline = Timeline()
    timeline.add(edit("a" * MOST_TEXT))
    with pytest.raises(Full):
        timeline.add(edit("b"))
    assert timeline.fit() <= MOST_BYTES
    timeline = Timeline()
    for number in range(MOST_FILES):
        timeline.add(edit("x", path=f"{number}.py"))
    with pytest.raises(Full):
        timeline.add(edit("x", path="more.py"))


@pytest.mark.parametrize("character", ["ä", "\x01", '"', "🙂", "a"])
def test_texts_whose_json_is_long_are_folded_for_no_longer_than_others(character: str) -> None:
    """Folding two files of umlauts never came to an end: anybody in the class kept a web worker."""
    timeline = Timeline()
    for path in ("a.py", "b.py", "c.py"):
        timeline.add(edit(character * (MOST_TEXT // 4), path=path))
        timeline.add(edit("x", path=path, ms=60_000))
    size = timeline.fit()
    assert size == len(json.dumps(timeline.edits, ensure_ascii=False).encode())
    assert size <= MOST_BYTES + 4 * MOST_TEXT
    assert len(timeline.edits) <= 6
    assert played(timeline) == timeline.texts


def test_the_list_of_pastes_is_bounded() -> None:
    timeline = Timeline()
    for number in range(MOST_PASTES + 5):
        timeline.add(edit(f"{number:04}" * 60, 0, len(timeline.texts.get("main.py", ""))))
    assert len(timeline.pastes) == MOST_PASTES
