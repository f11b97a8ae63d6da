"""What an operator is told to type is right where they type it."""

from pathlib import Path

import pytest

from runner.languages import LANGUAGES, advice, command_to_install
from runner.languages.pythons import version_of_python
from scripts.languages import wanted

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("what", [*LANGUAGES, advice.PACKAGES, advice.WINDOWS])
def test_in_a_checkout_the_script_knows_it(what: str) -> None:
    if version_of_python(LANGUAGES["python"], what):
        return
    command = command_to_install(what)
    assert command == f"make languages ARGS={what}"
    assert wanted([what]) == [what]


def test_of_another_python_it_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make languages` installs none, and would refuse the name."""
    monkeypatch.setenv("PYTHONS_FOLDER", "/srv/pythons")
    assert command_to_install("python3.14") == (
        "scripts/python_packages.sh python3.14, once that Python is in /srv/pythons/3.14"
    )
    assert (ROOT / "scripts/python_packages.sh").exists()


@pytest.mark.parametrize(
    ("what", "variable"),
    [
        ("haskell", "EXECUTOR_LANGUAGES=full"),
        ("java", "EXECUTOR_LANGUAGES=full"),
        (advice.PACKAGES, "EXECUTOR_LANGUAGES=small"),
        (advice.WINDOWS, "EXECUTOR_LANGUAGES=small"),
        ("python3.14", "PYTHONS=official"),
    ],
)
def test_in_an_image_there_are_no_scripts(
    what: str, variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(advice, "CHECKOUT", tmp_path)
    command = command_to_install(what)
    assert command == f"{variable} docker compose up --build --detach executor"
    name = variable.partition("=")[0]
    assert f"${{{name}:-" in (ROOT / "docker-compose.yml").read_text()
