"""The file in which a machine remembers which toolchains have passed their test."""

from pathlib import Path

import pytest

from runner.sandbox import TriedBefore

KEY = "a" * 64


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"x": "1"}', f'{{"{KEY}": 3}}', f'{{"{KEY}": "<b>"}}', "\xff"]
)
def test_a_file_that_is_not_well_formed_is_not_believed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tried.json"
    path.write_bytes(text.encode("latin-1"))
    before = TriedBefore(path)
    assert before.read() == {}
    before.add(KEY, "1.0")
    assert before.read() == {KEY: "1.0"}
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_by_now_is_forgotten(tmp_path: Path) -> None:
    before = TriedBefore(tmp_path / "tried.json")
    before.add(KEY, "1.0")
    before.add("b" * 64, "2.0")
    before.forget(KEY)
    before.forget("c" * 64)
    assert before.read() == {"b" * 64: "2.0"}


def test_it_stays_small(tmp_path: Path) -> None:
    before = TriedBefore(tmp_path / "tried.json")
    for number in range(250):
        before.add(f"{number:064x}", "1.0")
    kept = before.read()
    assert len(kept) == 200
    assert f"{249:064x}" in kept
    (tmp_path / "tried.json").write_text(" " * (64 * 1024 + 1))
    assert before.read() == {}


def test_where_nothing_can_be_written_languages_are_tried_each_time(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "tried.json", tmp_path):
        before = TriedBefore(path)
        before.add(KEY, "1.0")
        assert before.read() == {}
