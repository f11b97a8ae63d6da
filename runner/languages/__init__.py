"""The languages. Each is one file of data in `definitions/`; `registry.py` reads them."""

from runner.languages.entry_points import NoEntry, find_entry
from runner.languages.errors import find_cause, find_error
from runner.languages.language import BUILD, Commands, Language, ProgramError, Trial
from runner.languages.packages import Packages, installed_packages, place_of, prepared_folder
from runner.languages.pythons import version_of_python
from runner.languages.registry import read_definitions, with_versions
from runner.languages.toolchains import TOOLCHAINS, missing, on_host
from runner.languages.versions import version_in, version_of

LANGUAGES: dict[str, Language] = with_versions(read_definitions())
PYTHON = LANGUAGES["python"]  # also that of the sandbox itself


def find_language(id: str) -> Language | None:
    """Also a version of Python that only other machines have."""
    return LANGUAGES.get(id) or version_of_python(PYTHON, id)


__all__ = [
    "BUILD",
    "LANGUAGES",
    "PYTHON",
    "TOOLCHAINS",
    "Commands",
    "Language",
    "NoEntry",
    "Packages",
    "ProgramError",
    "Trial",
    "find_cause",
    "find_entry",
    "find_error",
    "find_language",
    "installed_packages",
    "missing",
    "on_host",
    "place_of",
    "prepared_folder",
    "version_in",
    "version_of",
]
