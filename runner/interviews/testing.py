"""Test cases: a program of the candidate's, as it is now, reads an input, and what it prints is
compared with what was expected.

Each is a run of the interviewer's that no room shows, with a file in place of the terminal's input.
"""

from contextlib import suppress
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import Prefetch

from accounts.models import User
from runner import history, rooms, runs
from runner.infrastructure import clock, messaging
from runner.languages import LANGUAGES
from runner.models import Interview, InterviewResult, Run
from runner.protocol.channel import Wake
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage
from runner.run_state import Outcome, RunStatus

MOST_TESTS = 20
NAME_CHARACTERS = 100
TEXT_CHARACTERS = 10_000  # of an input, and of what is expected
SHOWN_CHARACTERS = 20_000  # of what a program has printed
ROWS, COLS = 24, 80


def run_test(interview: Interview, number: int, user: User) -> InterviewResult:
    """Starts a run of that test case. Raises a `Refused`, `NoSuchTest` among them."""
    test = test_of(interview, number)
    program = rooms.program_of(interview.room)
    if program is None:
        raise BadMessage(ReasonCode.ROOM_TEXT)
    start = StartInteractive.model_validate(
        {
            "type": "start_interactive",
            "language": language_of(interview, program.main),
            "files": list(program.files),
            "main": program.main,
            "rows": ROWS,
            "cols": COLS,
        }
    )
    run, _ = async_to_sync(runs.create_run)(user, start, "", test["input"])
    async_to_sync(messaging.send_to_executors)(Wake(str(run.pk), ""))
    fresh = {"run": run, "author": user, "at": clock.read(), "passed": None, "output": ""}
    fresh["outcome"] = ""
    with transaction.atomic():
        Interview.objects.select_for_update(no_key=True).filter(pk=interview.pk).exists()
        former = interview.results.filter(number=number, run__isnull=False)
        replaced = former.values_list("run", flat=True).first()
        result, _ = InterviewResult.objects.update_or_create(
            interview=interview, number=number, defaults=fresh
        )
    if replaced is not None:
        _forget(replaced)
    return result


def _forget(run: UUID) -> None:
    """A former run of a test case: nothing else leads to it, and it has the candidate's program."""
    with suppress(Run.DoesNotExist):  # another request was quicker
        if runs.stop_run(run):
            history.remove(Run.objects.filter(pk=run))


class NoSuchTest(BadMessage):
    """Its number is none of the interview's."""


def test_of(interview: Interview, number: int) -> dict[str, str]:
    if not 0 <= number < len(interview.tests):
        raise NoSuchTest(ReasonCode.INVALID_MESSAGE, problem="number: no test case has it")
    found: dict[str, str] = interview.tests[number]
    return found


def language_of(interview: Interview, main: str) -> str:
    """By the ending of the main file, among those that are allowed."""
    ending = main.rpartition(".")[2]
    allowed = [LANGUAGES.get(one) for one in interview.languages]
    fitting = (one.id for one in allowed if one is not None and ending in one.extensions)
    return next(fitting, str(interview.languages[0]))


def results_of(interview: Interview) -> list[InterviewResult]:
    """By their numbers; those whose programs have ended meanwhile are compared now."""
    light = Prefetch("run", queryset=Run.objects.only("pk", "status", "outcome"))
    found = list(interview.results.prefetch_related(light).order_by("number"))
    for result in found:
        if result.passed is None and result.run and result.run.status == RunStatus.FINISHED:
            _compare(interview, result, result.run)
    return found


def _compare(interview: Interview, result: InterviewResult, run: Run) -> None:
    if result.number >= len(interview.tests):
        return
    recording = runs.load_recording(run.pk)
    printed = (recording.head + recording.tail).decode(errors="replace")
    expected = interview.tests[result.number]["output"]
    whole = recording.tail_offset <= len(recording.head)
    same = whole and comparable(printed) == comparable(expected)
    result.passed = same and run.outcome == Outcome.COMPLETED
    result.output, result.outcome = printed.replace("\0", "")[:SHOWN_CHARACTERS], run.outcome
    # Another test of the same number may have been started since.
    mine = InterviewResult.objects.filter(pk=result.pk, run=run.pk)
    mine.update(passed=result.passed, output=result.output, outcome=result.outcome)


def comparable(text: str) -> list[str]:
    """Without spaces at ends of lines, and without empty lines at the end."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines
