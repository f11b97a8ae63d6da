"""Further versions of Python are languages of their own, on this machine or on others."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from runner.languages import LANGUAGES, PYTHON, other_python
from runner.languages.pythons import found_versions, version_of_python
from runner.languages.registry import Languages, read_definitions


@pytest.fixture
def pythons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("3.9", "3.14", "3.14-slim", "3.13", "3.12.4", "latest", "3.x", "-c"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin/python3").touch()
    (tmp_path / "3.8/bin").mkdir(parents=True)  # nothing in it
    monkeypatch.setenv("PYTHONS_FOLDER", str(tmp_path))
    return tmp_path


def test_those_of_this_machine_are_found_the_newest_first(pythons: Path) -> None:
    found = [language.id for language in found_versions(PYTHON)]
    assert found == ["python3.14-slim", "python3.14", "python3.13", "python3.12.4", "python3.9"]


def test_they_follow_python_in_menus_and_are_started_as_it_is(pythons: Path) -> None:
    languages = Languages(read_definitions())
    ids = list(languages)
    assert ids.index("python") < ids.index("python3.14") < ids.index("pypy")
    new = languages["python3.14"]
    command = f"{pythons}/3.14/bin/python3"
    assert (new.name, new.needs) == ("Python 3.14", (command,))
    assert new.argv("main.py", ["x"], keep_open=True) == [command, "-i", "main.py", "x"]
    assert (new.environment, new.problems) == (PYTHON.environment, PYTHON.problems)


def test_one_of_another_machine_is_known_when_it_is_asked_for() -> None:
    assert "python3.99" in LANGUAGES
    assert LANGUAGES["python3.99"].name == "Python 3.99"
    assert "python3.99" not in list(LANGUAGES)


@pytest.mark.parametrize("id", ["python3", "python3.1 4", "python2.7", "python3.14/../..", "logo"])
def test_no_other_id_is_a_version(id: str) -> None:
    assert version_of_python(PYTHON, id) is None
    assert id not in LANGUAGES
    with pytest.raises(KeyError):
        LANGUAGES[id]


def test_a_definition_may_be_like_another() -> None:
    pypy = LANGUAGES["pypy"]
    assert (pypy.examples, pypy.errors) == (PYTHON.examples, "python")
    assert pypy.argv("main.py", []) == ["/usr/bin/pypy3", "main.py"]
    assert pypy.install.apt == ("pypy3",)


@pytest.mark.parametrize(
    ("command", "errors", "other"),
    [
        ("/usr/bin/python3", "python", False), ("/usr/bin/pypy3", "python", True),
        ("/opt/python/3.14/bin/python3", "python", True), ("/bin/sh", "python", False),
        ("/usr/bin/pypy3", "", False),
    ],
)  # fmt: skip
def test_sandboxes_are_made_for_another_python_alone(
    command: str, errors: Literal["", "python"], other: bool
) -> None:
    language = replace(PYTHON, run=(command, "{main}"), errors=errors)
    assert other_python(language) == (command if other else "")
