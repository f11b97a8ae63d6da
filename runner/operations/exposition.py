"""The text of `/metrics`: this process, the queue, and the heartbeat rows of executors.

A row is trusted only for names that this code declares itself, within bounds. An executor of
another version, or a compromised one, can falsify its own samples and add nothing else.
"""

import hmac
import logging
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from runner.infrastructure.metrics import PROCESS, REGISTRY, WEB
from runner.models import Run
from runner.run_state import RunStatus
from runner.runs import alive_executors

logger = logging.getLogger(__name__)
MOST_SAMPLES = 1000  # of one executor; ours has a tenth of it
MOST_LABEL = 64  # characters
LABELS = {"le", "outcome", "start"}
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}


def may_read(request: HttpRequest) -> bool:
    """With `METRICS_TOKEN` who knows it; else who asks from a private network without a proxy.

    A proxy in front has a private address, whoever asks through it.
    """
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").encode(errors="replace")
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False


def text() -> bytes:
    """In Prometheus' text format; without the database only what this process knows itself."""
    return generate_latest(_Everything())


class _Everything(Collector):
    def collect(self) -> Iterator[Metric]:
        own = {family.name: family for family in REGISTRY.collect()}
        site: list[Metric] = []
        try:
            site = [*_queue(), *_executors(own)]
        except DatabaseError as error:
            logger.warning(
                "The database failed; showing only the metrics of this process: %s", error
            )
        yield from own.values()
        yield from site
        up = GaugeMetricFamily("coderunner_database_up", "1 if the database answered, else 0.")
        up.add_metric([], bool(site))
        yield up


def _queue() -> Iterator[Metric]:
    """The same in every web worker."""
    queued = Q(status=RunStatus.QUEUED)
    runs = Run.objects.exclude(status=RunStatus.FINISHED).aggregate(
        queued=Count("pk", filter=queued),
        active=Count("pk", filter=~queued),
        oldest=Min("created_at", filter=queued),
    )
    waited = (timezone.now() - runs["oldest"]).total_seconds() if runs["oldest"] else 0
    for name, help_text, value in (
        ("coderunner_queued_runs", "Runs in the queue.", runs["queued"]),
        ("coderunner_active_runs", "Runs claimed by executors.", runs["active"]),
        ("coderunner_queue_oldest_seconds", "Age of the first run in the queue.", waited),
    ):
        yield GaugeMetricFamily(name, help_text, value)


def _executors(own: dict[str, Metric]) -> Iterator[Metric]:
    """Who is alive; what their rows say is added to the families of `own`."""
    now = timezone.now()
    age, runs, capacity = (
        GaugeMetricFamily(f"coderunner_executor_{name}", help_text, labels=["executor", "sandbox"])
        for name, help_text in (
            ("heartbeat_age_seconds", "Time since the last heartbeat of an executor."),
            ("active_runs", "Active runs of an executor."),
            ("capacity", "Maximum number of simultaneous runs of an executor."),
        )
    )
    for executor in alive_executors():
        labels = [executor.name, executor.sandbox]
        assert executor.heartbeat_at is not None  # alive
        age.add_metric(labels, max(0.0, (now - executor.heartbeat_at).total_seconds()))
        runs.add_metric(labels, executor.active)
        capacity.add_metric(labels, executor.capacity)
        add_snapshot(own, executor.name, executor.metrics)
    yield from (age, runs, capacity)


def add_snapshot(own: dict[str, Metric], executor: str, snapshot: Any) -> None:
    """Adds what is well-formed and known, with the label `executor`."""
    if not isinstance(snapshot, dict) or snapshot.get("process") == PROCESS:
        return  # the same counts are in this process's own families
    known = {
        family.name + ending: family
        for family in own.values()
        if not family.name.startswith(WEB)
        for ending in ENDINGS.get(family.type, ("",))
    }
    samples = snapshot.get("samples")
    for sample in samples[:MOST_SAMPLES] if isinstance(samples, list) else []:
        match sample:
            case [str(name), dict(labels), int() | float() as value] if name in known:
                if LABELS.issuperset(labels) and all(map(_short, labels.values())):
                    known[name].add_sample(name, {**labels, "executor": executor}, float(value))


def _short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_LABEL
