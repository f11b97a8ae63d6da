"""Which places of an executor visitors get, and what it does for a student who needs one."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from pytest_django import Settings

from runner import runs
from runner.executor.demand import next_visitor
from runner.executor.program.plans import plan_of
from runner.executor.service import ExecutorService
from runner.limits import Limits
from runner.models import Executor, Run
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from tests.cast import someone
from tests.runner.runs.queued_runs import program

ONE, TWO = {"python": 1}, {"python": 1, "java": 2}


@pytest.mark.parametrize(
    ("students", "visitors", "places", "languages"),
    [
        (0, 0, ONE, ["python"]),
        (0, 4, ONE, ["python"]),
        (0, 5, ONE, []),  # a quarter of 20
        (19, 0, ONE, ["python"]),
        (19, 1, ONE, []),
        (20, 0, ONE, []),
        (25, 0, ONE, []),
        (0, 4, TWO, ["python"]),
        (18, 0, TWO, ["python", "java"]),
        (0, 0, {"java": 6}, []),
    ],
)
def test_visitors_have_a_share_of_what_students_leave(
    students: int, visitors: int, places: dict[str, int], languages: list[str]
) -> None:
    assert next_visitor(20, students, visitors, 25, places) == languages


@pytest.mark.parametrize("capacity", [1, 2, 3])
def test_a_small_executor_has_one_place_for_them(capacity: int) -> None:
    assert next_visitor(capacity, 0, 0, 25, ONE) == ["python"]
    assert next_visitor(capacity, 0, 1, 25, ONE) == []
    assert next_visitor(capacity, capacity, 0, 25, ONE) == []


class Task:
    """In place of a `RunTask`: it runs until it is told to end."""

    def __init__(self, run: Run, _: Any, pool: Any, *__: Any, **___: Any) -> None:
        self.run_of, self.pool = run, pool
        self.id, self.owner, self.places = str(run.pk), run.owner_id or 0, 1
        self.of_visitor, self.created_at = run.owner_id is None, run.created_at
        self.ended: tuple[Outcome, ReasonCode | None] | None = None
        self._over = asyncio.Event()

    def decide(self, outcome: Outcome, reason_code: ReasonCode | None = None) -> None:
        self.ended = self.ended or (outcome, reason_code)
        self._over.set()

    async def run(self, slot_free: Any) -> None:
        await self._over.wait()


@pytest.fixture
def service(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, executor: Executor
) -> ExecutorService:
    settings.VISITORS = "any"
    settings.LIMITS = Limits(visitor_percent=50, visitor_starts_per_second=100)
    monkeypatch.setattr("runner.executor.service.RunTask", Task)
    made = ExecutorService(4, "rlimits")
    made._executor = executor
    made._machine.languages.versions = {"python": "3"}
    return made


async def visited(number: int) -> None:
    visit = runs.Visit(f"v{number}", f"n{number}")
    await runs.create_visitor_run(visit, program(), "a terminal")


def by_kind(service: ExecutorService) -> tuple[int, int]:
    """Students' and visitors' tasks that go on."""
    tasks = [task for task in service._tasks.values() if not getattr(task, "ended", None)]
    visitors = sum(task.of_visitor for task in tasks)
    return len(tasks) - visitors, visitors


async def claims(service: ExecutorService) -> None:
    """As `_claim_for_ever`, until nothing more is there."""
    for _ in range(8):
        while service._may_claim() and await service._claim():
            pass
        await service._claim_for_visitors()
    await asyncio.sleep(0)


@pytest.mark.django_db(transaction=True)
async def test_students_take_the_places_of_visitors_the_newest_first(
    service: ExecutorService,
) -> None:
    for number in range(5):
        await visited(number)
    await claims(service)
    assert by_kind(service) == (0, 2)
    oldest, newest = sorted(service._tasks.values(), key=lambda task: task.created_at)
    students = [await sync_to_async(someone)(f"s{number}") for number in range(4)]
    for student in students[:2]:
        await runs.create_run(student, program(), "a terminal")
    await claims(service)
    assert by_kind(service) == (2, 2)
    await runs.create_run(students[2], program(), "a terminal")
    await claims(service)
    assert getattr(newest, "ended", None) == (Outcome.STOPPED, ReasonCode.PLACE_NEEDED)
    assert by_kind(service) == (3, 1)
    await runs.create_run(students[3], program(), "a terminal")
    await claims(service)
    assert getattr(oldest, "ended", None) == (Outcome.STOPPED, ReasonCode.PLACE_NEEDED)
    assert by_kind(service) == (4, 0)
    for task in list(service._tasks.values()):
        task.decide(Outcome.STOPPED)
    await asyncio.gather(*service._running)


@pytest.mark.django_db(transaction=True)
async def test_they_take_no_sandbox_that_waits_for_students(service: ExecutorService) -> None:
    """An interpreter waits with their limits, so that no second one is started."""
    await visited(1)
    await runs.create_run(await sync_to_async(someone)("ann"), program(), "a terminal")
    await claims(service)
    tasks: list[Any] = list(service._tasks.values())
    pools = {task.of_visitor: task.pool for task in tasks}
    assert pools == {False: service._pool, True: service._visitors_pool}
    for task in tasks:
        assert plan_of(task.run_of).limits.fits(task.pool._limits)
        assert task.pool._limits.gives_way is task.of_visitor
        task.decide(Outcome.STOPPED)
    await asyncio.gather(*service._running)


@pytest.mark.django_db(transaction=True)
async def test_where_they_are_off_what_is_left_of_them_is_not_claimed(
    service: ExecutorService, settings: Settings
) -> None:
    await visited(1)
    settings.VISITORS = "off"
    assert not service._serves_visitors
    settings.VISITORS = "shared"
    service._draining = True
    assert not service._serves_visitors


@pytest.mark.django_db(transaction=True)
async def test_they_start_at_a_rate(service: ExecutorService, settings: Settings) -> None:
    settings.LIMITS = Limits(visitor_percent=50, visitor_starts_per_second=1)
    slow = ExecutorService(8, "rlimits")
    slow._executor = service._executor
    slow._machine.languages.versions = {"python": "3"}
    for number in range(3):
        await visited(number)
    began = timezone.now()
    await claims(slow)
    if (timezone.now() - began).total_seconds() < 1:
        assert by_kind(slow) == (0, 1)
    for task in list(slow._tasks.values()):
        task.decide(Outcome.STOPPED)
    await asyncio.gather(*slow._running)
