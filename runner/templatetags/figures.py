from django import template

from runner.history import figures, reasons
from runner.languages import LANGUAGES
from runner.models import Run

register = template.Library()
register.filter("duration", figures.duration)
register.filter("size", figures.size)


@register.filter
def state(run: Run) -> str:
    return figures.state(run.status, run.outcome)


@register.filter
def programming_language(language: str) -> str:
    """Its id when it is no longer offered."""
    return LANGUAGES[language].name if language in LANGUAGES else language


@register.filter
def reason(run: Run) -> str:
    return reasons.translated(run.reason)
