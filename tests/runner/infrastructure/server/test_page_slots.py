# size: the attacks on places of pages, and the pages that they are tried on
"""A web worker makes so many pages at once; one visitor cannot take all the places."""

import asyncio
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from runner.infrastructure.server import page_slots
from runner.infrastructure.server.page_slots import PageSlots
from runner.infrastructure.server.sign_in_proof import COOKIE, proof
from runner.limits import Limits

OWNER, CLASSMATE = (
    f"csrftoken=x; sessionid={name}; {COOKIE}={proof(name, user)}".encode()
    for name, user in (("owner", "1"), ("classmate", "2"))
)


class Pages:
    """An application whose pages take as long as a test wants."""

    def __init__(self) -> None:
        self.at_once: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        who = dict(scope["headers"]).get(b"cookie", b"").decode()
        for each in (who, "all"):
            self.at_once[each] += 1
            self.most[each] = max(self.most[each], self.at_once[each])
        await self.go_on.wait()
        for each in (who, "all"):
            self.at_once[each] -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def ask(
    slots: PageSlots,
    cookie: bytes = b"",
    path: str = "/",
    address: str = "192.0.2.1",
    **headers: bytes,
) -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    fields = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    if cookie:
        fields.append((b"cookie", cookie))
    scope = {
        "type": "http", "method": "GET", "path": path, "headers": fields, "query_string": b"",
        "client": (address, 1),
    }  # fmt: skip
    await slots(scope, None, send)
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent)


@pytest.fixture
def pages(settings: Settings) -> Pages:
    settings.LIMITS = Limits(
        pages_at_once=5, pages_at_once_per_visitor=2, pages_waiting=20, pages_waiting_per_visitor=8
    )
    return Pages()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_slots, "REFUSED_SECONDS", 0)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_visitor_gets_few_places_and_others_go_first(pages: Pages) -> None:
    slots = PageSlots(pages)
    greedy = [asyncio.create_task(ask(slots, OWNER)) for _ in range(10)]
    await settle()
    modest = [asyncio.create_task(ask(slots, CLASSMATE)) for _ in range(2)]
    await settle()
    assert pages.at_once == {OWNER.decode(): 2, CLASSMATE.decode(): 2, "all": 4}
    pages.go_on.set()
    assert {status for status, _ in await asyncio.gather(*greedy, *modest)} == {200}
    assert pages.most[OWNER.decode()] == 2


async def test_a_visitor_is_served_at_a_pace_and_files_are_not(settings: Settings) -> None:
    settings.LIMITS = Limits(
        page_requests_per_second=1, page_requests_burst=2, page_wait_seconds=0,
        pages_at_once_per_visitor=50,
    )  # fmt: skip
    pages = Pages()
    pages.go_on.set()
    slots = PageSlots(pages)
    assert [(await ask(slots, OWNER))[0] for _ in range(4)] == [200, 200, 503, 503]
    assert (await ask(slots, OWNER, "/static/assets/x.js"))[0] == 200
    assert (await ask(slots, CLASSMATE))[0] == 200


async def test_there_are_places_for_so_many(pages: Pages) -> None:
    slots = PageSlots(pages)
    asked = [asyncio.create_task(ask(slots, b"sessionid=%d" % number)) for number in range(12)]
    await settle()
    assert pages.at_once["all"] == 2  # of five: a session may be made up
    signed_in = [asyncio.create_task(ask(slots, who)) for who in (OWNER, CLASSMATE) * 2]
    await settle()
    assert pages.at_once["all"] == 5
    pages.go_on.set()
    assert {status for status, _ in await asyncio.gather(*asked, *signed_in)} == {200}
    assert pages.most["all"] == 5
    assert not slots._pages._of  # nothing is kept of visitors


async def test_beyond_those_that_wait_a_visitor_is_refused(pages: Pages) -> None:
    slots = PageSlots(pages)
    greedy = [asyncio.create_task(ask(slots, OWNER)) for _ in range(10)]
    await settle()
    assert await ask(slots, OWNER, accept=b"text/html") == (
        503, b"The site is busy. Please try again in a moment.",
    )  # fmt: skip
    status, text = await ask(slots, OWNER, accept_language=b"de")
    assert "beschäftigt" in text.decode()
    status, body = await ask(slots, OWNER, accept=b"application/json")
    assert (status, json.loads(body)["error"]["code"]) == (503, "unavailable")
    pages.go_on.set()
    assert {status for status, _ in await asyncio.gather(*greedy)} == {200}


async def test_made_up_sessions_of_one_address_leave_room_for_others(
    pages: Pages, settings: Settings
) -> None:
    settings.LIMITS = replace(settings.LIMITS, pages_waiting_per_group=15)
    slots = PageSlots(pages)
    forged = [asyncio.create_task(ask(slots, b"sessionid=%d" % number)) for number in range(100)]
    await settle()
    others = [
        asyncio.create_task(ask(slots, OWNER)),  # a classmate of who floods
        asyncio.create_task(ask(slots, b"sessionid=new", address="192.0.2.2")),
    ]
    await settle()
    assert pages.at_once[OWNER.decode()] == 1
    pages.go_on.set()
    statuses = Counter(status for status, _ in await asyncio.gather(*forged))
    assert statuses == {200: 15, 503: 85}
    assert [status for status, _ in await asyncio.gather(*others)] == [200, 200]


async def test_made_up_sessions_of_a_thousand_addresses_leave_room_for_users(pages: Pages) -> None:
    slots = PageSlots(pages)
    forged = [
        asyncio.create_task(ask(slots, b"sessionid=%d" % number, address=f"192.0.2.{number}"))
        for number in range(100)
    ]
    await settle()
    other = asyncio.create_task(ask(slots, OWNER))
    await settle()
    assert pages.at_once[OWNER.decode()] == 1
    pages.go_on.set()
    assert (await other)[0] == 200
    await asyncio.gather(*forged)


async def test_made_up_sessions_are_served_at_the_rate_of_their_address(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.LIMITS = replace(settings.LIMITS, page_wait_seconds=0, pages_at_once=50)
    monkeypatch.setattr(page_slots, "UNKNOWN_PER_SECOND", 1)
    monkeypatch.setattr(page_slots, "UNKNOWN_BURST", 3)
    slots = PageSlots(pages)
    pages.go_on.set()
    forged = [(await ask(slots, b"sessionid=%d" % number))[0] for number in range(5)]
    assert forged == [200, 200, 200, 503, 503]
    assert (await ask(slots, OWNER))[0] == 200
    assert (await ask(slots, b"sessionid=new", address="192.0.2.2"))[0] == 200


async def test_a_refusal_costs_the_client_time(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.LIMITS = replace(settings.LIMITS, pages_waiting=0)
    monkeypatch.setattr(page_slots, "REFUSED_SECONDS", 0.05)
    monkeypatch.setattr(page_slots, "HELD", 1)
    slots = PageSlots(pages)
    loop = asyncio.get_running_loop()
    began = loop.time()
    held = asyncio.create_task(ask(slots, OWNER))
    await settle()
    assert (await ask(slots, OWNER))[0] == 503  # no more are held
    assert loop.time() - began < 0.05
    assert (await held)[0] == 503
    assert loop.time() - began >= 0.04
    assert not slots._held


async def test_many_sessions_of_one_user_are_one_user(pages: Pages) -> None:
    slots = PageSlots(pages)
    cookies = [
        f"sessionid={number}; {COOKIE}={proof(str(number), '1')}".encode() for number in range(50)
    ]
    asked = [asyncio.create_task(ask(slots, cookie)) for cookie in cookies]
    await settle()
    assert pages.at_once["all"] == 2
    other = asyncio.create_task(ask(slots, CLASSMATE))
    pages.go_on.set()
    assert Counter(status for status, _ in await asyncio.gather(*asked)) == {200: 10, 503: 40}
    assert (await other)[0] == 200


async def test_a_session_that_is_called_like_an_address_or_a_user_takes_none_of_their_places(
    pages: Pages, settings: Settings
) -> None:
    settings.LIMITS = replace(settings.LIMITS, pages_at_once=50, pages_waiting=100)
    slots = PageSlots(pages)
    forged = [
        asyncio.create_task(ask(slots, b"sessionid=" + name, address="192.0.2.66"))
        for name in (b"192.0.2.1", b"address 192.0.2.1", b"1", b"user 1") * 10
    ]
    await settle()
    new, user = asyncio.create_task(ask(slots)), asyncio.create_task(ask(slots, OWNER))
    await settle()
    assert (pages.at_once[""], pages.at_once[OWNER.decode()]) == (1, 1)
    pages.go_on.set()
    assert {status for status, _ in await asyncio.gather(new, user)} == {200}
    await asyncio.gather(*forged)


async def test_a_class_that_opens_the_site_gets_all_its_files(
    pages: Pages, settings: Settings
) -> None:
    """From one address, and before anybody has signed in."""
    settings.LIMITS = replace(settings.LIMITS, files_at_once=6)
    slots = PageSlots(pages)
    paths = [f"/static/assets/{number}.js" for number in range(40)] * 30
    asked = [asyncio.create_task(ask(slots, path=path)) for path in paths]
    await settle()
    assert pages.at_once["all"] == 3
    elsewhere = asyncio.create_task(ask(slots, path=paths[0], address="192.0.2.2"))
    page = asyncio.create_task(ask(slots, OWNER))
    await settle()
    assert pages.at_once["all"] == 5
    pages.go_on.set()
    answers = await asyncio.gather(*asked, elsewhere, page)
    assert {status for status, _ in answers} == {200}


async def test_a_monitor_is_answered_while_the_worker_is_busy(pages: Pages) -> None:
    slots = PageSlots(pages)
    busy = [asyncio.create_task(ask(slots, b"sessionid=%d" % number)) for number in range(12)]
    await settle()
    monitor = asyncio.create_task(ask(slots, path="/healthz"))
    await settle()
    assert pages.at_once["all"] == 3
    pages.go_on.set()
    await asyncio.gather(*busy, monitor)


async def test_made_up_sessions_that_ask_for_the_state_leave_room_for_monitors(
    pages: Pages,
) -> None:
    slots = PageSlots(pages)
    asked = [
        asyncio.create_task(ask(slots, b"sessionid=%d" % number, path="/readyz"))
        for number in range(100)
    ]
    await settle()
    monitor = asyncio.create_task(ask(slots, path="/readyz", address="192.0.2.2"))
    await settle()
    assert pages.at_once[""] == 1
    pages.go_on.set()
    assert (await monitor)[0] == 200
    await asyncio.gather(*asked)


async def test_who_waits_too_long_is_told(pages: Pages, settings: Settings) -> None:
    settings.LIMITS = Limits(pages_at_once_per_visitor=1, page_wait_seconds=0)
    slots = PageSlots(pages)
    first = asyncio.create_task(ask(slots, OWNER))
    await settle()
    assert (await ask(slots, OWNER))[0] == 503
    pages.go_on.set()
    assert (await first)[0] == 200


async def test_a_page_that_fails_or_is_abandoned_gives_its_place_back(pages: Pages) -> None:
    slots = PageSlots(pages)
    for _ in range(10):
        abandoned = asyncio.create_task(ask(slots, OWNER))
        await settle()
        abandoned.cancel()
        await asyncio.gather(abandoned, return_exceptions=True)
    pages.go_on.set()
    assert (await ask(slots, OWNER))[0] == 200


async def test_a_response_that_is_sent_holds_no_place(pages: Pages) -> None:
    """A client may read it slowly; and when mail is sent after it, the next request of a visitor
    would tell."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        assert slots._pages._there[b"user 1"] == 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        assert not slots._pages._there
        await send({"type": "http.response.body", "body": b""})

    slots = PageSlots(answer)
    assert (await ask(slots, OWNER))[0] == 200
    assert not slots._pages._of


async def test_a_client_that_reads_no_page_holds_no_place(pages: Pages) -> None:
    reads = asyncio.Event()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": True})

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await reads.wait()

    slots = PageSlots(answer)
    scope = {"type": "http", "path": "/", "headers": [(b"cookie", OWNER)], "client": ("::1", 1)}
    waiting = [asyncio.create_task(slots(scope, None, send)) for _ in range(10)]
    await settle()
    assert not slots._pages._there
    reads.set()
    await asyncio.gather(*waiting)
