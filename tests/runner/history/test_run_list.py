"""GET /runs/: the history of one user."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner.models import Run
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import signed_in


def test_a_stranger_is_sent_to_sign_in(stranger: Client, db: None) -> None:
    response = stranger.get("/runs/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/runs/")


def test_it_shows_own_runs_newest_first(owner: User) -> None:
    old = finished_run(owner, main="old.py")
    finished_run(owner, main="new.py", outcome="cpu_limit", exit_code=None)
    Run.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=1))
    page = signed_in(owner).get("/runs/").content.decode()
    assert page.index("new.py") < page.index("old.py")
    for text in ("Processor time limit", "Finished", "1.2 s"):
        assert text in page


def test_it_hides_the_runs_of_classmates(owner: User, classmate: User) -> None:
    run = finished_run(owner)
    assert str(run.pk) not in signed_in(classmate).get("/runs/?all").content.decode()


def test_an_instructor_sees_own_runs_and_on_request_everybodys(
    owner: User, instructor: User
) -> None:
    run = finished_run(owner)
    browser = signed_in(instructor)
    assert str(run.pk) not in browser.get("/runs/").content.decode()
    page = browser.get("/runs/?all").content.decode()
    assert str(run.pk) in page
    assert "owner" in page


def test_the_error_stands_in_place_of_its_exit_code(owner: User) -> None:
    failed: dict[str, Any] = {"outcome": "failed", "exit_code": 1, "error_name": "NameError"}
    finished_run(owner, **failed, error_path="main.py", error_line=4)
    finished_run(owner, **failed, error_path="helper.py", error_line=7)
    finished_run(owner, **failed)
    finished_run(owner, outcome="failed", exit_code=3)
    page = signed_in(owner).get("/runs/").content.decode()
    rows = page.partition("<tbody>")[2]
    for text in (
        ">NameError, line 4<", ">NameError, helper.py, line 7<", ">NameError<",
        ">Ended with an error<",
    ):  # fmt: skip
        assert rows.count(text) == 1, text
    assert "exit code" not in page.lower()


def test_it_is_called_history(owner: User) -> None:
    page = signed_in(owner).get("/runs/").content.decode()
    assert "<h1>Your history</h1>" in page
    assert '<a href="/runs/">History</a>' in page
    assert ">Runs<" not in page


def test_a_program_goes_by_its_title_and_by_its_file_where_that_differs(owner: User) -> None:
    for title, main in (("Snake", "snake.py"), ("Two games", "two_games.py"), ("Homework", "a.py")):
        files = [{"path": main, "content": ""}]
        finished_run(
            owner, main=main, snippet=a_snippet(owner, title=title, main=main, files=files)
        )
    page = signed_in(owner).get("/runs/").content.decode()
    assert "snake.py" not in page
    assert "two_games.py" not in page
    assert '<bdi>Homework</bdi> <span class="dim">a.py</span>' in page


def test_without_runs_it_says_how_to_make_one(owner: User) -> None:
    assert "You have not run a program yet" in signed_in(owner).get("/runs/").content.decode()


def test_fifty_are_on_a_page(owner: User) -> None:
    for _ in range(51):
        finished_run(owner)
    browser = signed_in(owner)
    assert browser.get("/runs/").content.count(b"<time") == 50
    assert browser.get("/runs/?page=2").content.count(b"<time") == 1
    assert browser.get("/runs/?page=x").content.count(b"<time") == 50


@pytest.mark.parametrize("query", ["", "?all"])
def test_more_runs_cost_no_more_queries(
    owner: User, instructor: User, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for user in (owner, instructor) * 5:
        finished_run(user, snippet=a_snippet(user))
    browser = signed_in(instructor)
    with django_assert_max_num_queries(6):  # session, user, snippets to choose, count, runs, gone
        browser.get(f"/runs/{query}")
