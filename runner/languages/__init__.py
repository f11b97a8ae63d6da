"""The languages. Each is one module of data here, with a self-test."""

from runner.languages.language import Language
from runner.languages.python import PYTHON

LANGUAGES: dict[str, Language] = {language.id: language for language in (PYTHON,)}

__all__ = ["LANGUAGES", "PYTHON", "Language"]
