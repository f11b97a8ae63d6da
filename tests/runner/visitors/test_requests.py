"""How a browser without an account gets a ticket, and who gets none."""

import asyncio
import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner import snippets
from runner.limits import Limits
from runner.models import Snippet
from runner.protocol.snippets import ShareChange
from runner.visitors import visits
from tests.cast import signed_in
from tests.runner.visitors.conftest import Browser, an_open_snippet

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(snippet: Snippet) -> str:
    assert snippet.slug
    return snippet.slug


def visitor_by_ticket(ticket: str, network: str) -> visits.Visitor | None:
    return asyncio.run(visits.visitor_by_ticket(ticket, network))


def code(answer: tuple[int, Any]) -> str:
    assert answer[0] >= 400, answer
    return str(answer[1]["error"]["code"])


def test_a_solved_puzzle_gives_a_ticket_and_a_visit_gives_more(place: str) -> None:
    browser = Browser()
    given = browser.ticket(place)
    again = browser.post(f"/try/{place}/ticket/", {"visit": given["visit"]})
    assert again[0] == 200
    network = visits.network_of("198.51.100.7")
    first, second = (visitor_by_ticket(one["ticket"], network) for one in (given, again[1]))
    assert first is not None
    assert first == second
    assert first.place == place


def test_a_puzzle_counts_once(place: str) -> None:
    browser = Browser()
    solved = browser.solved(place)
    assert browser.post(f"/try/{place}/ticket/", solved)[0] == 200
    for _ in range(3):
        assert code(browser.post(f"/try/{place}/ticket/", solved)) == "not_allowed"


def test_a_wrong_answer_does_not_use_up_a_puzzle(place: str) -> None:
    browser = Browser()
    solved = browser.solved(place)
    wrong = solved | {"answers": [answer + 1 for answer in solved["answers"]][:-1]}
    assert code(browser.post(f"/try/{place}/ticket/", wrong)) == "not_allowed"
    assert browser.post(f"/try/{place}/ticket/", solved)[0] == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"puzzle": "", "answers": []},
        {"puzzle": "x", "answers": [0] * 16},
        {"puzzle": "x" * 401, "answers": []},
        {"answers": [-1] * 16},
        {"answers": [2**32] * 16},
        {"answers": ["1"] * 16},
        {"answers": [0] * 65},
        {"visit": "forged"},
        {"visit": 7},
        {"ticket": "x"},
        [],
        None,
    ],
)
def test_nonsense_is_refused(place: str, body: object) -> None:
    assert code(Browser().post(f"/try/{place}/ticket/", body)) in {"bad_message", "not_allowed"}


def test_a_large_request_is_not_read(place: str) -> None:
    answer = Browser().post(f"/try/{place}/ticket/", {"visit": "x" * 5000})
    assert code(answer) == "too_large"


def test_a_puzzle_and_a_visit_end(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    solved, given = browser.solved(place), browser.ticket(place)
    later = time.time() + visits.PUZZLE_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert code(browser.post(f"/try/{place}/ticket/", solved)) == "not_allowed"
    network = visits.network_of("198.51.100.7")
    assert visitor_by_ticket(given["ticket"], network) is None
    monkeypatch.setattr(time, "time", lambda: later + visits.VISIT_SECONDS)
    assert code(browser.post(f"/try/{place}/ticket/", {"visit": given["visit"]})) == "not_allowed"


def test_what_was_given_for_one_place_is_worth_nothing_at_another(
    place: str, teacher: User
) -> None:
    other = an_open_snippet(teacher).slug
    browser = Browser()
    visit = browser.ticket(place)["visit"]
    assert code(browser.post(f"/try/{other}/ticket/", browser.solved(place))) == "not_allowed"
    assert code(browser.post(f"/try/{other}/ticket/", {"visit": visit})) == "not_allowed"
    assert code(browser.post("/try/inline/ticket/", {"visit": visit})) == "not_allowed"


def test_nor_in_another_network(place: str) -> None:
    solved, visit = Browser().solved(place), Browser().ticket(place)["visit"]
    elsewhere = Browser("203.0.113.9")
    assert code(elsewhere.post(f"/try/{place}/ticket/", solved)) == "not_allowed"
    assert code(elsewhere.post(f"/try/{place}/ticket/", {"visit": visit})) == "not_allowed"
    neighbour = Browser("198.51.100.200")
    assert neighbour.post(f"/try/{place}/ticket/", {"visit": visit})[0] == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.1", "198.51.100.254", True),
        ("198.51.100.1", "198.51.101.1", False),
        ("::ffff:198.51.100.1", "198.51.100.2", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "unix", True),
    ],
)
def test_a_network_is_a_24_or_a_64(one: str, other: str, same: bool) -> None:
    assert (visits.network_of(one) == visits.network_of(other)) is same
    assert one not in visits.network_of(one) or not one


def test_one_kind_of_proof_is_no_other(place: str) -> None:
    """All are signed by the same key, with salts of their own."""
    browser, network = Browser(), visits.network_of("198.51.100.7")
    given = browser.ticket(place)
    assert visitor_by_ticket(visits.TICKET_PREFIX + given["visit"], network) is None
    ticket = given["ticket"].removeprefix(visits.TICKET_PREFIX)
    assert code(browser.post(f"/try/{place}/ticket/", {"visit": ticket})) == "not_allowed"
    forged = signing.dumps(["a" * 32, place, network], salt="visitor visit", key="another key")
    assert code(browser.post(f"/try/{place}/ticket/", {"visit": forged})) == "not_allowed"


def test_without_being_open_a_snippet_is_not_there(teacher: User, snippet: Snippet) -> None:
    place = snippet.slug
    browser = Browser()
    visit = browser.ticket(str(place))["visit"]
    snippets.share(teacher, snippet.pk, ShareChange(shared=True, visitors=False))
    for kind, body in (("puzzle", {}), ("ticket", {"visit": visit})):
        assert code(browser.post(f"/try/{place}/{kind}/", body)) == "not_found"
    assert browser.client.get(f"/try/{place}/").status_code == 404


def test_nor_is_one_whose_link_was_taken_back(teacher: User, snippet: Snippet) -> None:
    place = snippet.slug
    snippets.share(teacher, snippet.pk, ShareChange(shared=False))
    assert code(Browser().post(f"/try/{place}/puzzle/", {})) == "not_found"
    again = snippets.share(teacher, snippet.pk, ShareChange(shared=True))
    assert again.slug != place
    assert not again.open_to_visitors


def test_a_change_that_says_nothing_of_visitors_leaves_them(
    teacher: User, snippet: Snippet
) -> None:
    again = snippets.share(teacher, snippet.pk, ShareChange(shared=True, update=True))
    assert again.open_to_visitors


@pytest.mark.parametrize(
    ("visitors", "allowed"),
    [("off", set()), ("shared", {"snippet", "example"}), ("any", {"snippet", "example", "inline"})],
)
def test_the_site_decides_what_visitors_may_run(
    place: str, settings: Settings, visitors: str, allowed: set[str]
) -> None:
    settings.VISITORS = visitors
    places = {"snippet": place, "example": "example", "inline": "inline"}
    for name, each in places.items():
        status, _ = Browser().post(f"/try/{each}/puzzle/", {})
        assert (status == 200) is (name in allowed), name


def test_a_site_without_visitors_opens_no_snippet_to_them(
    teacher: User, snippet: Snippet, settings: Settings
) -> None:
    settings.VISITORS = "off"
    browser = signed_in(teacher)
    change = {"shared": True, "visitors": True}
    answer = browser.put(
        f"/snippets/{snippet.pk}/share/", change, "application/json", headers={"accept": "a/json"}
    )
    assert answer.status_code == 403


def test_a_network_gets_so_many_answers_in_a_minute(place: str, settings: Settings) -> None:
    settings.LIMITS = Limits(visitor_requests_per_minute=5)
    for _ in range(5):
        assert Browser("192.0.2.1").post(f"/try/{place}/puzzle/", {})[0] == 200
    assert code(Browser("192.0.2.99").post(f"/try/{place}/puzzle/", {})) == "rate_limited"
    assert Browser("192.0.3.1").post(f"/try/{place}/puzzle/", {})[0] == 200


def test_a_made_up_header_makes_no_other_network(place: str, settings: Settings) -> None:
    """Only what the site's own proxies have written into `X-Forwarded-For` counts, and there are
    none. See tests of `ClientAddress` for sites with proxies."""
    settings.LIMITS = Limits(visitor_requests_per_minute=3)
    seen = [
        Browser("192.0.2.1", X_Forwarded_For=f"10.0.{number}.1").post(f"/try/{place}/puzzle/", {})
        for number in range(4)
    ]
    assert [status for status, _ in seen] == [200, 200, 200, 429]


def test_nobody_signed_in_is_asked_for(place: str, teacher: User) -> None:
    """The browser's session plays no part, so no other site can use it."""
    browser = signed_in(teacher)
    for kind in ("puzzle", "ticket"):
        answer = browser.post(f"/try/{place}/{kind}/", "{}", "application/json")
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_only_posts_are_answered(place: str, client: Client) -> None:
    for kind in ("puzzle", "ticket"):
        assert client.get(f"/try/{place}/{kind}/").status_code == 405
