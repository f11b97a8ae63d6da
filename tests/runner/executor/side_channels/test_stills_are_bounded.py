"""Pictures of a window have room of their own, beside what the program shows."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from django.conf import settings

from runner.executor.side_channels import Shown, Turns
from runner.executor.side_channels import shown as module
from runner.limits import KIB
from runner.models import Run

LIMITS = settings.LIMITS
SIZE = (640, 480)


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was written: arguments of `save_artifact`."""
    written: list[Any] = []

    async def write(_: object, *arguments: object) -> bool:
        written.append(arguments)
        return True

    monkeypatch.setattr(module, "in_database", write)
    return written


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def shown(told: list[int]) -> Shown:
    run = Run(pk=uuid4(), owner_id=1)
    pump = SimpleNamespace(count_aside=lambda size: True, elapsed_ms=7)
    return Shown(run, cast(Any, None), cast(Any, pump), Turns(), told.append)


async def test_they_are_stored_after_all_else_and_nobody_is_told(
    shown: Shown, stored: list[Any], told: list[int]
) -> None:
    assert await shown.store_file("a.txt", b"12")
    before = list(told)
    assert await shown.store_still(SIZE, b"345")
    assert await shown.store_still(SIZE, b"6")
    stills = [(one.seq, one.kind, one.at_ms, total) for *_, one, total in stored[1:]]
    first = LIMITS.artifacts_per_run + LIMITS.returned_files + 1
    assert stills == [(first, "still", 7, 5), (first + 1, "still", 7, 6)]
    assert told == before
    assert await shown.store_file("a.txt", b"1")
    assert stored[-1][-1] == 5  # the run's bytes have all of them


async def test_there_are_so_many(shown: Shown, stored: list[Any]) -> None:
    for _ in range(LIMITS.stills_per_run):
        assert await shown.store_still(SIZE, b"x")
    assert not await shown.store_still(SIZE, b"x")
    assert len(stored) == LIMITS.stills_per_run


@pytest.mark.usefixtures("stored")
async def test_they_take_so_much_room(shown: Shown) -> None:
    for _ in range(LIMITS.stills_bytes_per_run // (512 * KIB)):
        assert await shown.store_still(SIZE, bytes(512 * KIB))
    assert not await shown.store_still(SIZE, b"x")


async def test_a_program_shows_as_much_as_before(shown: Shown, stored: list[Any]) -> None:
    await shown.store_still(SIZE, b"x")
    assert shown.version == 0
    assert shown._count == 0
