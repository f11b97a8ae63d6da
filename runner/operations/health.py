"""The health of the site, for people, load balancers and monitors."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db.models import Count, Q

from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.limits import WATCHDOG
from runner.models import Run
from runner.protocol.http import Readiness, SiteStatus
from runner.run_state import RunStatus
from runner.runs import alive_executors

logger = logging.getLogger(__name__)

PROBE_SECONDS = 2.0  # a load balancer asks every few seconds, and gives up after five
OK, DOWN, UNKNOWN = "ok", "down", "unknown"
_missing: set[str] = set()  # when this process was asked last


def site_status() -> SiteStatus:
    """For anyone: counts, no names."""
    executors = alive_executors().exclude(sandbox="").count()
    runs = Run.objects.exclude(status=RunStatus.FINISHED).aggregate(
        queued=Count("pk", filter=Q(status=RunStatus.QUEUED)),
        active=Count("pk", filter=~Q(status=RunStatus.QUEUED)),
    )
    return SiteStatus(
        status="ok" if executors else "unavailable",
        version=settings.VERSION,
        active_runs=runs["active"],
        queued_runs=runs["queued"],
        executors=executors,
    )


async def readiness() -> Readiness:
    """Whether runs would be accepted, and the state of every part they need.

    `sandbox` names the limit backends that enforce limits.
    """
    backends, layer = await asyncio.gather(
        _probe("database", in_database(_sandboxes_of_executors)),
        _probe("channel_layer", _round_trip(get_channel_layer())),
    )
    if backends is None:
        executor = sandbox = UNKNOWN
    else:
        executor = OK if backends else DOWN
        sandbox = ", ".join(sorted({backend for backend in backends if backend})) or DOWN
    parts = {
        "database": DOWN if backends is None else OK,
        "channel_layer": DOWN if layer is None else OK,
        "executor": executor,
        "sandbox": sandbox,
    }
    missing = {part for part, state in parts.items() if state in {DOWN, UNKNOWN}}
    _log_change(missing)
    weak = WATCHDOG in (backends or ())
    return Readiness(status="unavailable" if missing else "ready", weak_limits=weak, **parts)


def _log_change(missing: set[str]) -> None:
    """A line when something begins or ceases to be missing, not one for each question."""
    global _missing
    if missing == _missing:
        return
    _missing = missing
    if missing:
        logger.warning("Not ready: %s.", ", ".join(sorted(missing)))
    else:
        logger.info("Ready.")


async def _probe(name: str, answer: Awaitable[Any]) -> Any:
    """The answer, or None when there is none in time. Never raises: the monitor wants JSON."""
    try:
        return await asyncio.wait_for(answer, PROBE_SECONDS)
    except Exception as error:
        if name not in _missing:
            logger.warning("Health check failed: %s: %r", name.replace("_", " "), error)
        return None


def _sandboxes_of_executors() -> list[str]:
    return list(alive_executors().values_list("sandbox", flat=True))


async def _round_trip(layer: Any) -> bool:
    channel = await layer.new_channel()
    try:
        await layer.send(channel, {"type": "ready"})
        await layer.receive(channel)
    finally:
        await messaging.give_up(channel)
    return True
