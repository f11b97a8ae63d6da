"""English and German: by the browser's wish, or by the choice in the account menu."""

import subprocess
import sys

import pytest
from django.test import Client

from accounts.models import User
from tests.a_run import finished_run
from tests.a_snippet import NEW, Page
from tests.cast import signed_in
from tests.services import ROOT

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
    german = browser.get("/runs/", headers=GERMAN).content.decode()
    assert 'value="en" lang="en">English' in german  # each in its own
    response = browser.post("/i18n/setlang/", {"language": "de"}, headers={"referer": "/runs/"})
    assert response["Location"] == "/runs/"
    assert browser.cookies["django_language"]["samesite"] == "Lax"
    assert "Dein Verlauf" in browser.get("/runs/").content.decode()
    browser.post("/i18n/setlang/", {"language": "en"})
    assert "Your history" in browser.get("/runs/", headers=GERMAN).content.decode()


def test_the_choice_leads_to_no_other_site_and_needs_a_token(owner: User) -> None:
    evil = {"language": "de", "next": "https://evil.example/"}
    response = signed_in(owner).post("/i18n/setlang/", evil)
    assert response["Location"] == "/"
    page = Page(owner, with_token=False)
    page.headers["accept"] = "text/html"
    assert page.send("POST", "/i18n/setlang/", b"language=de", FORM).status_code == 403


def test_a_run_is_told_in_german(owner: User) -> None:
    limit = {"cpu_seconds": 7}
    run = finished_run(owner, outcome="cpu_limit", reason_code="cpu_limit", figures=limit)
    page = signed_in(owner).get(f"/runs/{run.pk}/", headers=GERMAN).content.decode()
    for text in ("Rechenzeit überschritten", "mehr als 7 Sekunden Rechenzeit", "1,2 s"):
        assert text in page


def test_a_run_from_before_codes_is_told_by_the_sentence_it_has(owner: User) -> None:
    run = finished_run(owner, reason_code="", figures=None, reason="Killed by 7 teapots.")
    page = signed_in(owner).get(f"/runs/{run.pk}/", headers=GERMAN).content.decode()
    assert "Killed by 7 teapots." in page


def test_errors_for_scripts_are_in_german_too(db: None) -> None:
    page = Page(None)
    page.headers |= GERMAN
    _, body = page.ask("GET", "/snippets/")
    assert body["error"]["message"] == "Du wurdest abgemeldet. Bitte melde dich wieder an."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "x" * 300}, "Ein Titel darf höchstens 200 Zeichen haben."),
        (
            {"files": [{"path": "../x", "content": ""}]},
            "Ein Dateiname darf weder „..“ noch „.“ noch",
        ),
        ({"files": [{"path": "x" * 201, "content": ""}]}, "Dieser Dateiname ist zu lang."),
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
