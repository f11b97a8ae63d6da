"""GET /: the page for people, the state of the site for programs."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner.models import Executor
from scripts.release import current_version
from tests.a_run import finished_run
from tests.cast import signed_in
from tests.services import ROOT

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "text/html", "", "image/png", "nonsense;q=x"])
def test_a_stranger_is_sent_to_sign_in(stranger: Client, accept: str) -> None:
    response = stranger.get("/", headers={"accept": accept})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")


@pytest.mark.parametrize("accept", [BROWSER, "*/*"])
def test_a_signed_in_user_gets_the_page(owner: User, accept: str) -> None:
    response = signed_in(owner).get("/", headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_the_page_is_told_who_and_which_languages(instructor: User) -> None:
    config = signed_in(instructor).get("/").context["config"]
    assert (config["user"], config["staff"]) == ("instructor", True)
    names = {
        "id", "name", "version", "available", "reason", "main", "extensions", "headers", "monaco",
        "codemirror", "problems", "deepest_last", "indentation", "console", "example", "formatter",
        "can_keep_open", "misnamed", "can_debug", "can_trace", "windows", "can_show_windows",
    }  # fmt: skip
    assert config["languages"][0].keys() == names


def test_the_page_is_told_what_programs_shall_not_use(owner: User, settings: Settings) -> None:
    settings.FORBIDDEN_MODULES = frozenset({"socket", "ctypes"})
    settings.FORBIDDEN_CALLS = frozenset({"eval"})
    config = signed_in(owner).get("/").context["config"]
    assert config["forbidden_modules"] == ["ctypes", "socket"]
    assert config["forbidden_calls"] == ["eval"]


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/html;q=0.5"])
def test_json_for_anyone_says_how_the_site_is(stranger: Client, owner: User, accept: str) -> None:
    now = timezone.now()
    Executor.objects.create(name="one", capacity=4, sandbox="rlimits", heartbeat_at=now)
    finished_run(owner)
    finished_run(owner, status="queued", outcome="")
    finished_run(owner, status="claimed", outcome="")
    finished_run(owner, status="running", outcome="")
    response = stranger.get("/", headers={"accept": accept})
    assert response.json() == {
        "status": "ok",
        "version": current_version(ROOT),
        "active_runs": 2,
        "queued_runs": 1,
        "executors": 1,
    }
    assert "Accept" in response["Vary"]


def test_json_says_when_nobody_takes_runs(stranger: Client, db: None) -> None:
    state = stranger.get("/", headers={"accept": "application/json"}).json()
    assert (state["status"], state["executors"]) == ("unavailable", 0)
