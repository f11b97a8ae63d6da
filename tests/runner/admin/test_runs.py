"""Runs in the admin."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner.admin import MOST_SHOWN
from runner.models import Executor, Run
from tests.a_run import finished_run
from tests.an_artifact import an_artifact
from tests.cast import signed_in

LIST = "/admin/runner/run/"


def page_of(run: Run) -> str:
    return reverse("admin:runner_run_change", args=[run.pk])


def test_an_instructor_sees_code_figures_and_transcript(owner: User, instructor: User) -> None:
    page = signed_in(instructor).get(page_of(finished_run(owner))).content.decode()
    for text in ("owner", "Finished", "1.2 s", "9.0 MB", "print(&quot;Hello&quot;, name)"):
        assert text in page
    assert "Name? Ada\nHello Ada" in page


def test_html_from_a_program_stays_text(owner: User, instructor: User) -> None:
    attack = "</pre><script>alert(1)</script>"
    stored = {"output": attack.encode(), "files": [{"path": attack, "content": attack}]}
    for why, times in (
        ({"reason_code": "signal", "figures": {"signal": attack}}, 4),
        ({"reason_code": "", "reason": attack}, 3),  # which only its owner is told
    ):
        run = finished_run(owner, **stored | why)
        page = signed_in(instructor).get(page_of(run)).content.decode()
        assert "<script>alert(1)" not in page
        assert page.count("&lt;script&gt;alert(1)") == times, "output, path, code and reason"


def test_runs_are_found_by_id_owner_and_reason(owner: User, instructor: User) -> None:
    run = finished_run(owner, reason="Killed by a teapot.", reason_code="cpu_limit")
    browser = signed_in(instructor)
    for words in (str(run.pk), str(run.pk)[:13], "own", "teapot", "cpu_"):
        assert page_of(run) in browser.get(LIST, {"q": words}).content.decode()
    assert page_of(run) not in browser.get(LIST, {"q": "nothing"}).content.decode()


def test_more_runs_cost_no_more_queries(
    owner: User,
    classmate: User,
    instructor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number, user in enumerate((owner, classmate) * 10):
        executor = Executor.objects.create(
            name=f"e{number}", capacity=1, heartbeat_at="2026-01-01T00:00Z"
        )
        finished_run(user, executor=executor)
    browser = signed_in(instructor)
    with django_assert_max_num_queries(8):  # session, user, count, runs, filters
        browser.get(LIST)


@pytest.mark.parametrize("action", ["add/", "{}/delete/"])
def test_an_instructor_changes_nothing(owner: User, instructor: User, action: str) -> None:
    run = finished_run(owner)
    browser = signed_in(instructor)
    assert browser.post(LIST + action.format(run.pk), {"post": "yes"}).status_code == 403
    assert browser.post(page_of(run), {"reason_code": "mine"}).status_code == 403
    browser.post(LIST, {"action": "delete_selected", "_selected_action": run.pk, "post": "yes"})
    assert Run.objects.get().reason_code == run.reason_code


def test_a_superuser_deletes_a_run_that_has_ended_only(owner: User, superuser: User) -> None:
    browser = signed_in(superuser)
    ended = finished_run(owner)
    active = finished_run(owner, status="running", outcome="")
    for run in (ended, active):
        browser.post(f"{LIST}{run.pk}/delete/", {"post": "yes"})
        browser.post(LIST, {"action": "delete_selected", "_selected_action": run.pk, "post": "yes"})
    assert Run.objects.get() == active


def test_nobody_guesses_password_hashes_through_filters(owner: User, instructor: User) -> None:
    finished_run(owner)
    response = signed_in(instructor).get(LIST, {"owner__password__startswith": "md5"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "path", [LIST, "/admin/runner/executor/", "/admin/accounts/user/", "/admin/"]
)
def test_students_are_refused_and_strangers_sent_to_sign_in(owner: User, path: str) -> None:
    from django.test import Client

    assert signed_in(owner).get(path, follow=True).status_code == 403
    location = Client().get(path, follow=True).redirect_chain[-1][0]
    assert location.startswith("/accounts/login/?next=")


def test_the_error_is_shown_and_found(owner: User, instructor: User) -> None:
    error: dict[str, Any] = {"error_name": "NameError", "error_path": "main.py", "error_line": 4}
    run = finished_run(owner, outcome="failed", exit_code=1, **error)
    other = finished_run(owner)
    page = signed_in(instructor).get(LIST, {"q": "nameerror"}).content.decode()
    assert page_of(run) in page
    assert page_of(other) not in page
    assert "NameError, line 4" in page


@pytest.mark.parametrize("address", ["/admin/accounts/user/", "/admin/accounts/user/{}/change/"])
def test_the_number_of_a_users_runs_leads_to_them(
    owner: User, classmate: User, instructor: User, address: str
) -> None:
    run, other = finished_run(owner), finished_run(classmate)
    browser = signed_in(instructor)
    page = browser.get(address.format(owner.pk)).content.decode()
    link = '<a href="/runs/?all=&amp;student=owner">1</a>'
    assert link in page
    history = browser.get("/runs/?all=&student=owner").content.decode()
    assert str(run.pk) in history
    assert str(other.pk) not in history


def test_what_a_run_has_shown_is_on_its_page(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    browser = signed_in(instructor)
    assert "<figure>" not in browser.get(page_of(run)).content.decode()
    an_artifact(run, name='"><script>alert(1)</script>.png')
    an_artifact(run, b"a,b", kind="table", name="marks.csv", mime="text/html", width=0, height=0)
    page = browser.get(page_of(run)).content.decode()
    assert "<script>alert(1)" not in page
    assert page.count("<figure>") == 2
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert len(pictures) == 1
    answer = Client().get(unescape(pictures[0]))  # as in a frame: without a cookie
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "marks.csv" in page


def test_a_page_shows_a_bounded_number_of_pictures(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    for _ in range(MOST_SHOWN + 3):
        an_artifact(run)
    assert signed_in(instructor).get(page_of(run)).content.decode().count("<img") == MOST_SHOWN
