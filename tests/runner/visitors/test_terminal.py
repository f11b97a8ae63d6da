# size: one kind of socket, and all that is said to it
"""The socket of a visitor: who gets one, and what it may say."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from pytest_django import Settings

from accounts.models import User
from runner import runs, snippets
from runner.limits import Limits
from runner.models import OpenSocket, Run, Snippet
from runner.protocol.snippets import ShareChange
from runner.runs import lifecycle
from runner.visitors import VisitorTickets, visits

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS, ORIGIN, HOST = "198.51.100.7", b"http://testserver", b"testserver"
FILES = [{"path": "main.py", "content": "print(1)"}]
START = {"type": "start_interactive", "language": "python", "files": FILES, "rows": 24, "cols": 80}


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    """What comes behind, for users and guests."""
    await send({"type": "websocket.close", "reason": "not a visitor's"})


class Socket:
    def __init__(
        self, ticket: str, address: str = ADDRESS, origin: bytes = ORIGIN, **headers: bytes
    ) -> None:
        more = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
        sent = [(b"origin", origin), (b"host", HOST), *more]
        path = f"/ws/terminal/?ticket={ticket}"
        self.channel = WebsocketCommunicator(VisitorTickets(elsewhere), path, sent)
        self.channel.scope["client"] = [address, 1]
        self.channel.scope["scheme"] = "http"

    async def open(self) -> bool:
        connected, _ = await self.channel.connect()
        return bool(connected)

    async def say(self, message: object) -> dict[str, Any]:
        await self.channel.send_to(text_data=json.dumps(message))
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(await self.channel.receive_from(timeout=10))
        return said


Opens = Callable[..., Any]


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens a socket for the place; None if it is refused."""
    opened: list[Socket] = []

    async def open_it(place: str, name: str = "a" * 32, **about: Any) -> Socket | None:
        network = visits.network_of(about.pop("given_to", ADDRESS))
        socket = Socket(visits.ticket_for(visits.Visitor(name, place, network)), **about)
        opened.append(socket)
        if not await socket.open():
            return None
        assert (await socket.hear())["type"] == "connected"
        return socket

    yield open_it
    for socket in opened:
        await socket.channel.disconnect()


async def test_a_ticket_opens_it_without_a_session_and_leaves_no_row(
    opens: Opens, snippet: Snippet
) -> None:
    assert await opens(snippet.slug)
    assert not await OpenSocket.objects.aexists()


async def test_one_of_another_network_or_page_does_not(opens: Opens, snippet: Snippet) -> None:
    assert await opens(snippet.slug, address="203.0.113.1") is None
    assert await opens(snippet.slug, origin=b"https://hostile.example") is None
    assert await opens(snippet.slug, origin=b"null") is None
    forwarded = {"given_to": "203.0.113.1", "x_forwarded_for": b"203.0.113.1"}
    assert await opens(snippet.slug, **forwarded) is None


@pytest.mark.parametrize("ticket", ["v.", "v.forged", "v." + "x" * 1900, "v.a:b:c"])
async def test_a_forged_one_does_not(ticket: str) -> None:
    assert not await Socket(ticket).open()


async def test_none_at_all_is_for_others_to_judge() -> None:
    assert not await Socket("").open()


async def test_a_site_without_visitors_has_no_such_sockets(
    opens: Opens, snippet: Snippet, settings: Settings
) -> None:
    settings.VISITORS = "off"
    assert await opens(snippet.slug) is None


async def test_a_visitor_has_two_and_others_have_theirs(opens: Opens, snippet: Snippet) -> None:
    assert await opens(snippet.slug)
    assert await opens(snippet.slug)
    assert await opens(snippet.slug) is None
    other = await opens(snippet.slug, name="b" * 32)
    await other.channel.disconnect()
    assert await opens(snippet.slug, name="b" * 32)


async def test_it_starts_a_program_that_is_nobodys(opens: Opens, snippet: Snippet) -> None:
    socket = await opens(snippet.slug)
    said = await socket.say(START)
    assert (said["type"], said["position"]) == ("queued", 1)
    run = await Run.objects.aget()
    assert (run.owner_id, run.visitor, run.snippet_id) == (None, "a" * 32, None)


async def test_who_leaves_leaves_the_queue(opens: Opens, snippet: Snippet) -> None:
    socket = await opens(snippet.slug)
    await socket.say(START)
    await socket.channel.disconnect()
    assert not await Run.objects.aexists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"snippet": 1}, "not_allowed"),
        ({"class": 1}, "not_allowed"),
        ({"room": 1}, "not_allowed"),
        ({"debug": True}, "not_allowed"),
        ({"trace": True}, "not_allowed"),
        ({"screen": {"width": 400, "height": 300}}, "not_allowed"),
        ({"language": "javascript"}, "not_allowed"),
        ({"files": [{"path": "main.py", "content": "#" * 70_000}]}, "too_large"),
        ({"files": [{"path": "../main.py", "content": ""}]}, "bad_message"),
        ({"owner": 1}, "bad_message"),
    ],
)
async def test_what_only_users_may_ask_for_is_refused(
    opens: Opens, snippet: Snippet, change: dict[str, object], code: str
) -> None:
    socket = await opens(snippet.slug)
    said = await socket.say(START | change)
    assert (said["type"], said["code"]) == ("error", code)
    assert not await Run.objects.aexists()


@pytest.mark.parametrize(
    "message",
    [
        {"type": "raise_hand", "class": 1, "text": "x"},
        {"type": "lower_hand", "class": 1},
        {"type": "request_control"},
        {"type": "grant_control", "to": "ann"},
        {"type": "release_control"},
    ],
)
async def test_nor_what_is_for_classes_and_rooms(
    opens: Opens, snippet: Snippet, message: dict[str, object]
) -> None:
    socket = await opens(snippet.slug)
    said = await socket.say(message)
    assert (said["type"], said["code"]) == ("error", "not_allowed")


async def test_the_language_is_free_only_for_programs_of_course_pages(opens: Opens) -> None:
    socket = await opens("inline")
    said = await socket.say(START | {"language": "no such language"})
    assert said["code"] in {"unknown_language", "unavailable"}
    assert (await socket.say(START))["type"] == "queued"


async def test_a_program_that_is_no_longer_open_does_not_start(
    opens: Opens, teacher: User, snippet: Snippet
) -> None:
    socket = await opens(snippet.slug)
    change = ShareChange(shared=True, visitors=False)
    await sync_to_async(snippets.share)(teacher, snippet.pk, change)
    assert (await socket.say(START))["code"] == "not_found"


async def test_another_visitors_run_is_not_there(opens: Opens, snippet: Snippet) -> None:
    one, other = await opens(snippet.slug), await opens(snippet.slug, name="b" * 32)
    run = (await one.say(START))["run"]
    said = await other.say({"type": "attach", "run": run, "offset": 0})
    assert (said["type"], said["code"]) == ("error", "not_found")


async def test_a_users_run_is_not_there(opens: Opens, snippet: Snippet, teacher: User) -> None:
    run = await Run.objects.acreate(
        owner=teacher, language="python", files=FILES, main="main.py", rows=24, cols=80
    )
    socket = await opens(snippet.slug)
    said = await socket.say({"type": "attach", "run": str(run.pk), "offset": 0})
    assert said["code"] == "not_found"


async def test_a_second_program_waits_for_the_first_on_all_sockets(
    opens: Opens, snippet: Snippet
) -> None:
    one, other = await opens(snippet.slug), await opens(snippet.slug)
    await one.say(START)
    assert (await one.say(START))["code"] == "already_running"
    assert (await other.say(START))["code"] == "too_many_runs"


async def test_a_full_queue_says_so(opens: Opens, snippet: Snippet, settings: Settings) -> None:
    settings.LIMITS = Limits(visitor_queue=1)
    one, other = await opens(snippet.slug), await opens(snippet.slug, name="b" * 32)
    await one.say(START)
    said = await other.say(START)
    assert (said["code"], said["reason_code"]) == ("unavailable", "too_many_visitors")
    assert "minute" in said["message"]


async def test_of_many_that_come_in_one_instant_two_find_a_place(
    opens: Opens, snippet: Snippet, settings: Settings
) -> None:
    settings.LIMITS = Limits(run_requests_per_second=5, run_requests_burst=1)
    came = await asyncio.gather(*(opens(snippet.slug) for _ in range(6)))
    assert len([socket for socket in came if socket]) == 2


async def test_a_broken_socket_ends_no_program_for_which_another_one_waits(
    opens: Opens, snippet: Snippet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is told nothing before the database knows that it waits."""
    asked, goes_on = threading.Event(), threading.Event()

    def after_a_long_time(*waits: Any) -> None:
        asked.set()
        assert goes_on.wait(10)
        lifecycle.wait_for(*waits)

    broken = await opens(snippet.slug)
    run = (await broken.say(START))["run"]
    monkeypatch.setattr(runs, "wait_for", after_a_long_time)
    back = await opens(snippet.slug)
    await back.channel.send_to(text_data=json.dumps({"type": "attach", "run": run, "offset": 0}))
    assert await asyncio.to_thread(asked.wait, 10)
    try:
        assert await back.channel.receive_nothing(timeout=0.3)
    finally:
        goes_on.set()
    while (await back.hear())["type"] != "queued":
        pass
    await broken.channel.disconnect()
    assert await Run.objects.filter(pk=run, status="queued").aexists()
    await back.channel.disconnect()
    assert not await Run.objects.aexists()


async def test_nor_while_it_looks_whether_one_does(
    opens: Opens, snippet: Snippet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another socket comes after the broken one was found to be gone."""
    socket = await opens(snippet.slug)
    run = (await socket.say(START))["run"]
    finish = runs.finish_queued

    def once_another_one_waits(*about: Any, **more: Any) -> bool:
        Run.objects.filter(pk=run).update(viewer="another")
        return finish(*about, **more)

    monkeypatch.setattr(runs, "finish_queued", once_another_one_waits)
    await socket.channel.disconnect()
    assert await Run.objects.filter(pk=run, status="queued").aexists()
