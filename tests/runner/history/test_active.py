"""The user's programs that run or wait: listed, reached again, stopped; nobody else's are."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner.models import Run
from runner.run_state import Outcome, RunStatus
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet, refused
from tests.cast import signed_in

ACTIVE: dict[str, Any] = {"outcome": "", "exit_code": None, "reason_code": ""}


def active_run(owner: User, status: str = RunStatus.QUEUED, **fields: Any) -> Run:
    return finished_run(owner, **ACTIVE | {"status": status} | fields)


def listed(user: User) -> list[dict[str, Any]]:
    status, body = Page(user).ask("GET", "/runs/active/")
    assert status == 200
    return list(body["runs"])


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.CLAIMED, RunStatus.RUNNING])
def test_every_run_that_has_not_ended_is_listed(owner: User, status: RunStatus) -> None:
    run = active_run(owner, status, snippet=a_snippet(owner, title="Snake"))
    finished_run(owner)
    (shown,) = listed(owner)
    assert shown["run"] == str(run.pk)
    assert (shown["title"], shown["file"], shown["status"]) == ("Snake", "main.py", status)
    assert shown["url"] == f"/?run={run.pk}"


def test_nobody_elses_are_listed(owner: User, classmate: User, instructor: User) -> None:
    active_run(owner)
    assert listed(classmate) == []
    assert listed(instructor) == []
    assert refused(Page(None).ask("GET", "/runs/active/")) == (403, "signed_out")


def test_the_history_has_a_way_back_and_a_way_to_stop_each(owner: User) -> None:
    run = active_run(owner, snippet=a_snippet(owner, title="<b>Snake</b>"))
    page = signed_in(owner).get("/runs/").content.decode()
    section = page.partition('class="active-runs"')[2].partition("</section>")[0]
    assert f'href="/?run={run.pk}"' in section
    assert f'action="/runs/{run.pk}/stop/"' in section
    assert "&lt;b&gt;Snake" in section
    assert "<b>" not in section


def test_without_one_the_history_has_no_such_part(owner: User, classmate: User) -> None:
    finished_run(owner)
    active_run(classmate)
    assert "active-runs" not in signed_in(owner).get("/runs/").content.decode()


def test_everybodys_history_offers_no_way_to_stop_somebody(owner: User, instructor: User) -> None:
    active_run(owner)
    assert "/stop/" not in signed_in(instructor).get("/runs/?all").content.decode()


def test_the_page_of_a_run_offers_both_to_its_owner_alone(owner: User, instructor: User) -> None:
    run = active_run(owner)
    ways = [f"/?run={run.pk}", f"/runs/{run.pk}/stop/"]
    own = signed_in(owner).get(f"/runs/{run.pk}/").content.decode()
    assert [way in own for way in ways] == [True, True]
    watched = signed_in(instructor).get(f"/runs/{run.pk}/").content.decode()
    assert [way in watched for way in ways] == [False, False]
    ended = finished_run(owner)
    assert "/stop/" not in signed_in(owner).get(f"/runs/{ended.pk}/").content.decode()


# --- Going back ----------------------------------------------------------------------------------
def config_of(response: Any) -> dict[str, Any]:
    return dict(response.context["config"])


def test_its_address_opens_the_workspace_with_its_terminal_and_snippet(owner: User) -> None:
    snippet = a_snippet(owner)
    run = active_run(owner, snippet=snippet)
    config = config_of(signed_in(owner).get(f"/?run={run.pk}"))
    assert (config["attach"], config["snippet"]) == (str(run.pk), snippet.pk)
    snippet.deleted_at = snippet.updated_at
    snippet.save()
    config = config_of(signed_in(owner).get(f"/?run={run.pk}"))
    assert (config["attach"], config["snippet"]) == (str(run.pk), None)


def test_the_workspace_opens_no_terminal_otherwise(owner: User) -> None:
    assert config_of(signed_in(owner).get("/"))["attach"] is None


def test_a_run_that_has_ended_leads_to_its_page(owner: User) -> None:
    run = finished_run(owner)
    response = signed_in(owner).get(f"/?run={run.pk}")
    assert (response.status_code, response["Location"]) == (302, f"/runs/{run.pk}/")


@pytest.mark.parametrize("who", ["classmate", "instructor", "superuser"])
def test_nobody_else_opens_it_in_a_workspace(
    owner: User, who: str, request: pytest.FixtureRequest
) -> None:
    run = active_run(owner)
    assert signed_in(request.getfixturevalue(who)).get(f"/?run={run.pk}").status_code == 404


@pytest.mark.parametrize("made_up", ["x", "", "../x", "%00", str(uuid.UUID(int=7)), "1" * 5000])
def test_a_made_up_address_is_not_found(owner: User, made_up: str) -> None:
    assert signed_in(owner).get(f"/?run={made_up}").status_code == 404


# --- Stopping ------------------------------------------------------------------------------------
def test_a_queued_run_is_stopped_at_once(owner: User) -> None:
    run, other = active_run(owner), active_run(owner)
    status, body = Page(owner).ask("POST", f"/runs/{run.pk}/stop/", {})
    assert status == 200
    assert [one["run"] for one in body["runs"]] == [str(other.pk)]
    run.refresh_from_db()
    assert (run.status, run.outcome, run.reason_code) == (
        RunStatus.FINISHED, Outcome.STOPPED, "stopped",
    )  # fmt: skip


def test_a_form_stops_it_too_and_leads_back_to_the_list(owner: User) -> None:
    run = active_run(owner)
    response = signed_in(owner).post(f"/runs/{run.pk}/stop/", follow=True)
    assert response.redirect_chain == [("/runs/", 302)]
    assert "The program was stopped." in response.content.decode()
    run.refresh_from_db()
    assert run.outcome == Outcome.STOPPED


def test_stopping_what_has_ended_is_no_error(owner: User) -> None:
    run = finished_run(owner)
    assert Page(owner).ask("POST", f"/runs/{run.pk}/stop/", {})[0] == 200
    run.refresh_from_db()
    assert run.outcome == Outcome.COMPLETED


@pytest.mark.parametrize("who", ["classmate", "instructor", "superuser"])
def test_nobody_else_stops_it(owner: User, who: str, request: pytest.FixtureRequest) -> None:
    run, other = active_run(owner), request.getfixturevalue(who)
    assert refused(Page(other).ask("POST", f"/runs/{run.pk}/stop/", {})) == (404, "not_found")
    assert signed_in(other).post(f"/runs/{run.pk}/stop/").status_code == 404
    run.refresh_from_db()
    assert run.status == RunStatus.QUEUED


def test_another_site_cannot_stop_it(owner: User) -> None:
    run = active_run(owner)
    answer = Page(owner, with_token=False).ask("POST", f"/runs/{run.pk}/stop/", {})
    assert refused(answer) == (403, "csrf")
    assert Page(owner).send("GET", f"/runs/{run.pk}/stop/", "").status_code == 405
    assert Client().post(f"/runs/{run.pk}/stop/").status_code == 302
    run.refresh_from_db()
    assert run.status == RunStatus.QUEUED
