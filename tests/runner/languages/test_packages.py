"""What is installed is read from the folder that sandboxes get."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runner.languages import (
    LANGUAGES,
    PYTHON,
    installed_packages,
    packages_of,
    place_of,
    prepared_folder,
)
from runner.languages.package_names import MODULE_OF, PACKAGE_OF
from tests.installed import small_installation


@pytest.fixture
def installed() -> Iterator[Path]:
    with small_installation() as folder:
        yield folder


def test_names_versions_and_what_can_be_imported_are_read(installed: Path) -> None:
    """The name as its author spells it; modules as far as people write them."""
    packages = installed_packages(PYTHON)
    assert packages.versions == {"Small.Package": "1.2"}
    assert dict(packages.modules) == dict.fromkeys(
        ("small", "small.part", "smallest"), "Small.Package"
    )


def test_a_new_installation_is_read_anew(installed: Path) -> None:
    assert "Small.Package" in installed_packages(PYTHON).versions
    link = place_of(PYTHON.run[0])
    (link.parent / f"{link.name}.two").mkdir()
    link.unlink()
    link.symlink_to(f"{link.name}.two")
    assert installed_packages(PYTHON).versions == {}


@pytest.mark.parametrize("kind", ["no link", "a link to nothing", "no folder at all"])
def test_where_nothing_is_installed_nothing_is_found(installed: Path, kind: str) -> None:
    link = place_of(PYTHON.run[0])
    link.unlink()
    if kind == "a link to nothing":
        link.symlink_to("gone")
    elif kind == "no folder at all":
        PYTHON_ELSEWHERE = replace(PYTHON, run=("/opt/python/9.9/bin/python3",))
        assert installed_packages(PYTHON_ELSEWHERE).versions == {}
    assert prepared_folder(PYTHON.run[0]) is None
    assert installed_packages(PYTHON).versions == {}


def test_what_is_damaged_is_left_out(installed: Path) -> None:
    (installed / "small_package-1.2.dist-info/METADATA").write_bytes(b"\xff\xfe\n" * 100)
    (installed / "empty-1.dist-info").mkdir()
    assert installed_packages(PYTHON).versions == {}


def test_a_console_has_those_of_its_language(installed: Path) -> None:
    console = replace(PYTHON, id="python-console", console=True, run=(PYTHON.run[0],))
    assert installed_packages(console).versions
    assert packages_of([PYTHON, console]) == {"python": {"Small.Package": "1.2"}}
    no_python = replace(PYTHON, id="logo", errors="")
    assert packages_of([no_python]) == {}


def test_each_python_has_a_place_of_its_own() -> None:
    places = [place_of(language.run[0]) for language in LANGUAGES.values() if not language.console]
    pythons = {language.run[0] for language in LANGUAGES.values() if not language.console}
    assert len({*places}) == len(pythons)
    assert place_of("/opt/python/3.14/bin/python3").name == "python3-3.14"


def test_modules_of_another_name_are_known_both_ways() -> None:
    for module, package in PACKAGE_OF.items():
        assert PACKAGE_OF[MODULE_OF[package.lower()]] == package, module
