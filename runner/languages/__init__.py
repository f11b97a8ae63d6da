"""The languages. Each is one file of data in `definitions/`; `registry.py` reads them."""

from runner.languages.advice import PACKAGES, WINDOWS, command_to_install
from runner.languages.entry_points import NoEntry, find_entry, sources_of
from runner.languages.errors import find_cause, find_error
from runner.languages.language import BUILD, Commands, Language, ProgramError, Trial
from runner.languages.package_names import module_of, modules_of
from runner.languages.packages import (
    Packages,
    installed_packages,
    packages_of,
    place_of,
    prepared_folder,
)
from runner.languages.places import TOOLCHAINS, missing, on_host, stubs_folder
from runner.languages.pythons import is_stable, other_python
from runner.languages.registry import Languages, read_definitions
from runner.languages.versions import version_in, version_of

LANGUAGES = Languages(read_definitions())
PYTHON = LANGUAGES["python"]  # also that of the sandbox itself

__all__ = [
    "BUILD",
    "LANGUAGES",
    "PACKAGES",
    "PYTHON",
    "TOOLCHAINS",
    "WINDOWS",
    "Commands",
    "Language",
    "NoEntry",
    "Packages",
    "ProgramError",
    "Trial",
    "command_to_install",
    "find_cause",
    "find_entry",
    "find_error",
    "installed_packages",
    "is_stable",
    "missing",
    "module_of",
    "modules_of",
    "on_host",
    "other_python",
    "packages_of",
    "place_of",
    "prepared_folder",
    "sources_of",
    "stubs_folder",
    "version_in",
    "version_of",
]
