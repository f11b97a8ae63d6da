from django import template

from runner import history
from runner.languages import LANGUAGES
from runner.models import Run

register = template.Library()
register.filter("duration", history.duration)
register.filter("size", history.size)
register.filter("reason", history.reason)


@register.filter
def state(run: Run) -> str:
    return history.state_label(run.status, run.outcome)


@register.filter
def programming_language(language: str) -> str:
    """Its id when it is no longer offered."""
    return LANGUAGES[language].name if language in LANGUAGES else language
