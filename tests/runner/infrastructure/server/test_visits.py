"""Requests of people without an account who want to run a program: terminals do not feel them."""

import asyncio
from typing import Any

import pytest

from runner.infrastructure.server import page_slots
from runner.infrastructure.server.page_slots import PageSlots

PUZZLE = "/try/example/puzzle/"


class Views:
    """An application that counts how many requests are looked at in one instant."""

    def __init__(self) -> None:
        self.at_once = self.most = self.answered = 0
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.go_on.wait()
        self.at_once -= 1
        self.answered += 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(slots: PageSlots, path: str, number: int, method: str = "POST") -> int:
    """The status of the answer to somebody at an address of their own."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "headers": [], "query_string": b"",
        "client": (f"10.0.{number // 256}.{number % 256}", 1),
    }  # fmt: skip
    await slots(scope, None, send)
    return int(sent[0]["status"])


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_slots, "REFUSED_SECONDS", 0)


async def test_one_is_looked_at_at_a_time_and_pages_do_not_wait_for_them() -> None:
    visits, pages = Views(), Views()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await (visits if scope["method"] == "POST" else pages)(scope, receive, send)

    slots = PageSlots(application)
    crowd = [asyncio.create_task(ask(slots, PUZZLE, number)) for number in range(100)]
    await settle()
    page = asyncio.create_task(ask(slots, "/", 200, "GET"))
    await settle()
    assert (visits.at_once, pages.at_once) == (1, 1)
    pages.go_on.set()
    assert await page == 200
    visits.go_on.set()
    assert await asyncio.gather(*crowd) == [200] * 100
    assert visits.most == 1


async def test_they_share_one_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_slots, "VISITS_PER_SECOND", 20)
    monkeypatch.setattr(page_slots, "VISITS_BURST", 10)
    views = Views()
    views.go_on.set()
    slots = PageSlots(views)
    began = asyncio.get_running_loop().time()
    assert await asyncio.gather(*(ask(slots, PUZZLE, number) for number in range(20))) == [200] * 20
    assert asyncio.get_running_loop().time() - began >= 10 / 20 * 0.9


async def test_one_address_leaves_places_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_slots, "VISITS_OF_ADDRESS", 5)
    views = Views()
    slots = PageSlots(views)
    crowd = [asyncio.create_task(ask(slots, PUZZLE, 1)) for _ in range(8)]
    other = asyncio.create_task(ask(slots, PUZZLE, 2))
    await settle()
    views.go_on.set()
    assert sorted(await asyncio.gather(*crowd)) == [200] * 5 + [503] * 3
    assert await other == 200
