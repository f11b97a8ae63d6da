"""What a site answers behind a proxy: `tests/coderunner/test_https.py`."""

from django.conf import settings
from django.test import Client


def answers(protocols: list[str]) -> list[tuple[int, str | None]]:
    """Status and Strict-Transport-Security, when browsers have used these protocols."""
    return [answer(protocol) for protocol in protocols]


def cookies() -> list[str]:
    """What the page to sign in sets, and the name of the session's cookie."""
    headers = {"host": "localhost", "x-forwarded-proto": "https"}
    page = Client(headers=headers).get("/accounts/login/")
    return [
        settings.SESSION_COOKIE_NAME,
        *(cookie.OutputString() for cookie in page.cookies.values()),
    ]


def answer(protocol: str) -> tuple[int, str | None]:
    headers = {"host": "localhost", "x-forwarded-proto": protocol}
    response = Client(headers=headers).get("/healthz")
    return response.status_code, response.headers.get("Strict-Transport-Security")
