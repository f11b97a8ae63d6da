"""The language of a socket: as of a page that the same browser would load."""

import time

import pytest
from django.conf import settings
from django.test import Client

from runner.terminal.gate.language import language_of

# About as long as a header can be, and each expensive for a parser that does not bound it.
HOSTILE = [
    "de" * 30_000,
    "de-" * 20_000,
    "de;q=0." + "1" * 60_000,
    ("x" * 8 + ",") * 6_000,
    ",".join(f"a{number}-b{number};q=0.{number}" for number in range(5_000)),
    "../" * 20_000,
    "\x00" * 60_000,
    "*" * 60_000,
]


def scope(cookie: str | None = None, *wished: str) -> dict[str, object]:
    headers = [(b"accept-language", wish.encode("latin-1")) for wish in wished]
    cookies = {} if cookie is None else {settings.LANGUAGE_COOKIE_NAME: cookie}
    return {"headers": [(b"host", b"localhost"), *headers], "cookies": cookies}


@pytest.mark.parametrize(
    ("cookie", "wished", "language"),
    [
        (None, [], "en"),
        (None, ["de"], "de"),
        (None, ["de-AT,de;q=0.9,en;q=0.5"], "de"),
        (None, ["en;q=0.5,de;q=0.4"], "en"),
        (None, ["fr,de;q=0.2"], "de"),
        (None, ["fr"], "en"),
        (None, ["*"], "en"),
        (None, ["fr", "de"], "de"),
        ("de", [], "de"),
        ("en", ["de"], "en"),
        ("de", ["en"], "de"),
        ("fr", ["de"], "de"),
        ("", ["de"], "de"),
        ("../../etc/passwd", ["de"], "de"),
    ],
)
def test_it_is_the_cookies_else_the_browsers_wish_else_english(
    cookie: str | None, wished: list[str], language: str
) -> None:
    assert language_of(scope(cookie, *wished)) == language


def test_a_socket_without_cookies_or_wishes_is_english() -> None:
    assert language_of({"headers": []}) == "en"


@pytest.mark.parametrize("header", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_header_costs_no_time(header: str) -> None:
    began = time.process_time()
    for number in range(100):  # not remembered from the last time
        assert language_of(scope(str(number) + header, f"{number},{header}")) in {"en", "de"}
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("wished", ["de-AT,de;q=0.9", "fr", ""])
@pytest.mark.parametrize("cookie", ["", "de", "en", "xx"])
def test_a_page_is_in_the_same_language(client: Client, db: None, cookie: str, wished: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    page = client.get("/accounts/login/", headers={"accept-language": wished}).content.decode()
    assert f'<html lang="{language_of(scope(cookie, wished))}"' in page
