"""Each error page says what happened and what to do, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import signed_in
from tests.services import ROOT

GERMAN = {"accept-language": "de"}


def bad_host(client: Client, **headers: str) -> Any:
    return client.get("/accounts/login/", headers={"host": "evil.example"} | headers)


def no_token(client: Client, **headers: str) -> Any:
    client.handler.enforce_csrf_checks = True
    return client.post("/accounts/login/", headers=headers)


def get(path: str) -> Callable[..., Any]:
    return lambda client, **headers: client.get(path, headers=headers)


PAGES = {
    "400": (bad_host, 400, "does not know the address", "kennt die Adresse"),
    "csrf": (no_token, 403, "reload the page", "lade die Seite neu"),
    "404": (get("/nothing/"), 404, "Check the address", "Prüfe die Adresse"),
    "not shared": (get("/s/x/"), 404, "no longer shared", "nicht mehr geteilt"),
}


@pytest.mark.parametrize("name", PAGES)
def test_it_says_what_happened_and_what_to_do(client: Client, db: None, name: str) -> None:
    ask, status, english, german = PAGES[name]
    for headers, words in (({}, english), (GERMAN, german)):
        response = ask(client, **headers)
        assert response.status_code == status
        page = response.content.decode()
        assert words in page
        assert 'class="site-header"' in page


def test_a_student_is_told_who_has_no_access(owner: User) -> None:
    response = signed_in(owner).get("/admin/", follow=True)
    assert response.status_code == 403
    assert "You are signed in as <strong>owner</strong>" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/snippets/", "/runs/", "/accounts/email/", "/s/x/"])
def test_without_a_database_our_page_says_so(client: Client, path: str) -> None:
    """This test has no `db`, so each query fails."""
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    for headers, words in (({}, "on our side"), (GERMAN, "liegt bei uns")):
        response = client.get(path, headers=headers)
        assert response.status_code == 500
        page = response.content.decode()
        assert words in page
        assert "Traceback" not in page


def test_the_proxy_has_a_page_of_its_own() -> None:
    """While no web worker answers; it may load nothing."""
    configuration = (ROOT / "deploy" / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    page = (ROOT / "static" / "public" / "unavailable.html").read_text(encoding="utf-8")
    assert "error_page 502 503 504 /unavailable.html;" in configuration
    assert "src=" not in page
    assert "<link" not in page
    for words in ("Back in a moment", "Gleich wieder da"):
        assert words in page
