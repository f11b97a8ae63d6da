"""The programs that nothing is said about do run: `correct.txt`."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).with_name("correct.txt").read_text(encoding="utf-8")


def programs() -> dict[str, dict[str, str]]:
    """By their names: the files, and what is typed as `input`."""
    found = {}
    for each in PROGRAMS.split("=== ")[1:]:
        name, _, text = each.partition("\n")
        main, *others = text.split("\n--- ")
        parts = {"main.py": f"{main.rstrip()}\n"}
        for other in others:
            path, _, content = other.partition("\n")
            parts[path] = content
        found[name] = parts
    return found


def test_there_are_enough() -> None:
    assert len(programs()) >= 60


@pytest.mark.parametrize("name", programs())
def test_it_runs(name: str, tmp_path: Path) -> None:
    parts = programs()[name]
    typed = parts.pop("input", "")
    for path, content in parts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "main.py"]
    done = subprocess.run(
        command, cwd=tmp_path, input=typed, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
