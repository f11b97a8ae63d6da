"""Pages, too, have a rate for each user; those that read recordings have one in bytes."""

import json

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner.history import recording_reads
from runner.infrastructure.http.request_counts import Slots
from runner.limits import KIB, Limits
from tests.a_run import finished_run
from tests.a_snippet import NEW, Page, a_snippet, refused
from tests.cast import signed_in

GERMAN = {"accept-language": "de"}


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which does not end during a test."""
    monkeypatch.setattr("runner.infrastructure.http.request_counts.time.time", lambda: 1_000_000.0)


@pytest.mark.parametrize("path", ["/", "/runs/", "/snippets/", "/accounts/email/"])
def test_who_asks_for_too_many_pages_is_told_to_wait(
    owner: User, classmate: User, settings: Settings, path: str
) -> None:
    settings.LIMITS = Limits(api_requests_per_minute=2)
    browser = signed_in(owner)
    for _ in range(2):
        assert browser.get(path).status_code == 200
    for headers, words in (({}, "Please wait a minute"), (GERMAN, "Bitte warte eine Minute")):
        page = browser.get(path, headers=headers)
        assert page.status_code == 429
        assert words in page.content.decode()
    assert signed_in(classmate).get(path).status_code == 200


def test_also_for_the_admin_and_forms(instructor: User, settings: Settings) -> None:
    settings.LIMITS = Limits(api_requests_per_minute=1)
    browser = signed_in(instructor)
    assert browser.get("/admin/runner/run/?q=x").status_code == 200
    assert browser.get("/admin/runner/run/?q=x").status_code == 429
    assert browser.post("/runs/delete/").status_code == 429


def test_asking_for_json_in_place_of_a_page_evades_nothing(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(api_requests_per_minute=1)
    browser = signed_in(owner)
    headers = {"accept": "application/json"}
    assert browser.get("/runs/", headers=headers).status_code == 200
    assert browser.get("/runs/").status_code == 429


def test_monitors_are_never_refused(owner: User, settings: Settings, client: Client) -> None:
    settings.LIMITS = Limits(api_requests_per_minute=1)
    browser = signed_in(owner)
    for _ in range(3):
        assert browser.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/runs/{}/", "/runs/{}.cast"])
def test_recordings_are_read_at_a_rate_in_bytes(
    owner: User, instructor: User, settings: Settings, path: str
) -> None:
    settings.LIMITS = Limits(recording_bytes_per_minute=100 * KIB)
    large = finished_run(owner, recording_bytes=60 * KIB)
    small = finished_run(owner)
    browser = signed_in(owner)
    assert browser.get(path.format(large.pk)).status_code == 200
    assert browser.get(path.format(small.pk)).status_code == 200
    assert browser.get(path.format(large.pk)).status_code == 429
    assert signed_in(instructor).get(path.format(large.pk)).status_code == 200


def test_also_on_the_admins_page(owner: User, superuser: User, settings: Settings) -> None:
    settings.LIMITS = Limits(recording_bytes_per_minute=100 * KIB)
    run = finished_run(owner, recording_bytes=60 * KIB)
    browser = signed_in(superuser)
    path = f"/admin/runner/run/{run.pk}/change/"
    assert browser.get(path).status_code == 200
    assert browser.get(path).status_code == 429


def test_few_recordings_are_read_at_once(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runner.infrastructure.http.request_counts.COSTLY_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(recording_reads, "_slots", Slots(1))
    run = finished_run(owner)
    with recording_reads.reading():
        page = signed_in(owner).get(f"/runs/{run.pk}/")
    assert page.status_code == 503
    assert "The site is busy" in page.content.decode()
    assert signed_in(owner).get(f"/runs/{run.pk}/").status_code == 200


def test_saving_has_a_rate_in_bytes(owner: User, classmate: User, settings: Settings) -> None:
    settings.LIMITS = Limits(saved_bytes_per_minute=1000)
    page = Page(owner)
    assert page.ask("POST", "/snippets/", NEW)[0] == 201
    large = NEW | {"files": [{"path": "main.py", "content": "x" * 900}]}
    assert refused(page.ask("POST", "/snippets/", large)) == (429, "rate_limited")
    assert Page(classmate).ask("POST", "/snippets/", NEW)[0] == 201


def test_copies_count_as_saving(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(saved_bytes_per_minute=1500)
    snippet = a_snippet(owner, files=[{"path": "main.py", "content": "x" * 600}])
    page, path = Page(owner), f"/snippets/{snippet.pk}/duplicate/"
    assert page.ask("POST", path)[0] == 201
    assert refused(page.ask("POST", path)) == (429, "rate_limited")


def test_sharing_again_and_again_counts_as_saving(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(saved_bytes_per_minute=1500)
    snippet = a_snippet(owner, files=[{"path": "main.py", "content": "x" * 600}])
    page, path = Page(owner), f"/snippets/{snippet.pk}/share/"
    again = {"shared": True, "embed": False, "update": True}
    assert page.ask("PUT", path, again)[0] == 200
    assert refused(page.ask("PUT", path, again)) == (429, "rate_limited")


def test_an_endpoint_says_it_in_json(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(api_requests_per_minute=0)
    answer = signed_in(owner).get("/preferences/")
    assert answer.status_code == 429
    assert json.loads(answer.content)["error"]["code"] == "rate_limited"
