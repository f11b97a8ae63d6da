"""The programs a student may start from: each does what it says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "static" / "src" / "examples"
SECONDS = 30

CONVERSATIONS = {
    "bank": ("Ada\n+20\n-50\nmuch\n-5\n\n", "Ada has 15 coins."),
    "diary": ("Rain.\nSun.\n\n", "bytes in diary.txt"),
    "grades": ("", "Best at maths: Ada"),
    "guess": ("".join(f"{number}\n" for number in range(1, 101)), "Right! You needed"),
    "hanoi": ("3\n", "7 steps"),
    "hello": ("Ada\n2000\n", "In 2050 you will be 50 years old."),
    "progress": ("", "100 %"),
    "shapes": ("6\n", "└──────┘"),
    "shopping": ("a\nmilk\nr\nmilk\nr\neggs\nq\n", "There is no eggs on your list."),
    "times_table": ("", " 100"),
    "triangle": ("", "▲ ▲"),
    "words": ("to be or\nnot to be\n\n", "6 words, 4 of them different."),
}
NOT_ALONE = {"drawing", "snake"}  # a module; a game that needs a terminal


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("examples") / "home"))


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_an_example_does_what_it_says(name: str, folder: Path) -> None:
    said, answer = CONVERSATIONS[name]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", f"{name}.py"],
        cwd=folder,
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert answer in done.stdout


def test_every_example_is_tried() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} == CONVERSATIONS.keys() | NOT_ALONE


@pytest.mark.parametrize("name", NOT_ALONE)
def test_the_others_are_programs(name: str) -> None:
    compile((EXAMPLES / f"{name}.py").read_text(encoding="utf-8"), name, "exec")
