"""What `tests/runner/interviews/test_one_program.py` does on PostgreSQL, by `Product.call`."""

import asyncio

from django.db import transaction

from accounts.models import User
from runner import runs
from runner.infrastructure.database import in_database
from runner.models import Interview, Room, RoomUpdate, Run
from runner.protocol.messages import StartInteractive
from runner.protocol.refusals import Refused
from tests.an_interview import CODE, a_candidate, an_interview, begun
from tests.cast import someone
from tests.programs.backends import count_waiting

CANDIDATES = 4


def make_interview() -> tuple[Interview, list[User]]:
    interview = begun(an_interview(someone("instructor", is_staff=True)))
    return interview, [a_candidate(interview, f"Ann {n}") for n in range(CANDIDATES)]


async def told(user: User, interview: Interview) -> str:
    """The reason of the refusal; empty when the run is queued."""
    files = [{"path": "main.py", "content": CODE}]
    asked = {"language": "python", "files": files, "room": interview.room_id}
    start = StartInteractive.model_validate(
        {"type": "start_interactive", "rows": 24, "cols": 80} | asked
    )
    try:
        await runs.create_run(user, start, "a terminal")
    except Refused as refused:
        return str(refused.reason_code)
    return ""


class Held:
    """The row of a room, as who stores an update holds it; `release` ends the transaction."""

    def __init__(self, room: Room, author: User) -> None:
        self._room, self._author = room, author
        self.held, self._free = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(in_database(self._hold))

    def _hold(self) -> None:
        with transaction.atomic():
            Room.objects.filter(pk=self._room.pk).update(seq=2)
            self._loop.call_soon_threadsafe(self.held.set)
            asyncio.run_coroutine_threadsafe(self._free.wait(), self._loop).result(30)
            RoomUpdate.objects.create(
                room=self._room, seq=2, author=self._author, at=self._room.changed_at, data=b""
            )

    async def release(self) -> None:
        self._free.set()
        await self._task


async def start_in_one_instant() -> tuple[list[str], int]:
    """What all candidates are told, who wait for each other, and how many runs there are."""
    await in_database(runs.register_executor, "one", capacity=9, sandbox="rlimits")
    interview, candidates = await in_database(make_interview)
    update = Held(interview.room, candidates[0])
    await update.held.wait()
    asked = [asyncio.create_task(told(user, interview)) for user in candidates]
    async with asyncio.timeout(30):
        while await in_database(count_waiting) != CANDIDATES:
            pass
    # The author of the update is asked for at its end: who started and held that user would wait
    # for the room, and the update for that user.
    await update.release()
    return sorted(await asyncio.gather(*asked)), await in_database(Run.objects.count)
