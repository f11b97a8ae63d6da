"""What must not be possible through the requests of polled sockets."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest
from django.core import signing

from runner.limits import Limits
from tests.cast import SignedIn
from tests.polled_client import TOKEN, Browser, open_polled_terminal
from tests.product import WebServer
from tests.terminal.conftest import ELSEWHERE
from tests.terminal_client import open_terminal

KINDS = ["poll", "send", "close"]


def asked(kind: str, name: str) -> dict[str, object]:
    """A valid request."""
    fields: dict[str, dict[str, object]] = {
        "poll": {"received": 0}, "send": {"seq": 1, "messages": []}, "close": {},
    }  # fmt: skip
    more = fields[kind]
    return {"socket": name, **more}


@pytest.fixture
async def browser(server: WebServer, owner: SignedIn) -> AsyncIterator[Browser]:
    browser = Browser([server], owner)
    yield browser
    await browser.client.aclose()


async def refused(browser: Browser, kind: str = "open", **fields: object) -> tuple[int, str]:
    answer = await browser.post(kind, **fields)
    await browser.client.aclose()
    return answer.status_code, answer.json()["reason_code"]


# --- Who may open one -----------------------------------------------------------------------------
async def test_who_is_not_signed_in_gets_none(server: WebServer) -> None:
    assert await refused(Browser([server], None)) == (403, "signed_out")
    nobody = SignedIn("nobody", "sessionid=0123456789abcdefghijklmnopqrstuv")
    assert await refused(Browser([server], nobody)) == (403, "signed_out")


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ("https://evil.example", "wrong_host"),
        (ELSEWHERE, "wrong_host"),  # may open WebSockets; it has no token of this site
        ("http://127.0.0.1", "wrong_host"),
        ("null", "no_origin"),
        ("http://127.0.0.1.evil.example", "wrong_host"),
    ],
)
@pytest.mark.parametrize("kind", ["open", *KINDS])
async def test_a_page_of_another_site_gets_nothing(
    server: WebServer, owner: SignedIn, browser: Browser, origin: str, reason: str, kind: str
) -> None:
    name = await browser.open()
    attacker = Browser([server], owner, origin)
    assert await refused(attacker, kind, **asked(kind, name) if kind in KINDS else {}) == (
        403, reason,
    )  # fmt: skip
    await browser.post("close", socket=name)


@pytest.mark.parametrize("token", ["", "x" * 32, TOKEN[:-1]])
async def test_without_the_token_of_the_page_nothing_is_done(
    server: WebServer, owner: SignedIn, token: str
) -> None:
    attacker = Browser([server], owner, headers={"X-CSRFToken": token})
    assert await refused(attacker) == (403, "form_too_old")


async def test_a_simple_form_of_another_site_does_nothing(
    server: WebServer, owner: SignedIn
) -> None:
    """What browsers send without asking first: no header of ours, another content type."""
    async with httpx.AsyncClient(headers={"Cookie": owner.cookie}) as client:
        answer = await client.post(
            f"{server.url}/terminal/open/",
            content="{}",
            headers={"Content-Type": "text/plain", "Origin": "https://evil.example"},
        )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded",
     "multipart/form-data; boundary=a", "text/plain; charset=a"],
)  # fmt: skip
async def test_a_request_counts_for_no_form(browser: Browser, content_type: str) -> None:
    """Which would be read for its token: what it cannot be read as was an error of ours."""
    url, headers = f"{browser.origin}/terminal/open/", {"Content-Type": content_type}
    field = "--a\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--a--\r\n"
    answer = await browser.client.post(url, content=field, headers=headers)
    assert answer.status_code == 200, answer.text
    await browser.post("close", socket=answer.json()["socket"])
    assert await refused_form(browser, url, headers) == (403, "form_too_old")


async def refused_form(browser: Browser, url: str, headers: dict[str, str]) -> tuple[int, str]:
    field = "--a\r\nContent-Disposition: form-data; name=csrfmiddlewaretoken\r\n\r\n"
    text = (
        f"{field}{TOKEN}\r\n--a--\r\n"
        if "multipart" in headers["Content-Type"]
        else (f"csrfmiddlewaretoken={TOKEN}")
    )
    answer = await browser.client.post(url, content=text, headers=headers | {"X-CSRFToken": ""})
    return answer.status_code, answer.json()["reason_code"]


async def test_terminals_of_both_kinds_count_together(server: WebServer, owner: SignedIn) -> None:
    async with AsyncExitStack() as opened:
        for _ in range(Limits().sockets_per_user - 1):
            await opened.enter_async_context(open_terminal(server, owner))
        await opened.enter_async_context(open_polled_terminal(server, owner))
        assert await refused(Browser([server], owner)) == (403, "too_many_terminals")


async def test_handshakes_have_the_rate_of_a_user(
    server: WebServer, owner: SignedIn, browser: Browser
) -> None:
    """Opened and closed as fast as possible: beyond a burst they wait, and then are refused."""
    answers = await asyncio.gather(*(browser.post("open") for _ in range(60)))
    names = [one.json()["socket"] for one in answers if one.status_code == 200]
    assert len(names) <= Limits().sockets_per_user
    assert {one.status_code for one in answers} <= {200, 403, 429, 503}
    for name in names:
        await browser.post("close", socket=name)


# --- Whose it is ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
async def test_another_user_cannot_use_it(
    server: WebServer, browser: Browser, classmate: SignedIn, kind: str
) -> None:
    name = await browser.open()
    thief = Browser([server], classmate)
    assert await refused(thief, kind, **asked(kind, name)) == (404, "terminal_gone")
    assert (await browser.post("poll", socket=name, received=0)).json()["frames"]  # it is there
    await browser.post("close", socket=name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["", "x", "a:b:c", "W10:1:x", "x" * 500])
async def test_names_cannot_be_made_up(browser: Browser, kind: str, name: str) -> None:
    assert await refused(browser, kind, **asked(kind, name)) == (404, "terminal_gone")


async def test_a_name_signed_by_another_key_is_made_up(browser: Browser) -> None:
    forged = signing.dumps(["asgispecific.x", "x", "y"], key="guessed", salt="runner.polled_socket")
    assert await refused(browser, "poll", socket=forged, received=0) == (404, "terminal_gone")


# --- Rules of a socket ----------------------------------------------------------------------------
async def test_what_was_said_cannot_be_said_again_or_out_of_order(browser: Browser) -> None:
    name = await browser.open()
    ping = json.dumps({"type": "ping", "id": 1})
    for seq, status in ((2, 400), (0, 200), (1, 200), (1, 200), (3, 400), (2**53 - 1, 400)):
        answer = await browser.post("send", socket=name, seq=seq, messages=[ping])
        assert answer.status_code == status, seq
    answer = await browser.post("poll", socket=name, received=1)
    assert answer.status_code == 400  # never sent
    frames = (await browser.post("poll", socket=name, received=0)).json()["frames"]
    while len(frames) < 2:
        frames = (await browser.post("poll", socket=name, received=0)).json()["frames"]
    assert [json.loads(frame[1:])["type"] for frame in frames] == ["connected", "pong"]
    await browser.post("close", socket=name)


@pytest.mark.parametrize("received", [1, 2**53 - 1])
async def test_frames_that_never_came_cannot_be_confirmed(browser: Browser, received: int) -> None:
    name = await browser.open()
    answer = await browser.post("poll", socket=name, received=received)
    assert answer.status_code == 400
    await browser.post("close", socket=name)


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "{", '{"socket": 1}', '{"socket": "x", "received": -1}', "\ud800",
     '{"socket": "x", "received": 1, "more": 1}', '{"socket": "x", "received": 1e999}',
     '{"socket": "x", "seq": 1, "messages": [1]}', "[" * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_no_request_is_refused(browser: Browser, kind: str, body: str) -> None:
    text = body.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = await browser.post_text(kind, text)
    assert answer.status_code in {400, 404}, answer.text


async def test_a_large_request_is_refused(browser: Browser) -> None:
    answer = await browser.post("send", socket="x", seq=1, messages=["x" * 6_000_000])
    assert answer.status_code == 413


async def test_a_batch_has_so_many_messages(browser: Browser) -> None:
    name = await browser.open()
    answer = await browser.post("send", socket=name, seq=1, messages=["{}"] * 65)
    assert answer.status_code == 400
    await browser.post("close", socket=name)


async def test_the_newest_poll_is_the_one_that_waits(browser: Browser) -> None:
    """Hundreds that wait would hold hundreds of connections."""
    name = await browser.open()
    first = (await browser.post("poll", socket=name, received=0)).json()
    received = first["first"] + len(first["frames"]) - 1
    polls = [
        asyncio.create_task(browser.post("poll", socket=name, received=received)) for _ in range(8)
    ]
    async with asyncio.timeout(10):
        while sum(poll.done() for poll in polls) < 7:
            await asyncio.wait([poll for poll in polls if not poll.done()], timeout=1)
    assert all(poll.result().json()["frames"] == [] for poll in polls if poll.done())
    await browser.post("close", socket=name)
    await asyncio.gather(*polls)


@pytest.mark.faults
async def test_a_flood_of_one_user_keeps_no_other_one_waiting(
    server: WebServer, browser: Browser, classmate: SignedIn
) -> None:
    """Beyond a rate its requests wait, and beyond a number they are refused: `test_places.py`."""
    flood = [asyncio.create_task(browser.post("poll", socket="x", received=0)) for _ in range(250)]
    async with open_polled_terminal(server, classmate) as terminal:
        await terminal.settled()
    answers = await asyncio.gather(*flood)
    assert {answer.status_code for answer in answers} <= {404, 429}
