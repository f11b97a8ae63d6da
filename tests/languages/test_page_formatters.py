"""Which formatter the page loads for a language."""

from typing import get_args

from runner.languages import LANGUAGES
from runner.languages.language import PageFormatter
from runner.protocol.http import LanguageOption

USED = {"python": "ruff", "javascript": "prettier", "c": "clang-format", "go": "gofmt", "bash": ""}


def test_languages_name_the_formatter_that_the_page_loads() -> None:
    assert {id: LANGUAGES[id].page_formatter for id in USED} == USED


def test_the_page_is_told_of_every_formatter_that_a_language_may_name() -> None:
    told = LanguageOption.model_fields["formatter"].annotation
    assert get_args(told) == get_args(PageFormatter)
