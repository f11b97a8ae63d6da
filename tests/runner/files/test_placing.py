"""What runs make of kept files: stored for the next run, as far as their owner has room."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from accounts.models import User
from runner import files
from runner.limits import Limits
from runner.models import DataFile, Executor, Run, Snippet
from runner.run_state import RunStatus
from tests.a_run import finished_run
from tests.a_snippet import a_snippet

pytestmark = pytest.mark.django_db
MOST_OF_SNIPPET, MOST_OF_USER = 100, 150


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> None:
    settings.LIMITS = replace(
        Limits(), data_bytes_per_snippet=MOST_OF_SNIPPET, data_bytes_per_user=MOST_OF_USER
    )


def with_data(owner: User, *, kept: bool = True, **named: int) -> Snippet:
    """A snippet with files of so many bytes."""
    snippet = a_snippet(owner)
    for name, size in named.items():
        DataFile.objects.create(
            snippet=snippet, path=name, bytes=size, sha256="", kept=kept, content=bytes(size),
            changed_at=snippet.updated_at,
        )  # fmt: skip
    return snippet


def a_run(snippet: Snippet, executor: Executor) -> Run:
    return finished_run(
        snippet.owner, snippet=snippet, status=RunStatus.RUNNING, outcome="", executor=executor
    )


def returned(snippet: Snippet, executor: Executor, **named: int) -> list[str]:
    """What could not be kept of what a run of it has made."""
    run = a_run(snippet, executor)
    return files.keep_changes(run.pk, executor, {name: b"x" * size for name, size in named.items()})


def sizes(snippet: Snippet) -> dict[str, int]:
    return dict(DataFile.objects.filter(snippet=snippet).values_list("path", "bytes"))


def test_a_kept_file_is_stored_and_others_are_not(owner: User, executor: Executor) -> None:
    snippet = with_data(owner, score=1)
    with_others = with_data(owner, kept=False, table=1)
    assert returned(snippet, executor, score=20, new=5) == []
    assert sizes(snippet) == {"score": 20}
    assert returned(with_others, executor, table=20) == []
    assert sizes(with_others) == {"table": 1}


def test_it_grows_no_further_than_its_snippet_may(owner: User, executor: Executor) -> None:
    snippet = with_data(owner, a=40, b=40)
    assert returned(snippet, executor, a=61, b=30) == ["a"]  # in this order
    assert sizes(snippet) == {"a": 40, "b": 30}
    assert returned(snippet, executor, a=70) == []
    assert sizes(snippet) == {"a": 70, "b": 30}


def test_nor_further_than_all_data_of_its_owner_may(
    owner: User, classmate: User, executor: Executor
) -> None:
    snippet, other = with_data(owner, a=10), with_data(owner, b=90)
    with_data(classmate, c=90)
    assert returned(snippet, executor, a=61) == ["a"]
    assert returned(snippet, executor, a=60) == []
    Snippet.objects.filter(pk=other.pk).update(deleted_at=other.updated_at)  # counts by itself
    assert returned(snippet, executor, a=100) == []


def test_who_has_too_much_may_keep_less(
    owner: User, executor: Executor, settings: Settings
) -> None:
    snippet = with_data(owner, a=90)
    settings.LIMITS = replace(settings.LIMITS, data_bytes_per_user=10)
    assert returned(snippet, executor, a=91) == ["a"]
    assert returned(snippet, executor, a=89) == []


def test_what_is_as_it_was_takes_no_room(owner: User, executor: Executor) -> None:
    snippet = with_data(owner, a=10)
    assert returned(snippet, executor, a=100) == []
    assert returned(snippet, executor, a=100) == []
    assert returned(snippet, executor, a=101) == ["a"]


def test_a_run_of_another_executor_keeps_nothing(owner: User, executor: Executor) -> None:
    snippet = with_data(owner, a=1)
    run = a_run(snippet, executor)
    stranger = Executor.objects.create(name="two", capacity=1)
    assert files.keep_changes(run.pk, stranger, {"a": b"xx"}) == []
    Run.objects.filter(pk=run.pk).update(status=RunStatus.FINISHED, outcome="completed")
    assert files.keep_changes(run.pk, executor, {"a": b"xx"}) == []
    assert sizes(snippet) == {"a": 1}
