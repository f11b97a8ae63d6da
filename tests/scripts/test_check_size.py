"""`make check` finds files, functions and directories that are too large."""

from pathlib import Path

import pytest

from scripts.check_size import check


def write(root: Path, name: str, lines: int, first: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([first] * bool(first) + [""] * (lines - bool(first))) + "\n")


def test_files_of_250_lines_are_accepted(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 250)
    assert check(tmp_path) == ([], [])


def test_a_longer_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 251)
    assert check(tmp_path) == (["runner/a.py: 251 lines, at most 250"], [])


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("runner/a.py", "# size: one table"),
        ("static/src/a.ts", "// size: one table"),
        ("static/src/a.css", "/* size: one table */"),
        ("templates/a.html", "{# size: one table #}"),
        ("scripts/a.sh", "# size: one table"),
    ],
)
def test_a_longer_file_with_a_reason_is_a_warning(tmp_path: Path, name: str, comment: str) -> None:
    write(tmp_path, name, 251, first=comment)
    assert check(tmp_path) == ([], [f"{name}: 251 lines (one table)"])


def test_a_reason_without_words_is_none(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 251, first="# size: ")
    assert check(tmp_path)[0] == ["runner/a.py: 251 lines, at most 250"]


def test_a_reason_further_down_is_not_seen(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 251)
    path = tmp_path / "runner/a.py"
    path.write_text(path.read_text() + "# size: one table\n")
    assert check(tmp_path)[0] == ["runner/a.py: 252 lines, at most 250"]


def test_more_than_400_lines_are_refused_in_any_case(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 401, first="# size: one table")
    assert check(tmp_path) == (["runner/a.py: 401 lines, at most 400"], [])


def test_a_consumer_has_150_lines_and_no_reason_helps(tmp_path: Path) -> None:
    write(tmp_path, "runner/terminal/gate/consumer.py", 151, first="# size: one table")
    assert check(tmp_path)[0] == ["runner/terminal/gate/consumer.py: 151 lines, at most 150"]


def test_a_function_has_40_lines(tmp_path: Path) -> None:
    write(tmp_path, "runner/a.py", 1)
    body = "    pass\n" * 39
    (tmp_path / "runner/a.py").write_text(f"def fits():\n{body}async def not_():\n{body}    pass\n")
    assert check(tmp_path)[0] == ["runner/a.py:41: not_() has 41 lines, at most 40"]


def test_what_tools_write_is_not_counted(tmp_path: Path) -> None:
    write(tmp_path, "runner/migrations/0001_initial.py", 500)
    write(tmp_path, "static/src/protocol.gen.ts", 500)
    assert check(tmp_path) == ([], [])


def test_a_directory_has_14_modules(tmp_path: Path) -> None:
    for number in range(14):
        write(tmp_path, f"static/src/run/{number}.ts", 1)
    uncounted = ("a.test.ts", "a.css", "examples/a.py", "__init__.py", "inner/a.ts")
    for name in uncounted:
        write(tmp_path, f"static/src/run/{name}", 1)
    assert check(tmp_path)[0] == []
    write(tmp_path, "static/src/run/14.ts", 1)
    assert check(tmp_path)[0] == ["static/src/run/: 15 modules, at most 14"]


def test_runner_itself_has_10_modules(tmp_path: Path) -> None:
    for number in range(11):
        write(tmp_path, f"runner/m{number}.py", 1)
    assert check(tmp_path)[0] == ["runner/: 11 modules, at most 10"]
