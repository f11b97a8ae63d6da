"""What an executor tells of a run to those who watch its class."""

import asyncio
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from runner.executor.classes import ClassReports, RunReporter, WantedClasses, reports
from runner.infrastructure import messaging
from runner.languages import ProgramError
from runner.models import Run
from runner.protocol.classes.channel import RunReport, RunReports
from runner.protocol.messages import Exit, Outcome

CLASS = 7
NO_ERROR = ProgramError("", "", None)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[RunReport]:
    """What was sent to the pages of who teaches."""
    sent: list[RunReport] = []

    async def send_to_class(group: str, message: Any) -> None:
        assert group == f"class.{CLASS}.staff"
        sent.append(message)

    monkeypatch.setattr(messaging, "send_to_class", send_to_class)
    monkeypatch.setattr(reports, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(reports, "REPORT_SECONDS", 0.05)
    return sent


def a_run(classroom: int | None = CLASS) -> Run:
    run = Run(owner=User(pk=1), language="python", files=[], main="main.py", rows=24, cols=80)
    run.classroom_id, run.created_at = classroom, timezone.now()
    return run


def watched() -> WantedClasses:
    wanted = WantedClasses()
    wanted.note(CLASS)
    return wanted


async def reports_sent() -> None:
    await asyncio.sleep(0.1)


def states(told: list[RunReport]) -> list[str]:
    return [report.state for report in told]


async def test_a_run_is_told_of_when_it_begins_waits_and_ends(told: list[RunReport]) -> None:
    output = [b"Name: "]
    reporter = RunReporter(a_run(), watched(), lambda _: output[0])
    for step in (reporter.started, reporter.waits, reporter.active):
        step()
        await reports_sent()
    end = Exit(
        run=a_run().pk, outcome=Outcome.FAILED, exit_code=1, signal=None, reason="", wall_ms=1,
        cpu_ms=1, memory_peak_bytes=1, output_bytes=6,
    )  # fmt: skip
    output[0] = b"Name: Ada\r\nNameError"
    reporter.ended(end, ProgramError("NameError", "main.py", 4))
    output[0] = b""  # a run forgets its output when it has ended
    await reports_sent()
    assert states(told) == ["running", "waiting", "running", "idle"]
    assert told[0].line == "Name:"
    last = told[-1]
    assert last.line == "NameError"
    assert (last.outcome, last.error, last.error_line) == ("failed", "NameError", 4)


async def test_output_is_told_of_at_a_limited_rate_and_the_last_one_is(
    told: list[RunReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = [b""]
    reporter = RunReporter(a_run(), watched(), lambda _: output[0])
    reporter.started()
    began = asyncio.get_running_loop().time()
    for number in range(200):
        output[0] = str(number).encode()
        reporter.active()
        await asyncio.sleep(0.001)
    await reports_sent()
    took = asyncio.get_running_loop().time() - began
    assert 2 < len(told) <= took / reports.REPORT_SECONDS + 1
    assert told[-1].line == "199"


@pytest.mark.parametrize("classroom", [None, CLASS + 1])
async def test_what_nobody_watches_is_not_told(
    told: list[RunReport], classroom: int | None
) -> None:
    reporter = RunReporter(a_run(classroom), watched(), lambda _: b"")
    reporter.started()
    reporter.active()
    await reports_sent()
    assert told == []


async def test_who_comes_later_is_told_what_there_is(
    told: list[RunReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = WantedClasses()
    reporter = RunReporter(a_run(), wanted, lambda _: b"Name: ")
    reporter.started()
    reporter.waits()
    await reports_sent()
    assert told == []
    wanted.note(CLASS)
    reporter.note()
    await reports_sent()
    assert states(told) == ["waiting"]
    monkeypatch.setattr(reports, "WANTED_SECONDS", 0.0)
    wanted.note(CLASS)  # the page is closed: nobody says so again
    reporter.active()
    await reports_sent()
    assert states(told) == ["waiting"]


def reporters(count: int) -> list[RunReporter]:
    """Of programs that run, of which nobody has been told; and of one in no class."""
    own = [a_run() for _ in range(count)]
    return [RunReporter(run, WantedClasses(), lambda _: b"Name: ") for run in [*own, a_run(None)]]


async def test_a_grid_that_asks_gets_all_runs_in_few_messages(told: list[Any]) -> None:
    wanted = WantedClasses()
    there = reporters(reports.REPORTS_PER_MESSAGE + 20)
    ClassReports(wanted, lambda: there).asked(CLASS)
    await reports_sent()
    assert all(isinstance(message, RunReports) for message in told)
    assert [len(message.reports) for message in told] == [reports.REPORTS_PER_MESSAGE, 20]
    sent = [report for message in told for report in message.decoded()]
    assert sent == [each.report() for each in there[:-1]]
    assert wanted.has(CLASS)


async def test_many_grids_that_ask_are_answered_together(
    told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the last one of them is answered, too, with what there is then."""
    monkeypatch.setattr(reports, "ANSWER_SECONDS", 0.3)
    there = reporters(1)
    answers = ClassReports(WantedClasses(), lambda: there)
    for _ in range(100):
        answers.asked(CLASS)
    await asyncio.sleep(0.05)
    assert len(told) == 1
    there += reporters(1)
    for _ in range(100):
        answers.asked(CLASS)
    await asyncio.sleep(0.05)
    assert len(told) == 1
    await asyncio.sleep(0.4)
    assert [len(message.reports) for message in told] == [1, 2]


async def test_a_class_without_runs_here_is_told_nothing(told: list[Any]) -> None:
    answers = ClassReports(WantedClasses(), list)
    answers.asked(CLASS)
    await reports_sent()
    assert told == []
