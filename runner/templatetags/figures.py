from django import template

from runner import history
from runner.languages import LANGUAGES

register = template.Library()
register.filter("duration", history.duration)
register.filter("size", history.size)
register.filter("reason", history.reason)
register.filter("state", history.state)
register.filter("run_title", history.title)
register.filter("run_file", history.file)
register.filter("first_output", history.first_output)


@register.filter
def programming_language(language: str) -> str:
    """Its id when it is no longer offered."""
    return LANGUAGES[language].name if language in LANGUAGES else language
