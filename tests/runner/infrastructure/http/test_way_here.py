"""What is wrong between a browser and the site is told apart, to the reader and to the operator."""

import logging
from collections import OrderedDict
from typing import Any

import pytest
from django.test import Client
from django.test.client import RequestFactory
from pytest_django import Settings

from runner.infrastructure.http import way_here
from runner.infrastructure.http.way_here.pages import cause, csrf_failure
from runner.infrastructure.token_bucket import TokenBucket
from runner.protocol.reasons import ReasonCode as Code

SITE = "code.school.example"


@pytest.fixture(autouse=True)
def _one_host(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ALLOWED_HOSTS = [SITE, "web", "127.0.0.1"]
    monkeypatch.setattr(way_here, "_logged_at", OrderedDict())
    monkeypatch.setattr(way_here, "_lines", TokenBucket(1, 20))


CASES = {
    # name: Origin, Host, secure, problem
    "all is well": (f"http://{SITE}", SITE, False, None),
    "… over TLS": (f"https://{SITE}", SITE, True, None),
    "… with a port": (f"http://{SITE}:8443", f"{SITE}:8443", False, None),
    "the host is lost": (f"http://{SITE}", "web:8000", False, Code.WRONG_HOST),
    "the port is lost": (f"http://{SITE}:8443", SITE, False, Code.WRONG_HOST),
    "a port is added": (f"https://{SITE}", f"{SITE}:8000", True, Code.WRONG_HOST),
    "another name of the site": (f"https://www.{SITE}", SITE, True, Code.WRONG_HOST),
    "another website": ("https://evil.example", SITE, True, Code.WRONG_HOST),
    "TLS that we do not know of": (f"https://{SITE}", SITE, False, Code.WRONG_SCHEME),
    "TLS that is none": (f"http://{SITE}", SITE, True, Code.WRONG_SCHEME),
    "a host that is not listed": (
        "http://new.example",
        "new.example",
        False,
        Code.HOST_NOT_ALLOWED,
    ),
    "no origin": ("", SITE, False, Code.NO_ORIGIN),
    "an origin that is hidden": ("null", SITE, False, Code.NO_ORIGIN),
    "an origin that is none": ("http://[", SITE, False, Code.WRONG_HOST),
    "an extension of a browser": ("chrome-extension://abc", SITE, False, Code.WRONG_HOST),
}


@pytest.mark.parametrize("name", CASES)
def test_each_problem_is_told_apart(name: str) -> None:
    origin, host, secure, expected = CASES[name]
    assert way_here.problem(origin, host, secure=secure, listed=[]) == expected


def test_who_is_listed_may_come_from_anywhere() -> None:
    listed = ["https://lms.example"]
    assert way_here.problem(listed[0], SITE, secure=False, listed=listed) is None


@pytest.mark.parametrize("code", way_here.ADVICE)
def test_the_log_names_both_values_once_in_a_while(
    code: Code, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            way_here.log("A terminal", code, "https://school.example", "web:8000")
    (line,) = caplog.messages
    assert "'https://school.example'" in line
    assert "'web:8000'" in line


def test_strangers_cannot_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(1000):
            way_here.log("A terminal", Code.WRONG_HOST, f"https://{number}.example", SITE)
    assert len(caplog.messages) <= 21


def test_nobody_writes_lines_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        forged = "http://a\n2026 INFO all is well\x1b[2J" + "x" * 10_000
        way_here.log("A terminal", Code.WRONG_HOST, forged, "web\r\nweb")
    (line,) = caplog.messages
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 2000


def form(**headers: Any) -> Any:
    return RequestFactory().post("/accounts/login/", headers=headers)


BAD_ORIGIN = "Origin checking failed - x does not match any trusted origins."
FORMS = {
    "the host is lost": (
        {"Origin": f"http://{SITE}", "Host": "web"}, BAD_ORIGIN, Code.WRONG_HOST,
    ),
    "TLS in front": (
        {"Origin": f"https://{SITE}", "Host": SITE}, BAD_ORIGIN, Code.WRONG_SCHEME,
    ),
    "a referrer of another site": (
        {"Host": SITE}, "Referer checking failed - no Referer.", Code.NO_ORIGIN,
    ),
    "no cookie": ({"Host": SITE}, "CSRF cookie not set.", Code.NO_COOKIES),
    "an old form": (
        {"Host": SITE}, "CSRF token from POST incorrect.", Code.FORM_TOO_OLD,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_form_names_its_cause(name: str, settings: Settings) -> None:
    headers, reason, expected = FORMS[name]
    assert cause(form(**headers), reason)[0] == expected
    page = csrf_failure(form(**headers), reason).content.decode()
    assert ("cookie" in page) is (expected is Code.NO_COOKIES)
    assert ("tell your teacher" in page) is (expected not in {Code.NO_COOKIES, Code.FORM_TOO_OLD})


def test_a_cookie_that_is_for_https_only_is_not_blamed_on_the_browser(settings: Settings) -> None:
    settings.CSRF_COOKIE_SECURE = True
    headers = {"Origin": f"http://{SITE}", "Host": SITE}
    assert cause(form(**headers), "CSRF cookie not set.")[0] == Code.WRONG_SCHEME


def test_scripts_are_told_the_same() -> None:
    headers = {"Origin": f"http://{SITE}", "Host": "web", "Accept": "application/json"}
    answer = csrf_failure(form(**headers), BAD_ORIGIN)
    assert answer.status_code == 403
    assert b"not set up for the address" in answer.content


def test_an_upgrade_that_was_lost_is_named(client: Client, db: None) -> None:
    headers = {"Sec-WebSocket-Key": "x", "Origin": f"http://{SITE}", "Host": SITE}
    answer = client.get("/ws/terminal/", headers=headers)
    assert answer.status_code == 426
    assert "proxy_set_header Upgrade" in answer.content.decode()
    assert client.get("/ws/terminal/", headers={"Host": SITE}).status_code == 404


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_unknown_host_is_named(client: Client, db: None, language: str) -> None:
    headers = {"Host": "new.example", "Accept-Language": language}
    page = client.get("/accounts/login/", headers=headers)
    assert page.status_code == 400
    assert "ALLOWED_HOSTS" in page.content.decode()
    assert "new.example" in page.content.decode()
