"""A user's history has room for so many runs and bytes; what was removed is noted."""

import asyncio

import pytest
from pytest_django import Settings

from accounts.models import User
from runner import runs
from runner.infrastructure.database import in_database
from runner.limits import KIB, MIB, Limits
from runner.models import Executor, Recording, RemovedRuns, Run
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome, RunStatus
from runner.runs import room
from runner.runs.lifecycle import finish_run, save_progress
from tests.a_run import finished_run

RECORDING = {
    "head": b"x" * 1000,
    "head_times": b"t" * 10,
    "tail": b"y" * 500,
    "resizes": [(1, 2, 3)],
}
RUNNING = {"status": RunStatus.RUNNING, "outcome": ""}


def oldest_first(owner: User, count: int, **fields: int) -> list[Run]:
    return [finished_run(owner, b"x", **fields) for _ in range(count)]


def test_the_oldest_of_too_many_are_removed(
    owner: User, classmate: User, settings: Settings
) -> None:
    settings.LIMITS = Limits(history_runs=3)
    others = oldest_first(classmate, 5)
    mine = oldest_first(owner, 5, source_bytes=1)
    assert runs.make_room(owner.pk) == 2
    assert set(Run.objects.all()) == {*mine[2:], *others}
    assert Recording.objects.count() == 8
    assert RemovedRuns.objects.get().count == 2
    assert runs.make_room(owner.pk) == 0
    finished_run(owner)
    runs.make_room(owner.pk)
    assert RemovedRuns.objects.get().count == 3


def test_the_oldest_of_too_large_ones_are_removed(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(history_bytes=10 * KIB)
    mine = [
        finished_run(owner, source_bytes=4 * KIB, recording_bytes=size * KIB)
        for size in (100, 0, 0, 1)
    ]
    runs.make_room(owner.pk)
    assert set(Run.objects.all()) == {*mine[2:]}


def test_programs_that_run_count_and_are_not_removed(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(history_runs=2)
    running = [finished_run(owner, b"", **RUNNING) for _ in range(2)]
    finished_run(owner)
    runs.make_room(owner.pk)
    assert set(Run.objects.all()) == {*running}
    settings.LIMITS = Limits(history_bytes=100)
    finished_run(owner, source_bytes=1)
    running[0].source_bytes = 200
    running[0].save()
    runs.make_room(owner.pk)
    assert set(Run.objects.all()) == {*running}


def test_runs_of_before_are_estimated_by_their_output(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(history_bytes=3 * MIB)
    mine = oldest_first(owner, 4, output_bytes=100 * MIB)
    runs.make_room(owner.pk)
    assert set(Run.objects.all()) == {*mine[2:]}


@pytest.mark.parametrize("end", [True, False])
def test_what_is_stored_of_a_run_is_counted(executor: Executor, owner: User, end: bool) -> None:
    run = finished_run(owner, output=b"", **RUNNING, executor=executor)
    if end:
        ending = Ending(Outcome.COMPLETED, ReasonCode.COMPLETED)
        assert finish_run(run.pk, ending, executor, RECORDING)
    else:
        assert save_progress(run.pk, executor, RECORDING)
    run.refresh_from_db()
    assert run.recording_bytes == 1510 + 20


@pytest.mark.django_db(transaction=True)
async def test_a_start_makes_room(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cast import someone

    settings.LIMITS = Limits(history_runs=1)
    monkeypatch.setattr(room, "PAUSE_SECONDS", 0.0)
    owner = await in_database(someone, "owner")
    old = await in_database(finished_run, owner)
    files = [{"path": "main.py", "content": "é" * 10}]
    start = {"type": "start_interactive", "language": "python", "files": files}
    message = StartInteractive.model_validate(start | {"rows": 24, "cols": 80})
    made = asyncio.Event()
    make_room = room.make_room
    loop = asyncio.get_running_loop()

    def and_tell(user: int) -> int:
        try:
            return make_room(user)
        finally:
            loop.call_soon_threadsafe(made.set)

    monkeypatch.setattr(room, "make_room", and_tell)
    new, _ = await runs.create_run(owner, message, "a terminal")
    async with asyncio.timeout(5):
        await made.wait()
    kept = await in_database(lambda: list(Run.objects.all()))
    assert kept == [new]
    assert kept[0].source_bytes == len("main.py") + 20
    assert old not in kept
