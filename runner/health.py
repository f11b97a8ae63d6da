"""How the site is: for people, load balancers and monitors."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db.models import Count, Q

from runner import heartbeats
from runner.database import in_database
from runner.models import Run
from runner.run_state import RunStatus

logger = logging.getLogger(__name__)

PROBE_SECONDS = 2.0  # a load balancer asks every few seconds, and gives up after five
OK, DOWN, UNKNOWN = "ok", "down", "unknown"


def status() -> dict[str, str | int]:
    """For anyone: counts, no names."""
    executors = heartbeats.alive().exclude(sandbox="").count()
    runs = Run.objects.exclude(status=RunStatus.FINISHED).aggregate(
        queued=Count("pk", filter=Q(status=RunStatus.QUEUED)),
        active=Count("pk", filter=~Q(status=RunStatus.QUEUED)),
    )
    return {
        "status": OK if executors else "unavailable",
        "version": settings.VERSION,
        "active_runs": runs["active"],
        "queued_runs": runs["queued"],
        "executors": executors,
    }


async def readiness() -> tuple[bool, dict[str, str]]:
    """Whether runs would be accepted, and the state of every part they need.

    `sandbox` names the rungs that enforce limits.
    """
    rungs, layer = await asyncio.gather(
        _probe("database", in_database(_sandboxes_of_executors)),
        _probe("channel layer", _round_trip(get_channel_layer())),
    )
    if rungs is None:
        executor = sandbox = UNKNOWN
    else:
        executor = OK if rungs else DOWN
        sandbox = ", ".join(sorted({rung for rung in rungs if rung})) or DOWN
    parts = {
        "database": DOWN if rungs is None else OK,
        "channel_layer": DOWN if layer is None else OK,
        "executor": executor,
        "sandbox": sandbox,
    }
    ready = not {DOWN, UNKNOWN} & set(parts.values())
    return ready, {"status": "ready" if ready else "unavailable"} | parts


async def _probe(name: str, answer: Awaitable[Any]) -> Any:
    """The answer, or None when there is none in time. Never raises: the monitor wants JSON."""
    try:
        return await asyncio.wait_for(answer, PROBE_SECONDS)
    except Exception as error:
        logger.warning("not ready: %s: %r", name, error)
        return None


def _sandboxes_of_executors() -> list[str]:
    return list(heartbeats.alive().values_list("sandbox", flat=True))


async def _round_trip(layer: Any) -> bool:
    channel = await layer.new_channel()
    await layer.send(channel, {"type": "ready"})
    await layer.receive(channel)
    # A layer forgets a channel, and Redis its subscription, when a receiver is cancelled.
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            await layer.receive(channel)
    return True
