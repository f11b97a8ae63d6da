"""Five people edit a room while messages are lost, a web worker is killed and Redis is restarted:
no key is lost, none is there twice, and all have the text that is saved."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.cast import SignedInUsers
from tests.product import Product
from tests.room_client import RoomClient, make_rooms, rebuilt_text, stored_text
from tests.scale import census
from tests.services import PostgresServer, RedisServer, running_redis, wait_until

EDITORS = "abcde"
KEYS_PER_SECOND, SECONDS = 10, 60.0
DELETE_EVERY = 10  # of so many keys one takes back what the one before it has typed
OPEN_SECONDS, EQUAL_SECONDS, SAVED_SECONDS = 30.0, 60.0, 40.0
FAULTY = {"lost": 0.3, "doubled": 0.05}

pytestmark = [pytest.mark.faults, pytest.mark.timeout(420)]


class Site:
    """Two web workers, whose channel layer loses messages once it is told to. Nothing is run."""

    def __init__(self, product: Product, redis: RedisServer) -> None:
        self.product, self.redis = product, redis
        self._rates = Path(product.env["LAYER_RATES"])
        self.set_layer(0, 0)
        users = SignedInUsers(product, students=len(EDITORS), instructors=0)
        self.users = [users.student() for _ in EDITORS]
        self.workers = [product.web_worker() for _ in range(2)]

    def set_layer(self, lost: float, doubled: float) -> None:
        new = self._rates.with_suffix(".new")
        new.write_text(f"{lost} {doubled}")
        new.replace(self._rates)

    def held_of_rooms(self) -> dict[str, int]:
        """Objects of pages of rooms that are alive, by class, on all web workers."""
        pids = [worker.process.pid for worker in self.workers]
        found = sum(census.take(self.product.directory, pids).values(), Counter[str]())
        return {name: found[name] for name in census.OF_ROOMS if found[name]}

    def lose_a_worker(self) -> None:
        """Another one takes its place."""
        self.workers[0].process.kill()
        self.workers = [self.product.web_worker(), *self.workers[1:]]


@pytest.fixture
def rooms(
    tmp_path: Path, postgres_server: PostgresServer, migrated_database: str
) -> Iterator[Site]:
    folder = tmp_path / "redis"
    folder.mkdir()
    env = {
        "DATABASE_URL": postgres_server.new_database(like=migrated_database),
        "DJANGO_SETTINGS_MODULE": "tests.scale.faulty_settings",
        "LAYER_RATES": str(tmp_path / "layer-rates"),
        census.FOLDER: str(tmp_path),
    }
    with (
        running_redis(folder) as redis,
        Product(tmp_path, REDIS_URL=redis.url, **env) as product,
    ):
        yield Site(product, redis)


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
    await asyncio.to_thread(site.lose_a_worker)
    await asyncio.sleep(SECONDS / 4)
    await asyncio.to_thread(site.redis.restart)


def newest_update(room: int) -> int:
    """In a process of the site: its number."""
    from runner.models import Room

    return Room.objects.get(pk=room).seq


def words(text: str, letter: str) -> list[str]:
    return re.findall(rf"{letter}\d{{3}} ", text)


async def wait_until_equal(site: Site, editors: Sequence[RoomClient], room: int) -> None:
    """All of them have the last update, and it is saved."""
    for editor in editors:
        await editor.wait_until(lambda one: one.is_stored, EQUAL_SECONDS)
    last = int(await asyncio.to_thread(site.product.call, newest_update, room))
    for editor in editors:
        await editor.wait_until(lambda one: one.seq >= last, EQUAL_SECONDS)
    for editor in editors:
        await editor.wait_until(lambda one: one.saved >= last, SAVED_SECONDS)


async def wait_until_nothing_is_held(site: Site) -> None:
    """Of pages that were closed."""
    try:
        await asyncio.to_thread(wait_until, lambda: site.held_of_rooms() == {}, "forgetting pages")
    except AssertionError as error:
        error.add_note(f"{site.held_of_rooms()}\n{site.product.output()[-20_000:]}")
        raise


async def test_five_editors_have_one_text_in_the_end(rooms: Site) -> None:
    names = [user.username for user in rooms.users]
    (room,) = await asyncio.to_thread(rooms.product.call, make_rooms, [names])
    async with AsyncExitStack() as opened:
        editors = [
            await opened.enter_async_context(RoomClient(lambda: rooms.workers, number, user, room))
            for number, user in enumerate(rooms.users)
        ]
        for editor in editors:
            await editor.wait_until(lambda one: one.is_online, OPEN_SECONDS)
        rooms.set_layer(**FAULTY)
        until = time.monotonic() + 2 * SECONDS
        typing = [
            type_keys(editor, letter, until)
            for editor, letter in zip(editors, EDITORS, strict=True)
        ]
        *kept, _ = await asyncio.gather(*typing, break_things(rooms))
        await wait_until_equal(rooms, editors, room)
        text = editors[0].text
        assert [editor.text for editor in editors] == [text] * len(editors)
        for letter, typed in zip(EDITORS, kept, strict=True):
            assert words(text, letter) == typed
        assert max(editor.connections for editor in editors) > 1, "no worker was killed"
        assert [editor.problems for editor in editors] == [[]] * len(editors)
        held = await asyncio.to_thread(rooms.held_of_rooms)
        assert set(held) == census.OF_ROOMS
    await wait_until_nothing_is_held(rooms)
    assert await asyncio.to_thread(rooms.product.call, stored_text, room) == text
    assert await asyncio.to_thread(rooms.product.call, rebuilt_text, room) == text
