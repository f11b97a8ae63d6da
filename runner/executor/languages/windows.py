"""The languages whose programs may open windows on this machine."""

import logging

from django.conf import settings

from runner.languages import LANGUAGES
from runner.sandbox import lacks_screen, try_screen

logger = logging.getLogger(__name__)
TRIES = 3  # on a machine that has just started everything, an X server may be too slow once


def want_screen() -> list[str]:
    """By their ids: those that have all that is needed, if an X server starts."""
    return [each.id for each in LANGUAGES.values() if not lacks_screen(each)]


async def with_windows() -> list[str]:
    """By their ids. An X server is tried, as it is the same for all."""
    if not (found := want_screen()):
        return []
    for _ in range(TRIES):
        if not (problem := await try_screen(settings.LIMITS)):
            return found
        logger.warning("Windows of programs cannot be shown: %s.", problem)
    return []
