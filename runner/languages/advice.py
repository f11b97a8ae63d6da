"""What an operator types to get a language."""

from pathlib import Path

from runner.languages.places import pythons_folder
from runner.languages.pythons import is_version

PACKAGES, WINDOWS = "python-packages", "windows"  # beside languages, for `make languages`
IN_EVERY_IMAGE = (PACKAGES, WINDOWS)  # but the one with Python alone
# Images have the product without its scripts: what is missing comes with another image.
CHECKOUT = Path(__file__).resolve().parents[2]
BUILD = "docker compose up --build --detach executor"


def command_to_install(what: str) -> str:
    """`what`: the id of a language, or one of the above."""
    is_checkout = (CHECKOUT / "scripts/languages.sh").exists()
    if is_version(what):
        folder = pythons_folder() / what.removeprefix("python")
        here = f"scripts/python_packages.sh {what}, once that Python is in {folder}"
        return here if is_checkout else f"PYTHONS=official {BUILD}"
    if is_checkout:
        return f"make languages ARGS={what}"
    return f"EXECUTOR_LANGUAGES={'small' if what in IN_EVERY_IMAGE else 'full'} {BUILD}"
