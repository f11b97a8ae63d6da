"""EMAIL_URL, DEFAULT_FROM_EMAIL, and the provider of accounts: what is wrong with them is said."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from coderunner import environment as env

URL = "EMAIL_URL"


def mail(monkeypatch: pytest.MonkeyPatch, url: str, debug: bool = False) -> dict[str, Any]:
    monkeypatch.setenv(URL, url)
    return {name.removeprefix("EMAIL_"): value for name, value in env.email(URL, debug).items()}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", {"HOST": "mail.example", "PORT": 25, "HOST_USER": ""}),
        ("smtp://mail.example:2525/", {"PORT": 2525, "USE_TLS": False, "USE_SSL": False}),
        ("smtp+tls://mail.example", {"PORT": 587, "USE_TLS": True, "USE_SSL": False}),
        ("smtps://mail.example", {"PORT": 465, "USE_TLS": False, "USE_SSL": True}),
        ("smtp+ssl://mail.example:4650", {"PORT": 4650, "USE_SSL": True}),
        (
            "smtp+tls://me%40school.example:p%2Fw%3F%23%40@mail.example",
            {"HOST_USER": "me@school.example", "HOST_PASSWORD": "p/w?#@"},
        ),
        ("smtp://[2001:db8::1]:25", {"HOST": "2001:db8::1"}),
    ],
)
def test_a_mail_server(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, Any]) -> None:
    read = mail(monkeypatch, url)
    assert read["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert read["TIMEOUT"] == 10
    assert expected.items() <= read.items()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mail.example", "must begin with one of smtp"),
        ("http://mail.example", "must begin with one of smtp"),
        ("smtp://", "names no host"),
        ("smtp://user:pw@", "names no host"),
        ("smtp://mail.example:x", "Port could not be cast"),
        ("smtp://mail.example:99999", "Port out of range"),
        ("smtp://user:p/w@mail.example", "."),
        ("smtp://mail.example/path", "has a path"),
        ("smtp://mail.example?tls=1", "write them in a password as"),
        ("smtp://:secret@mail.example", "a password and no user"),
        ("smtp://[::1", "Invalid IPv6 URL"),
        ("console:", "needs DEBUG=true"),
        ("file:///tmp/mail", "needs DEBUG=true"),
    ],
)
def test_what_is_none_stops_the_process(
    monkeypatch: pytest.MonkeyPatch, url: str, problem: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=URL) as raised:
        mail(monkeypatch, url)
    assert problem in str(raised.value)
    assert "secret" not in str(raised.value)


def test_for_development_mail_goes_to_the_terminal_or_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert mail(monkeypatch, "console:", debug=True)["BACKEND"].endswith("console.EmailBackend")
    assert mail(monkeypatch, "file:///tmp/my%20mail", debug=True)["FILE_PATH"] == "/tmp/my mail"
    with pytest.raises(ImproperlyConfigured, match="names no folder"):
        mail(monkeypatch, "file://tmp/mail", debug=True)


def test_without_a_url_mail_is_dropped_and_not_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    for debug in (True, False):
        assert mail(monkeypatch, "", debug)["BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize(
    ("value", "url", "expected"),
    [
        ("", "", "code-runner@localhost"),
        ("", "smtp://mail.example", "code-runner@mail.example"),
        ("", "smtp://me%40school.example:x@mail.example", "me@school.example"),
        ("Code <code@school.example>", "smtp://mail.example", "Code <code@school.example>"),
    ],
)
def test_mail_has_a_sender(
    monkeypatch: pytest.MonkeyPatch, value: str, url: str, expected: str
) -> None:
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)
    assert env.sender("DEFAULT_FROM_EMAIL", env.email(URL, False)) == expected


@pytest.mark.parametrize("value", ["Code", "@", "code@", "a@b\r\nBcc: c@d"])
def test_a_sender_is_an_address(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL"):
        env.sender("DEFAULT_FROM_EMAIL", {})


@pytest.mark.parametrize("url", ["https://id.example/realms/x/", "http://localhost:81", ""])
def test_a_provider_is_reached_by_https(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("OIDC_ISSUER", url)
    assert env.issuer("OIDC_ISSUER") == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://id.example", "id.example", "https://", "https://a?b=c"])
def test_other_providers_are_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("OIDC_ISSUER", url)
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER must be the https:// URL"):
        env.issuer("OIDC_ISSUER")


def test_a_claim_is_a_name_and_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_STAFF_CLAIM", "groups = all teachers")
    assert env.claim("OIDC_STAFF_CLAIM") == ("groups", "all teachers")
    monkeypatch.setenv("OIDC_STAFF_CLAIM", "")
    assert env.claim("OIDC_STAFF_CLAIM") is None
    for wrong in ("groups", "=x", "groups="):
        monkeypatch.setenv("OIDC_STAFF_CLAIM", wrong)
        with pytest.raises(ImproperlyConfigured, match="must be claim=value"):
            env.claim("OIDC_STAFF_CLAIM")
