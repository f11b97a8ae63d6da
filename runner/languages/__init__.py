"""The languages there are. A language is one row here, with a program that shows it works."""

from runner.languages.language import Language
from runner.languages.python import PYTHON

LANGUAGES: dict[str, Language] = {language.id: language for language in (PYTHON,)}

__all__ = ["LANGUAGES", "PYTHON", "Language"]
