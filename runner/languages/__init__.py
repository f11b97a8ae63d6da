"""The languages. Each is one module of data here, with a self-test."""

from runner.languages.language import Language, ProgramError
from runner.languages.python import PYTHON
from runner.languages.versions import installed_versions

LANGUAGES: dict[str, Language] = {language.id: language for language in (PYTHON,)}

__all__ = ["LANGUAGES", "PYTHON", "Language", "ProgramError", "installed_versions"]
