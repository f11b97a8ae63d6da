"""What an executor finds out about its machine when it starts, and again where that failed.

Packages of the machine may just be upgraded, or everything may be starting at once: neither may
keep an executor from running programs until somebody restarts it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

logger = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS = 2.0
MOST_PAUSE_SECONDS = 300.0  # each look costs a second of the processor

Found = TypeVar("Found")


async def until_found(look: Callable[[], Awaitable[Found]], what: str) -> Found:
    """What `look` returns, once that is not empty; it has failed before. Ever longer pauses are
    between two looks. Never raises, but if cancelled."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        logger.info("Looking again for %s in %d s.", what, pause)
        await asyncio.sleep(pause)
        try:
            if found := await look():
                return found
        except Exception:
            logger.exception("Looking for %s failed.", what)
        pause = min(2 * pause, MOST_PAUSE_SECONDS)
