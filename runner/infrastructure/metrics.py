"""The Prometheus metrics of this process.

A web worker exposes its own at `/metrics`. Executors listen on no port: they write theirs into
their heartbeat row, and every web worker exposes these rows (`operations/exposition.py`).
"""

from typing import Any
from uuid import uuid4

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from runner.limits import MIB

PROCESS = uuid4().hex  # under `serve` web worker and executor share it
WEB = "coderunner_web_"  # prefix of metrics that only web workers have
FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
SLOW = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)  # seconds
SIZES = tuple(size * MIB for size in (8, 16, 32, 64, 128, 256, 512, 1024))

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(namespace="coderunner", registry=REGISTRY)


def _counter(name: str, help_text: str, *labels: str) -> Counter:
    return Counter(name, help_text, labels, registry=REGISTRY)


def _histogram(name: str, help_text: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(name, help_text, buckets=buckets, registry=REGISTRY)


# --- Web workers -----------------------------------------------------------------------------
VISITS = _counter(
    f"{WEB}visitor_requests_total", "Requests of visitors for puzzles and tickets.", "answer"
)
VISITOR_RUNS = _counter(f"{WEB}visitor_runs_total", "Programs that visitors have started.")
SOCKETS = Gauge(f"{WEB}sockets", "Terminal sockets that are open.", registry=REGISTRY)
IGNORED_MESSAGES = _counter(
    f"{WEB}ignored_messages", "Refused messages of terminals beyond the rate of answers."
)
SENT_BYTES = _counter(f"{WEB}sent_bytes", "Output bytes sent to browsers, without repetitions.")
RESENDS = _counter(f"{WEB}resends", "Repeated inputs, and requests for missing output.", "what")
ECHO = _histogram(
    f"{WEB}echo_seconds",
    "Time from receiving an input to its acknowledgement by the executor (with the echo).",
    FAST,
)

# --- Executors -------------------------------------------------------------------------------
QUEUE_WAIT = _histogram(
    "coderunner_queue_wait_seconds", "Time from the request for a run to its claim.", SLOW
)
FIRST_OUTPUT = _histogram(
    "coderunner_first_output_seconds", "Time from the request for a run to its first output.", SLOW
)
SANDBOX_START = _histogram("coderunner_sandbox_start_seconds", "Time to start a sandbox.", FAST)
POOL = _counter("coderunner_pool_sandboxes", "Sandboxes used by runs, warm or cold.", "start")
OUTPUT_BYTES = _counter("coderunner_output_bytes", "Bytes read from terminals of programs.")
INPUT_BYTES = _counter("coderunner_input_bytes", "Bytes typed into terminals of programs.")
OUTPUT_RESENDS = _counter(
    "coderunner_output_resends",
    "Repeated output messages, because no acknowledgement came in time.",
)
RUN_MEMORY = _histogram("coderunner_run_memory_peak_bytes", "Peak memory of a run.", SIZES)

# --- The process that ends a run -------------------------------------------------------------
RUNS_ENDED = _counter("coderunner_runs_ended", "Runs by outcome.", "outcome")


def snapshot() -> dict[str, Any]:
    """What an executor stores in its heartbeat row: `[name, labels, value]` of each sample."""
    samples = [
        [sample.name, sample.labels, sample.value]
        for family in REGISTRY.collect()
        if not family.name.startswith(WEB)
        for sample in family.samples
    ]
    return {"process": PROCESS, "samples": samples}
