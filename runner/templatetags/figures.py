from django import template

from runner import history
from runner.languages import LANGUAGES
from runner.runs import cached_offers

register = template.Library()
register.filter("duration", history.duration)
register.filter("size", history.size)
register.filter("reason", history.reason)
register.filter("state", history.state)
register.filter("run_title", history.title)
register.filter("run_file", history.file)
register.filter("file_notices", history.file_notices)
register.filter("first_output", history.first_output)
register.filter("run_language", history.language)


@register.filter
def programming_language(language: str) -> str:
    """Its name, and the version that programs get now; its id when the site has it no longer."""
    if language not in LANGUAGES:
        return language
    return LANGUAGES[language].labelled(cached_offers.get().version(language))


@register.filter
def name_of_language(language: str) -> str:
    return LANGUAGES[language].name if language in LANGUAGES else language
