"""Which paths the files of a program may have."""

import pytest

from runner.protocol.paths import check_path


@pytest.mark.parametrize(
    "path",
    [
        "main.py",
        "package/__init__.py",
        "a/b/c/d/e/f/g/h.py",
        "my program.py",
        "наука.py",
        "🦉.txt",
        ".hidden",
        "..a",
        "a..",
        "...",
        "~",
        "-c",
        "x" * 200,
    ],
)
def test_a_path_below_the_home_is_taken_as_it_is(path: str) -> None:
    assert check_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        ".",
        "./x",
        "a/./x",
        "a//x",
        "a/",
        "a\\x",
        "..\\x",
        "a\0",
        "a\nb",
        "a\x1b[2Jb",
        "a\x7f",
        "a\u202eyp.txt",  # reads backwards
        "a\ud800",
        "x" * 201,
        "é" * 101,
        "a/b/c/d/e/f/g/h/i.py",
    ],
    ids=ascii,
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"^path_"):
        check_path(path)
