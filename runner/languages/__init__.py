"""The languages. Each is one file of data in `definitions/`; `registry.py` reads them."""

from runner.languages.entry_points import NoEntry, find_entry
from runner.languages.errors import find_cause, find_error
from runner.languages.language import BUILD, Commands, Language, ProgramError, Trial
from runner.languages.registry import read_definitions
from runner.languages.toolchains import TOOLCHAINS, missing, on_host
from runner.languages.versions import version_in, version_of

LANGUAGES: dict[str, Language] = read_definitions()
PYTHON = LANGUAGES["python"]  # also that of the sandbox itself

__all__ = [
    "BUILD",
    "LANGUAGES",
    "PYTHON",
    "TOOLCHAINS",
    "Commands",
    "Language",
    "NoEntry",
    "ProgramError",
    "Trial",
    "find_cause",
    "find_entry",
    "find_error",
    "missing",
    "on_host",
    "version_in",
    "version_of",
]
