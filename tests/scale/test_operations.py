"""What operators see of a web worker and an executor of its own."""

import json
import re
import signal
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from runner.executor import service
from runner.protocol.messages import Outcome
from tests.product import Product, WebServer
from tests.services import ServerProcess, wait_until
from tests.terminal_client import open_terminal


def samples(worker: WebServer) -> dict[str, float]:
    """Values of this worker's metrics; those of executors under `name/executor`."""
    text = httpx.get(f"{worker.url}/metrics", timeout=5).raise_for_status().text
    return {
        sample.name + ("/executor" if "executor" in sample.labels else ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def events(process: ServerProcess) -> Iterator[dict[str, Any]]:
    for line in process.output().splitlines():
        if re.search(r'\] "[A-Z]+ /', line):
            continue  # Daphne's own access log, which `-v 0` leaves out
        record = json.loads(line)
        assert {"time", "level", "logger", "message"} <= set(record), line
        if "event" in record:
            yield record


@pytest.mark.faults
async def test_a_run_leaves_its_traces_in_log_and_metrics(product: Product) -> None:
    product.create_users("owner")
    worker = product.web_worker(wait=False, LOG_FORMAT="json")
    # Executors sign nothing: one runs without the site's key.
    executor = product.executor(LOG_FORMAT="json", SECRET_KEY="", SECRET_KEY_FILE="/dev/null")
    worker.wait_until_ready()
    async with open_terminal(worker, worker.sign_in("owner")) as terminal:
        run = (await terminal.start("print(input())"))["run"]
        await terminal.type("é\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert samples(worker)["coderunner_web_sockets"] == 1

    wait_until(lambda: samples(worker)["coderunner_web_sockets"] == 0, "the socket's end")
    wait_until(
        lambda: samples(worker).get("coderunner_runs_ended_total/executor") == 1,
        "a heartbeat with the executor's figures",
    )
    shown = samples(worker)
    assert shown["coderunner_web_echo_seconds_count"] == 1
    assert shown["coderunner_web_sent_bytes_total"] > 0
    for name in ("queue_wait_seconds_count", "first_output_seconds_count"):
        assert shown[f"coderunner_{name}/executor"] == 1
    assert shown["coderunner_input_bytes_total/executor"] == len("é\r".encode())
    assert shown["coderunner_output_bytes_total/executor"] == terminal.offset
    assert shown["coderunner_process_resident_memory_bytes/executor"] > 0

    connect, ask, disconnect = events(worker.process)
    assert [connect["event"], ask["event"], disconnect["event"]] == ["connect", "ask", "disconnect"]
    assert connect["request"] == ask["request"] == disconnect["request"]
    assert connect["user"] == ask["user"]
    assert ask["run"] == run
    start, end = events(executor)
    assert [start["event"], end["event"]] == ["start", "end"]
    for record in (start, end):
        assert (record["run"], record["user"]) == (run, connect["user"])
        assert record["executor"]


@pytest.mark.faults
async def test_a_retired_executor_lets_its_programs_end_and_another_takes_new_ones(
    product: Product,
) -> None:
    product.create_users("owner")
    worker, old = product.web_worker(wait=False), product.executor(DRAIN_SECONDS="0")
    worker.wait_until_ready()
    owner = worker.sign_in("owner")
    async with open_terminal(worker, owner) as terminal, open_terminal(worker, owner) as other:
        await terminal.start("print('before', input())")
        old.send(signal.SIGUSR1)
        old.wait_for_output("Waiting for 1 runs to end.")
        new = product.executor()
        new.wait_for_output("is ready for")
        run = (await other.start("print(1)"))["run"]
        await other.wait_for_exit(Outcome.COMPLETED)
        assert f"Run {run} started." in new.output()
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    assert old.wait_for_end() == 0


@pytest.mark.faults
async def test_an_executor_that_stops_waits_for_no_terminal_that_is_gone(product: Product) -> None:
    product.create_users("owner")
    worker, executor = product.web_worker(wait=False), product.executor(DRAIN_SECONDS="0")
    worker.wait_until_ready()
    async with open_terminal(worker, worker.sign_in("owner")) as terminal:
        await terminal.start("input()")
        worker.process.kill()
        began = time.monotonic()
        executor.ask_to_stop()
        assert executor.wait_for_end() == 0
    assert time.monotonic() - began < service.STOP_SECONDS
