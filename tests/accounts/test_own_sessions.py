"""/accounts/sessions/: where one is signed in, and ending it."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.sign_in.sessions import device
from runner import access
from tests.cast import PASSWORD, signed_in

PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def enter(agent: str, address: str = "10.0.0.1") -> Client:
    browser = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    browser.post("/accounts/login/", {"login": "owner", "password": PASSWORD})
    return browser


def number_of(browser: Client) -> int:
    return int(UserSession.objects.get(session_key=browser.session.session_key).pk)


def is_in(browser: Client) -> bool:
    return browser.get("/runs/").status_code == 200


def test_each_is_listed_with_device_network_and_time(owner: User) -> None:
    here, _ = enter(FIREFOX), enter(CHROME, "2001:db8::7")
    first, second = here.get(PAGE).context["sign_ins"]
    assert (first.device, first.network, first.is_current) == ("Firefox, Windows", "10.0.0.1", True)
    assert (second.device, second.network) == ("Chrome, Android", "2001:db8::7")
    assert here.get(PAGE).content.decode().count("this browser") == 1


def test_of_very_many_the_newest_are_listed(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs in again and again does not make the page costly."""
    monkeypatch.setattr("accounts.sign_in.sessions.MOST_LISTED", 2, raising=False)
    here = enter(FIREFOX)
    agents = [enter(agent) for agent in (CHROME, FIREFOX, CHROME)]
    listed = here.get(PAGE).context["sign_ins"]
    assert [one.number for one in listed] == [
        number_of(browser) for browser in (here, agents[2], agents[1])
    ]


def test_one_is_ended_and_its_terminals_with_it(owner: User) -> None:
    here, there = enter(FIREFOX), enter(CHROME)
    passes = [access.pass_of(owner, browser.session) for browser in (here, there)]
    assert access.still_signed_in(passes) == set(passes)
    here.post(PAGE, {"end": number_of(there)})
    assert (is_in(here), is_in(there)) == (True, False)
    assert access.still_signed_in(passes) == {passes[0]}


def test_all_others_are_ended(owner: User) -> None:
    here, others = enter(FIREFOX), [enter(CHROME) for _ in range(3)]
    here.post(PAGE, {"end": "others"})
    assert is_in(here)
    assert not any(map(is_in, others))


def test_ending_this_one_signs_out(owner: User) -> None:
    here = enter(FIREFOX)
    here.post(PAGE, {"end": number_of(here)})
    assert not is_in(here)


def test_nobody_ends_those_of_others(owner: User, classmate: User) -> None:
    here = enter(FIREFOX)
    signed_in(classmate).post(PAGE, {"end": number_of(here)})
    signed_in(classmate).post(PAGE, {"end": "others"})
    assert is_in(here)
    assert FIREFOX not in signed_in(classmate).get(PAGE).content.decode()


@pytest.mark.parametrize("end", ["", "x", "-1", "9" * 40, "1.5", "²"])
def test_nonsense_ends_nothing(owner: User, end: str) -> None:
    here, there = enter(FIREFOX), enter(CHROME)
    assert here.post(PAGE, {"end": end}).status_code == 302
    assert is_in(there)


def test_a_session_from_before_there_was_the_list_is_in_it(owner: User) -> None:
    (only,) = signed_in(owner).get(PAGE).context["sign_ins"]
    assert only.is_current


def test_a_session_that_has_ended_is_gone(owner: User) -> None:
    here, there = enter(FIREFOX), enter(CHROME)
    there.post("/accounts/logout/")
    assert len(here.get(PAGE).context["sign_ins"]) == 1


def test_strangers_see_nothing(stranger: Client, db: None) -> None:
    assert stranger.get(PAGE)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("", "Unknown browser"),
        ("curl/8", "Unknown browser"),
        ("<script>alert(1)</script>", "Unknown browser"),
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome, ChromeOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
    ],
)
def test_browsers_have_names(agent: str, name: Any) -> None:
    assert device(agent) == name
