"""GET /runs/<uuid>/artifacts/ and the addresses in it: who gets what a run has shown."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import signing
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from accounts import audit
from accounts.models import AuditEntry, User
from runner import runs
from runner.limits import Limits
from runner.models import Run
from runner.runs import artifacts
from tests.a_run import finished_run
from tests.an_artifact import PNG, an_artifact
from tests.cast import signed_in


@pytest.fixture
def run(owner: User) -> Run:
    return finished_run(owner)


def listed(browser: Client, run: Run) -> list[dict[str, Any]]:
    answer = browser.get(f"/runs/{run.pk}/artifacts/")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["artifacts"]
    return found


def test_the_owner_gets_what_was_shown_and_its_bytes(owner: User, run: Run) -> None:
    an_artifact(run)
    an_artifact(run, b"<p>x", kind="html", name="page.html", mime="text/html", width=None)
    first, second = listed(signed_in(owner), run)
    told = {name: first[name] for name in ("seq", "kind", "name", "mime", "bytes", "width")}
    assert told == {
        "seq": 1, "kind": "picture", "name": "plot.png", "mime": "image/png",
        "bytes": len(PNG), "width": 640,
    }  # fmt: skip
    assert second["kind"] == "html"
    answer = Client().get(first["url"])  # without a cookie
    assert (answer.status_code, answer.content) == (200, PNG)


def test_a_run_that_has_shown_nothing_has_an_empty_list(owner: User, run: Run) -> None:
    assert listed(signed_in(owner), run) == []


def test_pictures_of_the_window_are_asked_for_by_themselves(
    owner: User, classmate: User, run: Run
) -> None:
    shown = an_artifact(run)
    fields: dict[str, Any] = {
        "seq": 71,
        "version": runs.STILL_VERSION,
        "kind": runs.STILL,
        "name": "window-1.png",
    }
    an_artifact(run, **fields)
    browser = signed_in(owner)
    assert [row["kind"] for row in listed(browser, run)] == ["picture"]
    told = [version for version, _ in runs.told_artifacts(run.pk, owner.pk)]
    assert told == [shown.version]
    path = f"/runs/{run.pk}/artifacts/?stills"
    (still,) = browser.get(path).json()["artifacts"]
    assert (still["kind"], still["seq"]) == ("still", 71)
    answer = Client().get(still["url"])
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert signed_in(classmate).get(path).status_code == 404


def test_nobody_else_gets_the_list(classmate: User, run: Run) -> None:
    an_artifact(run)
    assert signed_in(classmate).get(f"/runs/{run.pk}/artifacts/").status_code == 404
    assert Client().get(f"/runs/{run.pk}/artifacts/").status_code == 403
    assert signed_in(classmate).get(f"/runs/{uuid4()}/artifacts/").status_code == 404


def test_an_instructor_gets_it_and_that_is_recorded(instructor: User, run: Run) -> None:
    an_artifact(run)
    (row,) = listed(signed_in(instructor), run)
    assert Client().get(row["url"]).content == PNG
    entry = AuditEntry.objects.exclude(action="signed_in").get()
    assert (entry.actor_name, entry.action) == ("instructor", "opened_recording")
    assert entry.target == f"run {run.pk}"


def test_what_cannot_be_recorded_is_not_told(
    instructor: User, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    an_artifact(run)
    browser = signed_in(instructor)
    monkeypatch.setattr(audit, "record", fail)
    answer = browser.get(f"/runs/{run.pk}/artifacts/")
    assert answer.status_code == 503
    assert "artifacts" not in answer.json()


def test_an_address_is_of_one_content_of_one_run(owner: User, run: Run) -> None:
    other = finished_run(owner)
    artifact, _ = an_artifact(run), an_artifact(run, PNG + b"2")
    an_artifact(other)
    token = urlsplit(runs.describe(artifact, owner.pk).url).query
    for path in (f"/artifacts/{run.pk}/2/", f"/artifacts/{other.pk}/1/"):
        assert Client().get(f"{path}?{token}").status_code == 404


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\0", "é" * 1000])
def test_nobody_makes_up_an_address(token: str, run: Run) -> None:
    an_artifact(run)
    assert Client().get(f"/artifacts/{run.pk}/1/", {"token": token}).status_code == 404


def test_what_was_signed_for_something_else_is_no_address(owner: User, run: Run) -> None:
    an_artifact(run)
    for signed in (
        signing.dumps([str(run.pk), 1, "", owner.pk]),  # with another salt
        signing.dumps("text", salt=artifacts.SALT),
        signing.dumps([1, 2], salt=artifacts.SALT),
    ):
        assert Client().get(f"/artifacts/{run.pk}/1/", {"token": signed}).status_code == 404


def test_an_address_ends_after_some_minutes(
    owner: User, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = runs.describe(an_artifact(run), owner.pk).url
    monkeypatch.setattr(artifacts, "URL_SECONDS", -1)
    assert Client().get(url).status_code == 404


def test_who_may_not_see_the_run_any_more_gets_nothing(
    owner: User, instructor: User, run: Run
) -> None:
    artifact = an_artifact(run)
    of_owner, of_instructor = (runs.describe(artifact, user.pk).url for user in (owner, instructor))
    User.objects.filter(pk=instructor.pk).update(is_staff=False)
    assert Client().get(of_instructor).status_code == 404
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert Client().get(of_owner).status_code == 404


def test_what_was_replaced_is_not_found_by_its_former_address(owner: User, run: Run) -> None:
    artifact = an_artifact(run)
    before = runs.describe(artifact, owner.pk).url
    artifact.sha256 = "0" * 64
    artifact.save()
    assert Client().get(before).status_code == 404


def test_reading_is_limited(owner: User, run: Run, settings: Settings) -> None:
    settings.LIMITS = Limits(artifact_reads_per_minute=3 * len(PNG))
    url = runs.describe(an_artifact(run), owner.pk).url
    assert [Client().get(url).status_code for _ in range(5)].count(429) >= 1


def test_a_deleted_run_takes_all_of_it_along(owner: User, run: Run) -> None:
    url = runs.describe(an_artifact(run), owner.pk).url
    signed_in(owner).post(f"/runs/{run.pk}/delete/")
    assert Client().get(url).status_code == 404
    assert not run.artifacts.exists()
