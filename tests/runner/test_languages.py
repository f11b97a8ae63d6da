"""The versions of the languages, from the machines that run programs to the page."""

import re
import subprocess
from pathlib import Path

import pytest

from runner.languages import PYTHON, version_of


def test_the_version_is_that_of_the_interpreter_that_runs_programs() -> None:
    said = subprocess.run(["/usr/bin/python3", "--version"], capture_output=True, text=True)
    version = version_of(PYTHON.version)
    assert re.fullmatch(r"3\.\d+", version)
    assert said.stdout.startswith(f"Python {version}.")


@pytest.mark.parametrize("script", ["exit 1", "echo nothing", "exec sleep 60"])
def test_a_command_that_does_not_answer_has_no_version(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runner.languages.versions.ANSWER_SECONDS", 0.2)
    command = tmp_path / "python3"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    assert version_of([str(command), "--version"]) == ""
    assert version_of([str(tmp_path / "missing")]) == ""
