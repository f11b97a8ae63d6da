"""Whether an executor is lost: neither its clock nor the database's may say so alone."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from runner.runs import heartbeats, lifecycle, recovery
from runner.runs.heartbeats import StaleHeartbeat
from runner.runs.steady_clock import SteadyClock

DEAD = StaleHeartbeat(1, timezone.now())
NOW = 1000.0


class Site:
    """A database that shows `stale_heartbeats`, and a steady clock."""

    def __init__(self) -> None:
        self.stale_heartbeats: dict[StaleHeartbeat, bool] = {}
        self.now = NOW
        self.ended: list[StaleHeartbeat] = []

    def end_lost_runs(self, stale_heartbeats: set[StaleHeartbeat]) -> list[UUID]:
        self.ended += stale_heartbeats
        return []

    async def look(self, seconds_later: float) -> list[StaleHeartbeat]:
        self.now += seconds_later
        self.ended.clear()
        await recovery.recover_lost_runs()
        return self.ended


async def at_once(function: Callable[..., Any], *args: Any) -> Any:
    return function(*args)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr(heartbeats, "stale_heartbeats", lambda: site.stale_heartbeats)
    monkeypatch.setattr(lifecycle, "end_lost_runs", site.end_lost_runs)
    monkeypatch.setattr(recovery, "in_database", at_once)
    monkeypatch.setattr(recovery, "_steady_clock", SteadyClock())
    monkeypatch.setattr(recovery, "steady_seconds", lambda: 3600.0)
    monkeypatch.setattr(recovery, "time", SimpleNamespace(monotonic=lambda: site.now))
    return site


async def test_a_silence_is_believed_once_it_was_seen_to_last(site: Site) -> None:
    site.stale_heartbeats = {DEAD: False}
    assert await site.look(0) == []
    assert await site.look(5) == []
    site.stale_heartbeats = {DEAD: True}
    assert await site.look(5) == [DEAD]


async def test_when_the_databases_clock_jumps_nobody_is_lost(site: Site) -> None:
    site.stale_heartbeats = {DEAD: True}
    assert await site.look(0) == []
    site.stale_heartbeats = {}  # it has written the new time
    assert await site.look(5) == []
    site.stale_heartbeats = {DEAD: True}  # as if it had never been away: the watch begins anew
    assert await site.look(6) == []


async def test_a_new_heartbeat_begins_a_new_silence(site: Site) -> None:
    site.stale_heartbeats = {DEAD: True}
    await site.look(0)
    site.stale_heartbeats = {StaleHeartbeat(1, DEAD.heartbeat_at + timedelta(seconds=5)): True}
    assert await site.look(10) == []


async def test_a_dead_executor_is_lost_though_the_databases_clock_was_put_back(site: Site) -> None:
    site.stale_heartbeats = {DEAD: False}
    await site.look(0)
    assert await site.look(19) == []
    assert await site.look(1) == [DEAD]


async def test_who_was_cut_off_from_the_database_judges_nobody(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "steady_seconds", lambda: 19.0)
    site.stale_heartbeats = {DEAD: True}
    await site.look(0)
    assert await site.look(60) == []
