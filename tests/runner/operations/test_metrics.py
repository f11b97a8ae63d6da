"""GET /metrics: this process, the queue, and what executors left in their rows."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from accounts.models import User
from runner.infrastructure import metrics
from runner.models import Executor
from runner.operations import exposition
from runner.run_state import Outcome, RunStatus
from runner.runs import heartbeats
from tests.a_run import finished_run

pytestmark = pytest.mark.django_db


def scrape(client: Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def value(client: Client, name: str, **labels: str) -> float | None:
    return scrape(client).get((name, frozenset(labels.items())))


def an_executor(process: str = "another", samples: Any = ()) -> Executor:
    executor = heartbeats.register_executor("one", capacity=4, sandbox="rlimits")
    assert heartbeats.write_heartbeat(executor, active=3)
    Executor.objects.update(metrics={"process": process, "samples": samples})
    return executor


# --- Who may read --------------------------------------------------------------------------------
def test_a_private_network_may_read_without_a_token(client: Client) -> None:
    for address in ("127.0.0.1", "10.1.2.3", "::1"):
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


def test_the_internet_may_not(client: Client) -> None:
    for address in ("8.8.8.8", "2001:4860:4860::8888", "", "nobody"):
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_who_comes_through_a_proxy_may_not(client: Client, header: str) -> None:
    assert client.get("/metrics", headers={header: "10.0.0.1"}).status_code == 404


def test_with_a_token_only_who_knows_it_may(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a long one"
    for wrong in ("", "Bearer", "Bearer ", "Bearer a long on", "a long one", "Bearer \xff"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 404
    right = {"Authorization": "Bearer a long one", "X-Forwarded-For": "8.8.8.8"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="8.8.8.8").status_code == 200


# --- What it says --------------------------------------------------------------------------------
def test_the_queue_is_counted(client: Client, owner: User) -> None:
    finished_run(owner, status=RunStatus.QUEUED, outcome="")
    assert value(client, "coderunner_queued_runs") == 1
    assert value(client, "coderunner_active_runs") == 0
    assert (value(client, "coderunner_queue_oldest_seconds") or 0) > 0


def test_executors_are_shown_with_their_last_sign_of_life(client: Client) -> None:
    an_executor()
    labels = {"executor": "one", "sandbox": "rlimits"}
    assert value(client, "coderunner_executor_active_runs", **labels) == 3
    assert value(client, "coderunner_executor_capacity", **labels) == 4
    age = value(client, "coderunner_executor_heartbeat_age_seconds", **labels)
    assert age is not None
    assert age < 60


def test_what_an_executor_counted_comes_through_its_row(client: Client) -> None:
    metrics.RUNS_ENDED.labels("completed").inc()
    own = value(client, "coderunner_runs_ended_total", outcome="completed")
    an_executor(samples=metrics.snapshot()["samples"])
    shown = scrape(client)
    ended = frozenset({"outcome": "completed", "executor": "one"}.items())
    assert shown["coderunner_runs_ended_total", ended] == own
    memory = frozenset({"executor": "one"}.items())
    assert shown["coderunner_process_resident_memory_bytes", memory] > 0


def test_the_executor_of_this_very_process_is_not_counted_twice(client: Client) -> None:
    metrics.RUNS_ENDED.labels("completed").inc()
    heartbeats.write_heartbeat(
        heartbeats.register_executor("one", capacity=4, sandbox="rlimits"), active=0
    )
    labels = {"outcome": "completed", "executor": "one"}
    assert value(client, "coderunner_runs_ended_total", **labels) is None


@pytest.mark.parametrize(
    "sample",
    [
        ["coderunner_web_sockets", {}, 1000.0],
        ["an_invention", {}, 1.0],
        ["coderunner_output_bytes_total", {"job": "web"}, 1.0],
        ["coderunner_output_bytes_total", {"start": "long" * 100}, 1.0],
        ["coderunner_output_bytes_total", {"start": ["x"]}, 1.0],
        ["coderunner_output_bytes_total", {}, "much"],
        ["coderunner_output_bytes_total"],
        "coderunner_output_bytes_total",
        None,
    ],
)
def test_an_executor_that_lies_adds_nothing(client: Client, sample: Any) -> None:
    an_executor(samples=[sample])
    assert "one" not in {
        dict(labels).get("executor")
        for name, labels in scrape(client)
        if not name.startswith("coderunner_executor_")
    }


def test_an_executor_may_not_say_without_end(client: Client) -> None:
    many = [["coderunner_runs_ended_total", {"outcome": str(n)}, 1.0] for n in range(5000)]
    an_executor(samples=many)
    shown = [labels for _, labels in scrape(client) if ("executor", "one") in labels]
    assert len(shown) <= exposition.MOST_SAMPLES + 3


@pytest.mark.parametrize("row", [None, [], "text", {"samples": 1}, {"samples": {}}])
def test_a_row_of_another_version_is_no_error(client: Client, row: Any) -> None:
    an_executor()
    Executor.objects.update(metrics=row)
    assert value(client, "coderunner_database_up") == 1


def test_without_the_database_a_worker_still_shows_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(exposition, "alive_executors", broken)
    assert value(client, "coderunner_database_up") == 0
    assert value(client, "coderunner_web_sockets") is not None


def test_each_family_is_described_once(client: Client) -> None:
    an_executor(samples=metrics.snapshot()["samples"])
    text = client.get("/metrics").content.decode()
    described = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(described) == len(set(described))


def test_an_executors_row_stays_small() -> None:
    for outcome in Outcome:
        metrics.RUNS_ENDED.labels(outcome).inc()
    assert len(str(metrics.snapshot())) < 16_000
