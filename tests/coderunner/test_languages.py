"""English and German: by the browser's wish, or by the choice in the account menu."""

import subprocess
import sys
from typing import get_args

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from runner.executor.service import SHUTDOWN_REASON
from runner.history.reasons import translated
from runner.limits import Limits, Shortage
from runner.run_state import SIGNAL_HINTS, Outcome, describe
from tests.a_run import finished_run
from tests.a_snippet import NEW, Page
from tests.cast import signed_in
from tests.services import ROOT

SHORTAGES: tuple[Shortage, ...] = get_args(Shortage)
FORM = "application/x-www-form-urlencoded"
GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


def test_every_text_is_translated_with_the_same_placeholders() -> None:
    check = [sys.executable, "scripts/messages.py", "--check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("headers", "language", "words"),
    [
        ({}, "en", "Create an account"),
        (GERMAN, "de", "Ein Konto anlegen"),
        ({"accept-language": "fr"}, "en", "Create an account"),
        ({"accept-language": "../../etc/passwd"}, "en", "Create an account"),
    ],
)
def test_the_browsers_wish_is_heard(
    client: Client, db: None, headers: dict[str, str], language: str, words: str
) -> None:
    response = client.get("/accounts/login/", headers=headers)
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert words in page
    assert "Accept-Language" in response["Vary"]


def test_the_choice_in_the_menu_outweighs_the_browsers_wish(owner: User) -> None:
    browser = signed_in(owner)
    page = browser.get("/runs/").content.decode()
    assert '<button type="submit" name="language" value="de" lang="de">Deutsch' in page
    response = browser.post("/i18n/setlang/", {"language": "de"}, headers={"referer": "/runs/"})
    assert response["Location"] == "/runs/"
    assert browser.cookies["django_language"]["samesite"] == "Lax"
    assert "Deine Läufe" in browser.get("/runs/").content.decode()
    browser.post("/i18n/setlang/", {"language": "en"})
    assert "Your runs" in browser.get("/runs/", headers=GERMAN).content.decode()


def test_the_choice_leads_to_no_other_site_and_needs_a_token(owner: User) -> None:
    evil = {"language": "de", "next": "https://evil.example/"}
    response = signed_in(owner).post("/i18n/setlang/", evil)
    assert response["Location"] == "/"
    page = Page(owner, with_token=False)
    page.headers["accept"] = "text/html"
    assert page.send("POST", "/i18n/setlang/", b"language=de", FORM).status_code == 403


def test_a_run_is_told_in_german(owner: User) -> None:
    reason = describe(Outcome.CPU_LIMIT, Limits(cpu_seconds=7))
    run = finished_run(owner, outcome="cpu_limit", reason=reason, wall_ms=1250)
    page = signed_in(owner).get(f"/runs/{run.pk}/", headers=GERMAN).content.decode()
    for text in ("Zu viel Rechenzeit verbraucht", "mehr als 7 Sekunden Rechenzeit", "1,2 s"):
        assert text in page


def test_errors_for_scripts_are_in_german_too(db: None) -> None:
    page = Page(None)
    page.headers |= GERMAN
    _, body = page.ask("GET", "/snippets/")
    assert body["error"]["message"] == "Du bist abgemeldet. Melde dich an, um weiterzumachen."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "x" * 300}, "Ein Titel darf höchstens 200 Zeichen haben; dieser hat 300."),
        ({"files": [{"path": "../x", "content": ""}]}, "Ein Pfad darf keine leeren Teile, . oder"),
        ({"files": [{"path": "x" * 201, "content": ""}]}, "nicht länger als 200 Bytes"),
        ({"main": "other.py"}, "Die Datei, die starten soll, ist nicht dabei."),
    ],
)
def test_what_a_snippet_may_be_is_said_in_german(
    owner: User, fields: dict[str, object], words: str
) -> None:
    page = Page(owner)
    page.headers |= GERMAN
    _, body = page.ask("POST", "/snippets/", NEW | fields)
    assert words in body["error"]["message"]
    _, made = page.ask("POST", "/snippets/", NEW)
    _, body = page.ask("PUT", f"/snippets/{made['id']}/", {"version": 1, **fields})
    assert words in body["error"]["message"]


def test_every_reason_we_give_is_known_and_translated() -> None:
    limits, failed = Limits(), Outcome.FAILED
    reasons = [describe(outcome, limits) for outcome in Outcome if outcome is not failed]
    reasons += [describe(failed, limits, exit_code=3), SHUTDOWN_REASON]
    reasons += [describe(failed, limits, signal=name) for name in (*SIGNAL_HINTS, "SIGUSR1")]
    reasons += [describe(failed, limits, exit_code=3, short_of=name) for name in SHORTAGES]
    with translation.override("de"):
        assert "Code 3. Es darf höchstens 64 Prozesse" in translated(reasons[-1])
        for reason in reasons:
            assert translated(reason) != reason
            assert "%s" not in translated(reason)
    with translation.override("en"):  # whatever the test before this one has asked for
        sentence = describe(Outcome.OUTPUT_LIMIT, limits)
        assert translated(sentence) == sentence


@pytest.mark.parametrize(
    "reason", ["", "100% %s %d of it", "SIGKILL %(x)s", "Killed by 7 teapots."]
)
def test_a_reason_that_is_none_of_ours_is_shown_as_it_is(reason: str) -> None:
    with translation.override("de"):
        assert translated(reason) == reason
