"""GET /runs/?…: the runs of one snippet, one outcome, one day."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from runner import snippets
from runner.models import Run
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import signed_in, someone


def shown(user: User, query: str) -> set[str]:
    """The main files of the runs on the page."""
    response = signed_in(user).get(f"/runs/?{query}")
    assert response.status_code == 200
    return {run.main for run in response.context["page"]}


@pytest.fixture
def runs(owner: User) -> dict[str, Run]:
    snippet = a_snippet(owner, title="Loops")
    made = {
        "a": finished_run(owner, main="a", snippet=snippet),
        "b": finished_run(owner, main="b", outcome="failed", exit_code=1),
        "c": finished_run(owner, main="c", outcome="", status="running", snippet=snippet),
    }
    times = {"a": (23, 59, 59, 999999), "b": (0, 0, 0, 0), "c": (12, 0, 0, 0)}
    for day, (name, time) in enumerate(times.items(), 1):
        at = datetime(2026, 3, day, *time, tzinfo=UTC)
        Run.objects.filter(pk=made[name].pk).update(created_at=at)
    return made


def test_by_snippet_outcome_and_day(owner: User, runs: dict[str, Run]) -> None:
    snippet = runs["a"].snippet_id
    for query, names in {
        "": "abc",
        f"snippet={snippet}": "ac",
        "outcome=failed": "b",
        "outcome=active": "c",
        "day=2026-03-01": "a",
        "day=2026-03-02": "b",
        "day=2026-03-04": "",
        f"snippet={snippet}&outcome=completed&day=2026-03-01": "a",
        f"snippet={snippet}&outcome=failed": "",
    }.items():
        assert shown(owner, query) == set(names), query


@pytest.mark.parametrize(
    "query",
    [
        "snippet=x", "snippet=-1", "snippet=9999999999999999999999", "outcome=fine", "day=today",
        "day=2026-13-01", "day=0000-00-00", "snippet=%00", "day=%00", "outcome=%27;DROP", "page=-1",
        "snippet=" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_makes_no_sense_filters_nothing(owner: User, runs: dict[str, Run], query: str) -> None:
    assert shown(owner, query) == set("abc")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_are_days(owner: User, runs: dict[str, Run], day: str) -> None:
    assert shown(owner, f"day={day}") == set()


def test_by_the_name_of_the_error(owner: User) -> None:
    for name in ("NameError", "TypeError", ""):
        finished_run(owner, main=name or "none", outcome="failed", exit_code=1, error_name=name)
    assert shown(owner, "error=NameError") == {"NameError"}
    assert shown(owner, "error=Name") == set()
    assert shown(owner, "outcome=failed") == {"NameError", "TypeError", "none"}


def test_everybodys_by_student(instructor: User) -> None:
    for name in ("anna", "annabelle", "ben"):
        finished_run(someone(name), main=name)
    for query, names in {
        "": {"anna", "annabelle", "ben"},
        "student=ANN": {"anna", "annabelle"},
        "student=Anna": {"anna"},  # called exactly so: the link on a user's page
        "student=nobody": set(),
        "student=%00": {"anna", "annabelle", "ben"},
        "student=" + "a" * 500: {"anna", "annabelle", "ben"},
    }.items():
        assert shown(instructor, f"all&{query}") == names, query


def test_a_student_cannot_ask_for_another_one(owner: User, classmate: User) -> None:
    finished_run(owner, main="mine")
    finished_run(classmate, main="theirs")
    assert shown(owner, "student=classmate") == {"mine"}
    assert shown(owner, "all&student=classmate") == {"mine"}


def test_somebody_elses_snippet_is_none_of_mine(
    owner: User, classmate: User, runs: dict[str, Run]
) -> None:
    finished_run(classmate, main="mine")
    response = signed_in(classmate).get(f"/runs/?snippet={runs['a'].snippet_id}")
    assert "Loops" not in response.content.decode()
    assert {run.main for run in response.context["page"]} == {"mine"}


def test_the_list_names_snippets_that_are_still_there(owner: User, runs: dict[str, Run]) -> None:
    assert signed_in(owner).get("/runs/").content.decode().count("<bdi>Loops</bdi>") == 2
    snippet = runs["a"].snippet_id
    assert snippet
    snippets.delete(owner, snippet)
    assert "Loops" not in signed_in(owner).get("/runs/").content.decode()


def test_paging_keeps_the_filter(owner: User) -> None:
    for _ in range(51):
        finished_run(owner, outcome="failed", exit_code=1)
    page = signed_in(owner).get("/runs/?outcome=failed&day=").content.decode()
    assert 'href="?outcome=failed&amp;page=2"' in page


def test_nothing_found_says_so(owner: User, runs: dict[str, Run]) -> None:
    page = signed_in(owner).get("/runs/?outcome=disconnected").content.decode()
    assert "No run matches." in page
    assert '<option value="disconnected" selected>' in page
