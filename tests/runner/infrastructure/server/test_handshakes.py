"""Handshakes are held back before anything is looked up for them."""

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from coderunner import environment
from runner.infrastructure.server import handshakes, visitors
from runner.infrastructure.server.handshakes import Handshakes
from runner.infrastructure.server.sign_in_proof import COOKIE, proof
from runner.infrastructure.server.visitors import Paces, Visitor, visitor_of
from runner.limits import Limits


class Terminals:
    admitted = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.admitted += 1


@pytest.fixture
def terminals(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Terminals:
    settings.LIMITS = Limits(run_requests_per_second=1, run_requests_burst=3)
    monkeypatch.setattr(handshakes, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(handshakes, "REFUSED_SECONDS", 0.05)
    return Terminals()


async def knock(door: Handshakes, cookie: bytes = b"", address: str = "192.0.2.1") -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"cookie", cookie)] if cookie else []
    await door({"headers": headers, "client": (address, 1)}, None, send)
    return sent


@pytest.mark.parametrize("cookie", [b"", b"sessionid=owner", b"a=b; sessionid=owner; c=d"])
async def test_one_visitor_is_admitted_at_a_rate(terminals: Terminals, cookie: bytes) -> None:
    door = Handshakes(terminals)
    answers = await asyncio.gather(*(knock(door, cookie) for _ in range(30)))
    assert terminals.admitted == 3
    assert answers.count([{"type": "websocket.close"}]) == 27
    assert await knock(door, b"sessionid=classmate") == []
    assert terminals.admitted == 4


async def test_a_refusal_costs_the_visitor_time(
    terminals: Terminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Handshakes(terminals)
    loop = asyncio.get_running_loop()
    for _ in range(3):
        await knock(door)
    began = loop.time()
    assert await knock(door) == [{"type": "websocket.close"}]
    assert loop.time() - began >= 0.04
    monkeypatch.setattr(handshakes, "WAITING", 0)  # no place to wait in either
    began = loop.time()
    assert await knock(door, address="192.0.2.2") == [{"type": "websocket.close"}]
    assert loop.time() - began >= 0.04
    assert not door._held


async def test_few_are_held(terminals: Terminals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshakes, "WAITING", 10)
    monkeypatch.setattr(handshakes, "WAIT_SECONDS", 60.0)
    door = Handshakes(terminals)
    for _ in range(3):
        await knock(door)
    held = [asyncio.create_task(knock(door)) for _ in range(5)]
    await asyncio.sleep(0)
    monkeypatch.setattr(handshakes, "HELD", 0)
    assert await knock(door) == [{"type": "websocket.close"}]  # at once
    assert await knock(door, address="192.0.2.2") == []
    for each in held:
        each.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    assert not any(places._waiting for places in door._places.values())


async def test_made_up_sessions_of_one_address_leave_room_for_others(
    terminals: Terminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshakes, "PER_SECOND", 1)
    monkeypatch.setattr(handshakes, "BURST", 20)
    door = Handshakes(terminals)
    forged = [knock(door, b"sessionid=%d" % number) for number in range(100)]
    await asyncio.gather(*forged)
    assert terminals.admitted == 10
    assert await knock(door, b"sessionid=owner", "192.0.2.2") == []
    assert terminals.admitted == 11


async def test_made_up_sessions_leave_room_for_users_of_the_same_address(
    terminals: Terminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshakes, "PER_SECOND", 1)
    monkeypatch.setattr(handshakes, "BURST", 20)
    door = Handshakes(terminals)
    addresses = [f"192.0.2.{number}" for number in range(1, 50)]
    await asyncio.gather(
        *(knock(door, b"sessionid=%d" % one, address) for one, address in enumerate(addresses * 9))
    )
    assert terminals.admitted == 20
    assert await knock(door, known("owner", "1"), addresses[0]) == []


async def test_a_user_with_many_sessions_leaves_room_for_others(
    terminals: Terminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshakes, "PER_SECOND", 1)
    monkeypatch.setattr(handshakes, "BURST", 50)
    door = Handshakes(terminals)
    await asyncio.gather(*(knock(door, known(f"session{number}", "1")) for number in range(100)))
    assert terminals.admitted == 5
    assert await knock(door, known("classmate", "2")) == []


def known(session: str, user: str) -> bytes:
    return f"sessionid={session}; {COOKIE}={proof(session, user)}".encode()


def test_visitors_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "MOST_VISITORS", 10)
    paces = Paces(1, 1)
    for number in range(100):
        paces.of(b"%d" % number)
    assert len(paces._buckets) == 10
    assert paces.of(b"99") is paces.of(b"99")


def test_who_has_no_session_is_known_by_the_address() -> None:
    assert visitor_of({"headers": [], "client": ("192.0.2.1", 7)}) == Visitor(
        b"address 192.0.2.1", False, b"address 192.0.2.1", False
    )
    nobody = Visitor(b"address ", False, b"address ", False)
    assert visitor_of({"headers": [], "client": None}) == nobody
    cookie = [(b"cookie", b"csrftoken=x; sessionid=abc")]
    assert visitor_of({"headers": cookie}) == Visitor(b"session abc", True, b"address ", False)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("2001:db8:0:7::1", b"address 2001:db8:0:7::/64"),
        ("2001:db8:0:7:ffff:ffff:ffff:ffff", b"address 2001:db8:0:7::/64"),
        ("::ffff:192.0.2.1", b"address 192.0.2.1"),
        ("/run/site.sock", b"address /run/site.sock"),
    ],
)
def test_all_addresses_of_a_customer_are_one(address: str, name: bytes) -> None:
    assert visitor_of({"headers": [], "client": (address, 7)}).name == name


@pytest.mark.parametrize("https", [False, True])
def test_a_session_is_known_by_the_cookie_that_the_site_sets(
    settings: Settings, https: bool
) -> None:
    settings.SESSION_COOKIE_NAME, csrf = environment.cookie_names(https)
    cookies = f"{csrf}=x; {settings.SESSION_COOKIE_NAME}=abc; theme=dark"
    scope = {"headers": [(b"cookie", cookies.encode())], "client": ("192.0.2.1", 7)}
    address = b"address 192.0.2.1"
    assert visitor_of(scope) == Visitor(b"session abc", True, address, False)
    other = f"x{settings.SESSION_COOKIE_NAME}=abc"
    scope["headers"] = [(b"cookie", other.encode())]
    assert visitor_of(scope) == Visitor(address, False, address, False)
