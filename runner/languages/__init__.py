"""The languages. Each is one file of data in `definitions/`; `registry.py` reads them."""

from runner.languages.errors import find_cause, find_error
from runner.languages.language import Commands, Language, ProgramError
from runner.languages.registry import read_definitions
from runner.languages.versions import installed_versions

LANGUAGES: dict[str, Language] = read_definitions()
PYTHON = LANGUAGES["python"]  # also that of the sandbox itself

__all__ = [
    "LANGUAGES",
    "PYTHON",
    "Commands",
    "Language",
    "ProgramError",
    "find_cause",
    "find_error",
    "installed_versions",
]
