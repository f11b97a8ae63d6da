"""Participants of rooms who type, in a process of their own: `rooms.py` measures beside them.

python -m bench.room_crowd FILE       until it is ended; FILE: JSON of the arguments of `crowd`
"""

import asyncio
import json
import random
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.cast import SignedIn
from tests.room_client import RoomClient

KEY_SECONDS = 2.0  # between two keys of one participant
OPEN_SECONDS = 120.0


@dataclass(frozen=True)
class Worker:
    url: str


async def crowd(urls: Sequence[str], rooms: Sequence[tuple[int, list[tuple[str, str]]]]) -> None:
    """`rooms`: the number of each, and the names and cookies of who is in it."""
    workers = [Worker(url) for url in urls]
    async with AsyncExitStack() as opened:
        clients = []
        for room, people in rooms:
            for number, (name, cookie) in enumerate(people):
                client = RoomClient(lambda: workers, number, SignedIn(name, cookie), room)
                clients.append(await opened.enter_async_context(client))
                await client.wait_until(lambda one: one.is_online, OPEN_SECONDS)
        print("all are here", flush=True)
        await asyncio.gather(*map(type_keys, clients))


async def type_keys(client: RoomClient) -> None:
    await asyncio.sleep(random.uniform(0, KEY_SECONDS))
    while True:
        await client.insert(0, "x")
        await asyncio.sleep(KEY_SECONDS)


if __name__ == "__main__":
    asyncio.run(crowd(**json.loads(Path(sys.argv[1]).read_text())))
