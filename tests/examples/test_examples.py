"""The programs a student may start from: each does what it says."""

import subprocess
import sys
from pathlib import Path

import pytest

from runner.languages import PYTHON
from runner.languages.language import Example

SECONDS = 30

CONVERSATIONS = {
    "bank": ("Ada\n+20\n-50\nmuch\n-5\n\n", "Ada has 15 coins."),
    "diary": ("Rain.\nSun.\n\n", "bytes in diary.txt"),
    "grades": ("", "Best at maths: Ada"),
    "guess": ("".join(f"{number}\n" for number in range(1, 101)), "Right! You needed"),
    "hanoi": ("3\n", "7 steps"),
    "hello": ("Ada\n", "Hello, Ada!"),
    "progress": ("", "100 %"),
    "shapes": ("6\n", "└──────┘"),
    "shopping": ("a\nmilk\nr\nmilk\nr\neggs\nq\n", "There is no eggs on your list."),
    "times_table": ("", " 100"),
    "triangle": ("", "▲ ▲"),
    "words": ("to be or\nnot to be\n\n", "6 words, 4 of them different."),
}
NEEDS_TERMINAL = {"snake"}
SHOWN = {"animation": "The ball flew", "plot": "beside the terminal", "table": "8 planets have 288"}
WINDOWS = {"ball", "drawing", "form"}  # tests/screens/test_examples.py
EXAMPLES: dict[str, Example] = {
    example.files[0].path.removesuffix(".py"): example for example in PYTHON.examples
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_an_example_does_what_it_says(name: str, tmp_path: Path) -> None:
    said, answer = CONVERSATIONS[name]
    for file in EXAMPLES[name].files:
        (tmp_path / file.path).write_text(file.content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", f"{name}.py"],
        cwd=tmp_path,
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert answer in done.stdout


def test_every_example_is_tried() -> None:
    assert EXAMPLES.keys() == CONVERSATIONS.keys() | NEEDS_TERMINAL | SHOWN.keys() | WINDOWS


@pytest.mark.parametrize("name", NEEDS_TERMINAL | SHOWN.keys() | WINDOWS)
def test_the_others_are_programs(name: str) -> None:
    compile(EXAMPLES[name].files[0].content, name, "exec")
