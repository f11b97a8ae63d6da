"""The versions of the languages, from the machines that run programs to the page."""

import re
import subprocess
from pathlib import Path

import pytest

from accounts.models import User
from runner.languages import LANGUAGES, installed_versions
from runner.languages.versions import version_of
from runner.models import Executor
from runner.runs import heartbeats, reported_languages
from tests.cast import signed_in


def test_the_version_is_that_of_the_interpreter_that_runs_programs() -> None:
    said = subprocess.run(["/usr/bin/python3", "--version"], capture_output=True, text=True)
    version = installed_versions(LANGUAGES)["python"]
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


@pytest.mark.django_db
def test_the_page_shows_what_the_newest_executor_has(owner: User) -> None:
    page = signed_in(owner)
    assert page.get("/").context["config"]["languages"][0]["version"] == ""
    heartbeats.register_executor("old", 1, "rlimits", {"python": "3.11"})
    newest = heartbeats.register_executor("new", 1, "rlimits", {"python": "3.13"})
    heartbeats.register_executor("cannot run anything", 1, "", {"python": "2.7"})
    heartbeats.mark_executor_ended(newest)
    assert page.get("/").context["config"]["languages"][0]["version"] == "3.13"


@pytest.mark.django_db
def test_an_executor_cannot_put_anything_else_on_the_page() -> None:
    for number, reported in enumerate([[], "3.11", {"python": "<b>3.11</b>", "x": 3}]):
        Executor.objects.create(name=str(number), capacity=1, sandbox="x", languages=reported)
        assert reported_languages() == {}
