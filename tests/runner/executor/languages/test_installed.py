"""What is installed while an executor runs is noticed without a restart."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.executor.languages.installed import Installed
from runner.languages import LANGUAGES, PYTHON, place_of
from runner.sandbox import look_again


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Its folders: sandboxes cannot read those of tests, which are below /tmp."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        place = Path(name)
        place.chmod(0o755)
        for folder in ("packages", "pythons"):
            (place / folder).mkdir()
        monkeypatch.setenv("PYTHON_PACKAGES_FOLDER", str(place / "packages"))
        monkeypatch.setenv("PYTHONS_FOLDER", str(place / "pythons"))
        monkeypatch.setenv("TOOLCHAINS_FOLDER", str(place / "toolchains"))
        LANGUAGES.look_for_versions()
        look_again()
        yield place
    monkeypatch.undo()
    LANGUAGES.look_for_versions()
    look_again()


def install_packages(name: str) -> None:
    """As scripts/python_packages.py does: a folder, and a link that moves to it."""
    place = place_of(PYTHON.run[0])
    place.with_name(name).mkdir()
    link = place.with_name("link")
    link.symlink_to(name)
    link.rename(place)


def install_python(pythons: Path) -> None:
    (pythons / "3.14/bin").mkdir(parents=True)
    (pythons / "3.14/bin/python3").touch()


def test_nothing_has_changed_where_nothing_was_installed() -> None:
    installed = Installed()
    assert not installed.changed()
    assert not installed.changed()


def test_packages_are_noticed_once(machine: Path) -> None:
    installed = Installed()
    install_packages("first")
    assert installed.changed()
    assert not installed.changed()
    install_packages("second")
    assert installed.changed()


def test_a_python_is_noticed_and_is_a_language(machine: Path) -> None:
    installed = Installed()
    assert "python3.14" not in list(LANGUAGES)
    install_python(machine / "pythons")
    assert installed.changed()
    ids = list(LANGUAGES)
    assert ids.index("python") < ids.index("python3.14") < ids.index("pypy")
    (machine / "pythons/3.14/bin/python3").unlink()
    assert installed.changed()
    assert "python3.14" not in list(LANGUAGES)


def test_the_folder_of_toolchains_is_noticed(machine: Path) -> None:
    installed = Installed()
    (machine / "toolchains").mkdir()
    assert installed.changed()
    assert not installed.changed()


def test_a_reader_keeps_what_it_reads_while_a_python_is_noticed(machine: Path) -> None:
    reading = iter(LANGUAGES.items())
    next(reading)
    install_python(machine / "pythons")
    LANGUAGES.look_for_versions()
    assert "python3.14" not in dict(reading)
