"""The page advises on the modules of Windows that the end of a run explains."""

from pathlib import Path

from runner.languages.python_causes import OF_WINDOWS, WITH_WINDOWS

RULES = Path(__file__).parents[2] / "static/src/common/advice/modules.ts"


def test_the_page_knows_the_same_modules() -> None:
    words = set(RULES.read_text(encoding="utf-8").replace('"', " ").replace("`", " ").split())
    words = {word.strip("[](),;") for word in words}
    assert words >= OF_WINDOWS | WITH_WINDOWS
