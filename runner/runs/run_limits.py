"""The limits of one run, before its language changes some."""

from django.conf import settings

from runner.limits import Limits
from runner.models import Run


def limits_of(run: Run) -> Limits:
    """A debugger and an X server need memory of their own, which is not the program's."""
    limits: Limits = settings.LIMITS
    if run.owner_id is None:
        return limits.of_visitor()
    return limits.beside(debugger=run.observed == "debug", screen=run.screen_width > 0)
