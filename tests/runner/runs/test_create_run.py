"""A program becomes a queued run, unless it may not."""

from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import runs, snippets
from runner.access import NotFound
from runner.limits import Limits
from runner.models import Executor, Run
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import Unavailable, UnknownLanguage
from runner.run_state import Outcome, RunStatus
from runner.runs import TooManyRuns
from tests.a_snippet import a_snippet
from tests.cast import someone
from tests.runner.runs.queued_runs import claimed, created, in_threads, program, queued

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_run_holds_all_that_is_needed_to_run_it(owner: User) -> None:
    files = [{"path": "a.py", "content": "import b"}, {"path": "b.py", "content": "π = 3"}]
    start = program(files=files, main="b.py", args=("-x", "é"), rows=10, cols=40)
    answer, position = created(owner, start, "a terminal")
    run = Run.objects.get(pk=answer.pk)
    assert (run.status, run.outcome, position) == (RunStatus.QUEUED, "", 1)
    assert (run.owner, run.language, run.viewer) == (owner, "python", "a terminal")
    assert (run.files, run.main, run.args) == (files, "b.py", ["-x", "é"])
    assert (run.rows, run.cols) == (10, 40)
    assert answer.created_at == answer.viewer_asked_at == run.created_at


def test_the_first_file_is_the_main_one_unless_another_is_named(owner: User) -> None:
    files = [{"path": "z.py", "content": ""}, {"path": "main.py", "content": ""}]
    assert created(owner, program(files=files), "")[0].main == "z.py"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [({"language": "cobol"}, UnknownLanguage), ({"snippet": 7}, NotFound)],
)
def test_what_does_not_exist_cannot_be_run(
    owner: User, fields: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        created(owner, program(**fields), "")
    assert not Run.objects.exists()


def test_a_run_remembers_its_snippet_which_is_the_students_own(
    owner: User, classmate: User
) -> None:
    own, other = a_snippet(owner), a_snippet(classmate)
    run, _ = created(owner, program(snippet=own.pk), "")
    assert Run.objects.get(pk=run.pk).snippet == own
    snippets.delete(owner, own.pk)
    for number in (other.pk, own.pk, 2**70):
        with pytest.raises(NotFound):
            created(owner, program(snippet=number), "")
    assert Run.objects.count() == 1


def test_a_user_may_have_three_active_runs(owner: User, executor: Executor) -> None:
    queued(owner)
    runs.start_run(claimed(executor).pk, timezone.now())
    queued(owner)
    claimed(executor)
    queued(owner)
    with pytest.raises(TooManyRuns) as refused:
        queued(owner)
    assert (refused.value.reason_code, refused.value.figures) == (
        "too_many_runs",
        {"active_runs": 3},
    )
    assert Run.objects.count() == 3


def test_other_users_and_finished_runs_do_not_count(owner: User, classmate: User) -> None:
    for _ in range(3):
        queued(classmate)
        runs.finish_queued(queued(owner).pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert queued(owner)


def test_a_site_may_allow_more(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(runs_per_user=4)
    assert len([queued(owner) for _ in range(4)]) == 4


def test_a_full_queue_takes_no_more(owner: User, classmate: User, settings: Settings) -> None:
    settings.LIMITS = Limits(queued_runs=2)
    waiting = [queued(owner) for _ in range(2)]
    with pytest.raises(Unavailable) as refused:
        queued(classmate)
    assert (refused.value.code, refused.value.reason_code) == (ErrorCode.UNAVAILABLE, "queue_full")
    runs.finish_queued(waiting[0].pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert queued(classmate)


def test_runs_started_in_the_same_instant_count_one_after_the_other() -> None:
    owner, together, refused = someone("owner"), Barrier(6), []

    def start() -> None:
        together.wait(10)
        try:
            queued(owner)
        except TooManyRuns as error:
            refused.append(error)
        finally:
            connection.close()

    in_threads([start] * 6)
    assert (Run.objects.count(), len(refused)) == (3, 3)
