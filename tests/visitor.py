"""A visitor's side of the puzzle, in a few lines of its own, and what is left of visitors."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Origin

if TYPE_CHECKING:
    from tests.product import WebServer
    from tests.terminal_client import TerminalClient

# Of executors and of the site itself: their rows change while nobody is there.
OF_THE_SITE = {"runner.Executor", "runner.Upkeep"}


def solve(puzzle: str, parts: int, bits: int) -> list[int]:
    seed = sha256(puzzle.encode()).hexdigest()[:32]
    return [_number(f"{seed}:{part}:", bits) for part in range(parts)]


def _number(before: str, bits: int) -> int:
    for number in count():
        digest = sha256(f"{before}{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - bits) == 0:
            return number
    raise AssertionError


def rows() -> dict[str, int]:
    """Of every table. To be called in a process of the site."""
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label: model._default_manager.count()
        for model in models
        if model._meta.label not in OF_THE_SITE
    }


def rows_without_runs_of_users() -> dict[str, int]:
    """The same, once the runs of users are deleted."""
    from runner.models import Run

    Run.objects.exclude(owner=None).delete()
    return rows()


def open_a_snippet(owner: str, new: dict[str, object]) -> str:
    """Its slug: shared, and open to visitors. Likewise."""
    from accounts.models import User
    from runner import snippets
    from runner.protocol.snippets import NewSnippet, ShareChange

    user = User.objects.get(username=owner)
    made = snippets.create(user, NewSnippet.model_validate(new))
    shared = snippets.share(user, made.pk, ShareChange(shared=True, visitors=True))
    return str(shared.slug)


def ticket(url: str, place: str) -> str:
    with httpx.Client(base_url=url, timeout=30) as browser:
        asked = browser.post(f"/try/{place}/puzzle/", json={}).raise_for_status().json()
        solved = {"puzzle": asked["puzzle"], "answers": solve(**asked)}
        given = browser.post(f"/try/{place}/ticket/", json=solved).raise_for_status().json()
        assert not browser.cookies
        return str(given["ticket"])


@asynccontextmanager
async def visiting(server: "WebServer", place: str) -> "AsyncIterator[TerminalClient]":
    """A terminal of somebody without an account, after `connected`."""
    async with visiting_with(server, ticket(server.url, place), {}) as client:
        yield client


@asynccontextmanager
async def visiting_with(
    server: "WebServer", ticket: str, headers: Mapping[str, str]
) -> "AsyncIterator[TerminalClient]":
    from tests.terminal_client import TerminalClient

    async with connect(
        f"{server.websocket_url}?ticket={ticket}",
        origin=Origin(server.url),
        additional_headers=headers,
        max_size=None,
        proxy=None,
    ) as socket:
        client = TerminalClient(socket, auto_ack=True)
        try:
            await client.wait_for("connected")
            yield client
        finally:
            await client.close()
