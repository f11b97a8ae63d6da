"""What pages of one class read from the database, and that each shows what another one has read."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from accounts.models import Classroom, Role
from runner.classroom import live_grid, rows
from runner.classroom.grid_state import Member
from runner.models import OpenSocket
from tests.runner.classroom.conftest import Opens, joined

pytestmark = pytest.mark.django_db(transaction=True)
LOOK_SECONDS, SECONDS = 0.3, 1.5


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The classes that were read, each time."""
    read: list[int] = []
    load = rows.load_members

    def counted(classroom: int) -> list[Member]:
        read.append(classroom)
        return load(classroom)

    monkeypatch.setattr(rows, "load_members", counted)
    monkeypatch.setattr(live_grid, "LOOK_SECONDS", LOOK_SECONDS)
    return read


async def teachers(opens: Opens, classroom: Classroom, names: Sequence[str]) -> list[Any]:
    users = [await joined(classroom, name, Role.INSTRUCTOR) for name in names]
    pages = [await opens(user, classroom.pk) for user in users]
    assert None not in pages
    return pages


async def test_pages_of_a_class_share_what_one_of_them_has_read(
    opens: Opens, classroom: Classroom, looks: list[int]
) -> None:
    ada = await joined(classroom, "ada")
    pages = await teachers(opens, classroom, ["one", "two", "three", "four"])
    for page in pages:
        await page.wait_for_tile("ada", state="offline")
    looks.clear()
    await asyncio.sleep(SECONDS)
    assert 2 <= len(looks) <= SECONDS / LOOK_SECONDS + 1
    # What nobody said: it is read. On each page, with tiles of its own.
    seen: dict[str, Any] = {"user": ada, "classroom": classroom, "seen_at": timezone.now()}
    await sync_to_async(OpenSocket.objects.create)(**seen)
    for page in pages:
        await page.wait_for_tile("ada", state="idle")


async def test_a_page_that_closes_leaves_the_others_their_looks(
    opens: Opens, classroom: Classroom, looks: list[int]
) -> None:
    first, second = await teachers(opens, classroom, ["one", "two"])
    await first.socket.disconnect()
    bob = await joined(classroom, "bob")
    await second.wait_for_tile("bob", state="offline")
    await second.socket.disconnect()
    assert bob.pk
    assert classroom.pk not in live_grid._open
