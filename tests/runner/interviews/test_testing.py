"""Test cases: what is run, what counts as passed, and who is told."""

import json

import pytest
from django.test import Client

from accounts.models import User
from runner import access
from runner.decisions.interviews import NoSuchInterview
from runner.interviews import store, testing
from runner.models import Executor, Interview, Recording, Run
from runner.rooms import store as rooms
from runner.run_state import Outcome, RunStatus
from tests.a_room import Copy
from tests.an_interview import CODE, a_candidate, an_interview, begun
from tests.cast import signed_in, someone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview(instructor: User) -> Interview:
    return begun(an_interview(instructor))


def ended(run: Run, output: bytes, outcome: Outcome = Outcome.COMPLETED) -> None:
    """As an executor would have ended it."""
    Run.objects.filter(pk=run.pk).update(status=RunStatus.FINISHED, outcome=outcome)
    Recording.objects.create(run=run, head=output, tail_offset=len(output))


def test_a_test_case_runs_the_candidates_program_with_its_input(
    interview: Interview, instructor: User, executor: Executor
) -> None:
    result = testing.run_test(interview, 1, instructor)
    run = Run.objects.get()
    assert result.run == run
    assert (run.owner, run.room, run.stdin) == (instructor, None, "xyzzy\n")
    assert (run.main, run.files) == ("main.py", [{"path": "main.py", "content": CODE}])
    assert [one.passed for one in testing.results_of(interview)] == [None]
    ended(run, b"Hello xyzzy\r\n")
    assert [(one.number, one.passed) for one in testing.results_of(interview)] == [(1, True)]


@pytest.mark.parametrize(
    ("output", "outcome", "passed"),
    [
        (b"Hello xyzzy\r\n", Outcome.COMPLETED, True),
        (b"Hello xyzzy  \r\n\r\n", Outcome.COMPLETED, True),
        (b"Hello xyzz\r\n", Outcome.COMPLETED, False),
        (b"hello xyzzy\r\n", Outcome.COMPLETED, False),
        (b"\r\nHello xyzzy\r\n", Outcome.COMPLETED, False),
        (b"Hello xyzzy\r\n", Outcome.FAILED, False),
        (b"Hello xyzzy\r\n", Outcome.WALL_LIMIT, False),
        (b"", Outcome.COMPLETED, False),
        (b"\xff\0\x1b[31m", Outcome.COMPLETED, False),
    ],
)
def test_what_passes(
    interview: Interview,
    instructor: User,
    executor: Executor,
    output: bytes,
    outcome: Outcome,
    passed: bool,
) -> None:
    testing.run_test(interview, 1, instructor)
    ended(Run.objects.get(), output, outcome)
    assert [one.passed for one in testing.results_of(interview)] == [passed]


def test_the_page_starts_one_and_is_told_its_result(
    interview: Interview, instructor: User, executor: Executor
) -> None:
    browser = signed_in(instructor)
    address = f"/interviews/{interview.pk}/tests/"
    started = browser.post(f"{address}0/").json()
    assert (started["number"], started["running"], started["passed"]) == (0, True, None)
    ended(Run.objects.get(), b"Bye\r\n")
    told = json.loads(browser.get(address).content)["results"]
    assert [(one["running"], one["passed"], one["output"]) for one in told] == [
        (False, False, "Bye\r\n")
    ]
    assert browser.post(f"{address}7/").status_code == 400


def test_nobody_else_runs_or_reads_them(
    interview: Interview, classmate: User, stranger: Client, executor: Executor
) -> None:
    address = f"/interviews/{interview.pk}/tests/"
    candidate = a_candidate(interview)
    for browser in (signed_in(classmate), stranger):
        assert browser.post(f"{address}1/").status_code in {403, 404}
        assert browser.get(address).status_code in {403, 404}
    with pytest.raises(NoSuchInterview):
        access.interview(candidate, interview.pk)
    assert not Run.objects.exists()


def test_an_interviewer_runs_them(
    interview: Interview, instructor: User, executor: Executor
) -> None:
    interviewer = someone("interviewer")
    store.add_interviewer(interview, interviewer)
    answer = signed_in(interviewer).post(f"/interviews/{interview.pk}/tests/0/")
    assert answer.status_code == 200
    assert Run.objects.get().owner == interviewer


def test_a_program_that_cannot_be_read_is_said_so(
    interview: Interview, instructor: User, executor: Executor
) -> None:
    copy = Copy()
    for update in rooms.since(interview.room_id, 0)[1]:
        copy.take(update.data)
    data = copy.edit(lambda one: one.files.pop("f0"))
    rooms.append(interview.room_id, 1, instructor, data)
    answer = signed_in(instructor).post(f"/interviews/{interview.pk}/tests/0/")
    assert answer.status_code == 400
    assert not Run.objects.exists()


def test_a_test_case_that_runs_again_leaves_no_former_run(
    interview: Interview, instructor: User, executor: Executor
) -> None:
    """It would outlive the interview, with the candidate's program."""
    for finishes in (True, False):
        testing.run_test(interview, 1, instructor)
        if finishes:
            ended(Run.objects.get(), b"Hello xyzzy\r\n")
    result = testing.run_test(interview, 1, instructor)
    assert list(Run.objects.all()) == [result.run]
    assert store.delete(interview)
    assert not Run.objects.exists()
    assert not Recording.objects.exists()
