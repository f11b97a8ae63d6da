"""The cookie that tells a real session from a made-up one without the database."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from runner.infrastructure.server.sign_in_proof import COOKIE, proof, user_of
from tests.cast import PASSWORD, signed_in

SESSION = "0123456789abcdef0123456789abcdef"


def header(value: str) -> bytes:
    return f"csrftoken=x; {COOKIE}={value}; theme=dark".encode()


def test_it_names_the_user_of_its_session() -> None:
    assert user_of(header(proof(SESSION, "17")), SESSION.encode()) == b"17"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "17",
        "17:1abcde:",
        proof(SESSION, "17").replace("17", "18", 1),
        proof(SESSION[1:] + "x", "17"),
        proof(SESSION, "17")[:-1],
        "x" * 5000,
        "17:zzzzzzzzzzzzzzzzzzzzzzz:" + proof(SESSION, "17").split(":")[2],
    ],
    ids=["empty", "unsigned", "no signature", "other user", "other session", "cut", "long", "time"],
)
def test_no_other_value_does(value: str) -> None:
    assert user_of(header(value), SESSION.encode()) is None


def test_it_ends_with_the_longest_session(settings: Settings) -> None:
    value = header(proof(SESSION, "17"))
    settings.SESSION_COOKIE_AGE = -1
    assert user_of(value, SESSION.encode()) is None


def test_a_session_that_is_no_text_is_made_up() -> None:
    assert user_of(header(proof(SESSION, "17")), b"\xff\xfe") is None


def test_signing_in_sets_it_and_signing_out_removes_it(owner: User, stranger: Client) -> None:
    stranger.post("/accounts/login/", {"login": owner.username, "password": PASSWORD})
    key = stranger.session.session_key
    assert key
    cookie = stranger.cookies[COOKIE]
    assert user_of(header(cookie.value), key.encode()) == str(owner.pk).encode()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    stranger.post("/accounts/logout/")
    assert SESSION_KEY not in stranger.session
    assert stranger.cookies[COOKIE].value == ""


def test_a_page_replaces_one_of_another_session_only(owner: User) -> None:
    client = signed_in(owner)
    client.cookies[COOKIE] = proof(SESSION, str(owner.pk))
    client.get("/runs/")
    right = client.cookies[COOKIE].value
    assert right != proof(SESSION, str(owner.pk))
    assert COOKIE not in client.get("/runs/").cookies
    assert client.cookies[COOKIE].value == right


def test_a_request_that_reads_no_session_asks_nothing(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(owner)
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert COOKIE not in answer.cookies
