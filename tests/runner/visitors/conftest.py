"""Visitors' browsers: they hold what the server has signed, and no cookies."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner.models import Snippet
from runner.visitors import puzzle
from tests.a_snippet import a_snippet
from tests.cast import someone
from tests.visitor import solve


@pytest.fixture(autouse=True)
def _visitors_may_come(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With small puzzles: a test solves hundreds."""
    settings.VISITORS = "any"
    monkeypatch.setattr(puzzle, "BITS", 2)
    caches["visitors"].clear()
    yield
    caches["visitors"].clear()


@pytest.fixture
def teacher(db: None) -> User:
    return someone("teacher")


@pytest.fixture
def snippet(teacher: User) -> Snippet:
    return an_open_snippet(teacher)


def an_open_snippet(owner: User, **fields: Any) -> Snippet:
    """Shared, and open to visitors."""
    from runner.protocol.snippets import ShareChange
    from runner.snippets import share

    made = a_snippet(owner, **fields)
    return share(owner, made.pk, ShareChange(shared=True, visitors=True))


class Browser:
    """Without cookies, at one address."""

    def __init__(self, address: str = "198.51.100.7", **headers: str) -> None:
        self.client = Client(REMOTE_ADDR=address, headers=headers)

    def post(self, path: str, body: object) -> tuple[int, Any]:
        answer = self.client.post(path, json.dumps(body), "application/json")
        assert not answer.cookies
        return answer.status_code, json.loads(answer.content)

    def solved(self, place: str) -> dict[str, Any]:
        """What asks for a ticket."""
        status, asked = self.post(f"/try/{place}/puzzle/", {})
        assert status == 200, asked
        return {"puzzle": asked["puzzle"], "answers": solve(**asked)}

    def ticket(self, place: str) -> dict[str, str]:
        status, given = self.post(f"/try/{place}/ticket/", self.solved(place))
        assert status == 200, given
        return dict(given)
