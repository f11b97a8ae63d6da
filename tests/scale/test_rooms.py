"""Five people edit a room while messages are lost, a web worker is killed and Redis is restarted:
no key is lost, none is there twice, and all have the text that is saved."""

import asyncio
import re
import time
from contextlib import AsyncExitStack

import pytest

from tests.room_client import RoomClient, make_rooms, rebuilt_text, stored_text
from tests.scale.site import Site

EDITORS = "abcde"
KEYS_PER_SECOND, SECONDS = 10, 60.0
DELETE_EVERY = 10  # of so many keys one takes back what the one before it has typed
OPEN_SECONDS, EQUAL_SECONDS, SAVED_SECONDS = 30.0, 60.0, 40.0
NEWEST = "SELECT seq FROM runner_room ORDER BY id DESC LIMIT 1"
FAULTY = {"lost": 0.3, "doubled": 0.05}

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


async def type_keys(editor: RoomClient, letter: str, until: float) -> list[str]:
    """Each key is a word of its own, after the last one of this editor. Returns those that stay."""
    kept: list[str] = []
    due = time.monotonic()
    for number in range(round(SECONDS * KEYS_PER_SECOND)):
        if number % DELETE_EVERY == DELETE_EVERY - 1:
            first = editor.text.index(kept[-1])
            await editor.delete(first, first + len(kept.pop()))
        else:
            after = editor.text.index(kept[-1]) + len(kept[-1]) if kept else 0
            kept.append(f"{letter}{number:03d} ")
            await editor.insert(after, kept[-1])
        due += 1 / KEYS_PER_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        assert time.monotonic() < until, "typing takes too long"
    return kept


async def break_things(site: Site) -> None:
    """A web worker goes after a third of the time, and comes back; Redis, after two thirds."""
    await asyncio.sleep(SECONDS / 3)
    site.workers[0].process.kill()
    await asyncio.to_thread(site.mend)
    await asyncio.sleep(SECONDS / 4)
    await asyncio.to_thread(site.redis.restart)


def words(text: str, letter: str) -> list[str]:
    return re.findall(rf"{letter}\d{{3}} ", text)


async def test_five_editors_have_one_text_in_the_end(site: Site) -> None:
    users = [site.student() for _ in EDITORS]
    (room,) = site.product.call(make_rooms, [[user.username for user in users]])
    async with AsyncExitStack() as opened:
        editors = [
            await opened.enter_async_context(RoomClient(lambda: site.workers, number, user, room))
            for number, user in enumerate(users)
        ]
        for editor in editors:
            await editor.wait_until(lambda one: one.is_online, OPEN_SECONDS)
        with site.layer(**FAULTY):
            until = time.monotonic() + 2 * SECONDS
            typing = [
                type_keys(editor, letter, until)
                for editor, letter in zip(editors, EDITORS, strict=True)
            ]
            *kept, _ = await asyncio.gather(*typing, break_things(site))
            for editor in editors:
                await editor.wait_until(lambda one: one.is_stored, EQUAL_SECONDS)
            last = await asyncio.to_thread(site.query, NEWEST)
            for editor in editors:
                await editor.wait_until(lambda one: one.seq >= last, EQUAL_SECONDS)
        text = editors[0].text
        assert [editor.text for editor in editors] == [text] * len(editors)
        for letter, typed in zip(EDITORS, kept, strict=True):
            assert words(text, letter) == typed
        assert max(editor.connections for editor in editors) > 1, "no worker was killed"
        for editor in editors:
            await editor.wait_until(lambda one: one.saved >= last, SAVED_SECONDS)
        assert [editor.problems for editor in editors] == [[]] * len(editors)
    assert await asyncio.to_thread(site.product.call, stored_text, room) == text
    assert await asyncio.to_thread(site.product.call, rebuilt_text, room) == text
