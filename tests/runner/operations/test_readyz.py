"""GET /readyz: whether runs would be accepted, and if not what is missing."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import OperationalError
from django.test import AsyncClient
from django.utils import timezone

from runner.limits import WATCHDOG
from runner.models import Executor
from runner.operations import health

pytestmark = pytest.mark.django_db(transaction=True)

READY = {
    "status": "ready",
    "database": "ok",
    "channel_layer": "ok",
    "executor": "ok",
    "sandbox": "rlimits",
    "weak_limits": False,
}


async def an_executor(silent_seconds: int = 0, sandbox: str = "rlimits") -> None:
    heartbeat = timezone.now() - timedelta(seconds=silent_seconds)
    await Executor.objects.acreate(name="one", capacity=4, sandbox=sandbox, heartbeat_at=heartbeat)


async def ask(async_client: AsyncClient) -> tuple[int, Any]:
    response = await async_client.get("/readyz")
    return response.status_code, response.json()


async def test_a_site_with_an_executor_is_ready(async_client: AsyncClient) -> None:
    await an_executor()
    assert await ask(async_client) == (200, READY)


async def test_without_an_executor_it_is_not(async_client: AsyncClient) -> None:
    missing = {"status": "unavailable", "executor": "down", "sandbox": "down"}
    assert await ask(async_client) == (503, READY | missing)


async def test_a_silent_executor_does_not_count(async_client: AsyncClient) -> None:
    await an_executor(silent_seconds=21)
    assert (await ask(async_client))[0] == 503


async def test_an_executor_without_a_sandbox_runs_nothing(async_client: AsyncClient) -> None:
    await an_executor(sandbox="")
    assert await ask(async_client) == (503, READY | {"status": "unavailable", "sandbox": "down"})


@pytest.mark.parametrize("others", [[], ["cgroup v2"]])
async def test_one_executor_that_hostile_programs_can_harm_is_enough_to_say_so(
    async_client: AsyncClient, others: list[str]
) -> None:
    for name in [*others, WATCHDOG]:
        await Executor.objects.acreate(
            name=name, capacity=4, sandbox=name, heartbeat_at=timezone.now()
        )
    weak = {"sandbox": ", ".join([*others, WATCHDOG]), "weak_limits": True}
    assert await ask(async_client) == (200, READY | weak)


async def test_an_executor_that_ended_weakens_nothing(async_client: AsyncClient) -> None:
    await an_executor(silent_seconds=21, sandbox=WATCHDOG)
    await Executor.objects.acreate(
        name="two", capacity=4, sandbox="rlimits", heartbeat_at=timezone.now()
    )
    assert await ask(async_client) == (200, READY)


async def test_a_database_that_is_down_is_named(
    async_client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[str]:
        raise OperationalError("no route to host")

    monkeypatch.setattr(health, "_sandboxes_of_executors", broken)
    down = {
        "status": "unavailable",
        "database": "down",
        "executor": "unknown",
        "sandbox": "unknown",
    }
    assert await ask(async_client) == (503, READY | down)


async def test_a_channel_layer_that_never_answers_is_waited_for_no_longer_than_the_limit(
    async_client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_comes(self: InMemoryChannelLayer, channel: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(InMemoryChannelLayer, "receive", nothing_comes)
    await an_executor()
    down = {"status": "unavailable", "channel_layer": "down"}
    async with asyncio.timeout(10 * health.PROBE_SECONDS):  # the database answers within it, too
        assert await ask(async_client) == (503, READY | down)


async def test_what_is_missing_is_logged_when_that_changes_and_is_no_error(
    async_client: AsyncClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_missing", set())
    caplog.set_level("INFO")
    for _ in range(3):
        assert (await ask(async_client))[0] == 503
    await an_executor()
    for _ in range(3):
        assert (await ask(async_client))[0] == 200
    said = [(r.levelname, r.message) for r in caplog.records if r.name != "django.channels.server"]
    assert said == [("WARNING", "Not ready: executor, sandbox."), ("INFO", "Ready.")]


async def test_asking_again_and_again_leaves_no_channels_behind(async_client: AsyncClient) -> None:
    layer = get_channel_layer()
    assert isinstance(layer, InMemoryChannelLayer)
    before = set(layer.channels)
    await ask(async_client)
    assert set(layer.channels) == before
