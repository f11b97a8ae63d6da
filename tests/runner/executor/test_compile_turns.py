"""How many runs compile at a time, and whose."""

import asyncio
import contextlib

from runner.executor.program import CompileTurns


class Compilers:
    """Of users, by names; each has or waits for a turn until it is told to end."""

    def __init__(self, turns: CompileTurns) -> None:
        self._turns = turns
        self.busy: list[str] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ends: dict[str, asyncio.Event] = {}

    async def begin(self, name: str, user: int) -> None:
        self._ends[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(self._compile(name, user))
        await self._settled()

    async def _compile(self, name: str, user: int) -> None:
        async with self._turns.turn(user):
            self.busy.append(name)
            try:
                await self._ends[name].wait()
            finally:
                self.busy.remove(name)

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await self._settled()

    async def cancel(self, name: str) -> None:
        self._tasks[name].cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._tasks[name]
        await self._settled()

    async def _settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


def test_a_quarter_of_the_places_is_for_compilers_and_at_least_one() -> None:
    assert [CompileTurns(places).most for places in (1, 4, 7, 8, 50)] == [1, 1, 1, 2, 12]


async def test_turns_are_given_in_order() -> None:
    compilers = Compilers(CompileTurns(8))
    for name, user in (("a", 1), ("b", 2), ("c", 3), ("d", 4)):
        await compilers.begin(name, user)
    assert compilers.busy == ["a", "b"]
    await compilers.end("b")
    assert compilers.busy == ["a", "c"]


async def test_a_user_has_one_at_a_time_and_holds_up_nobody() -> None:
    compilers = Compilers(CompileTurns(8))
    for name, user in (("a1", 1), ("a2", 1), ("a3", 1), ("b", 2)):
        await compilers.begin(name, user)
    assert compilers.busy == ["a1", "b"]
    await compilers.end("a1")
    assert compilers.busy == ["b", "a2"]


async def test_who_gives_up_loses_no_turn() -> None:
    compilers = Compilers(CompileTurns(4))
    for name, user in (("a", 1), ("b", 2), ("c", 3)):
        await compilers.begin(name, user)
    await compilers.cancel("b")
    await compilers.cancel("a")
    assert compilers.busy == ["c"]
    await compilers.end("c")
    await compilers.begin("d", 4)
    assert compilers.busy == ["d"]
