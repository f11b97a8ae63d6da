# size: one class, in all that can happen to what waits
"""Sandboxes wait for programs, real ones: each is used once, and none is left."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

import psutil
import pytest

from runner.executor.demand import Demand
from runner.executor.pty import PseudoTerminal
from runner.executor.warm_pool import STARTS, WarmPool
from runner.infrastructure.metrics import REGISTRY
from runner.languages import LANGUAGES, PYTHON
from runner.limits import Limits
from runner.sandbox.bubblewrap import Program, Sandbox
from runner.sandbox.spawner import Process
from tests.runner.sandbox.inside import open_descriptors, sandbox_processes

WAIT_SECONDS = 30
PYPY = LANGUAGES["pypy"].run[0]
SOURCE = "import os, uuid; print(os.getpid(), uuid.uuid4())"


@asynccontextmanager
async def running(size: int, most: int = 50) -> AsyncIterator[WarmPool]:
    pool = WarmPool(size, most, Limits())
    task = asyncio.create_task(pool.run())
    try:
        yield pool
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.01)


async def until_waiting(pool: WarmPool, count: int) -> None:
    await until(lambda: pool.waiting == count)


def program(source: str = SOURCE) -> Program:
    return Program(PYTHON.argv("main.py", []), [("main.py", source)], PYTHON.environment)


def launched(
    pool: WarmPool, source: str = SOURCE, begin: Callable[[Sandbox], bool] = lambda _: True
) -> AbstractAsyncContextManager[tuple[PseudoTerminal, Sandbox]]:
    return pool.launched(program(source), 24, 80, begin)


async def printed(terminal: PseudoTerminal, sandbox: Sandbox) -> bytes:
    """What a program prints there."""
    async with asyncio.timeout(WAIT_SECONDS):
        status = await sandbox.ended()
    assert status is not None
    assert status.exit_code == 0
    return terminal.read(4096) or b""


def given(start: str) -> float:
    return REGISTRY.get_sample_value("coderunner_pool_sandboxes_total", {"start": start}) or 0.0


async def test_each_is_used_once_and_replaced() -> None:
    warm = given("warm")
    async with running(2) as pool:
        outputs = set()
        for _ in range(3):
            await until_waiting(pool, 2)
            async with launched(pool) as (terminal, sandbox):
                assert pool.waiting == 1
                outputs.add(await printed(terminal, sandbox))
        assert len(outputs) == 3
    assert given("warm") == warm + 3


async def test_when_none_is_left_one_is_started() -> None:
    cold = given("cold")
    async with running(1) as pool, AsyncExitStack() as stack:
        await until_waiting(pool, 1)
        both = [await stack.enter_async_context(launched(pool)) for _ in range(2)]
        for taken in both:  # a program takes long enough for another sandbox to be there
            assert await printed(*taken)
    assert given("cold") == cold + 1


async def test_off_starts_each_when_it_is_asked_for() -> None:
    """Walls alone stand ready: no interpreter waits in them."""
    cold = given("cold")
    async with running(0) as pool:
        await until(lambda: pool.empty == STARTS)
        processes = {process.name() for process in sandbox_processes()}
        assert processes == {"bwrap"}
        async with launched(pool) as taken:  # the next one may be there already
            assert await printed(*taken)
        assert pool.waiting == 0
        await until(lambda: pool.empty == STARTS)
    assert given("cold") == cold + 1


async def test_more_at_once_than_walls_stand_all_start() -> None:
    async with running(0) as pool:
        await until(lambda: pool.empty == STARTS)

        async def one() -> bytes:
            async with launched(pool) as taken:
                return await printed(*taken)

        outputs = await asyncio.gather(*(one() for _ in range(3 * STARTS)))
    assert len(set(outputs)) == 3 * STARTS


async def test_a_program_that_is_over_at_once_has_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before its executor comes to look who reports its end."""
    first_child, inits = Process.first_child, []

    def begin(sandbox: Sandbox) -> bool:
        inits.append(sandbox._init)
        return True

    def when_it_has_gone(parent: Process) -> Process | None:
        if parent in inits:  # others are of sandboxes that wait
            with suppress(psutil.NoSuchProcess):
                psutil.wait_procs(psutil.Process(parent.pid).children(), timeout=WAIT_SECONDS)
            inits.append(parent)
        return first_child(parent)

    monkeypatch.setattr(Process, "first_child", when_it_has_gone)
    async with (
        running(0) as pool,
        launched(pool, "import os; os._exit(7)", begin) as taken,
    ):
        status = await taken[1].ended()
    assert len(inits) == 2
    assert status is not None
    assert status.exit_code == 7


@pytest.mark.parametrize("size", [0, 1])
async def test_a_run_that_was_ended_before_its_start_never_runs(size: int) -> None:
    async with running(size) as pool:
        await until(lambda: pool.waiting == size and pool.empty == STARTS)

        def ended(sandbox: Sandbox) -> bool:
            sandbox.kill()
            return False

        async with launched(pool, "print('ran')", ended) as (terminal, sandbox):
            assert await sandbox.ended() is None
            assert not terminal.read(4096)


async def test_one_whose_walls_fell_is_not_given_out() -> None:
    async with running(0) as pool:
        await until(lambda: pool.empty == STARTS)
        for standing in pool._empty:
            standing.sandbox.kill()
            await standing.sandbox.ended()
        async with launched(pool) as taken:
            assert await printed(*taken)
        await until(lambda: sum(each.sandbox.alive for each in pool._empty) == STARTS)


async def test_several_may_find_the_same_dead_ones() -> None:
    async with running(2) as pool:
        await until(lambda: pool.waiting == 2 and pool.empty == STARTS)
        for prepared in (*pool._waiting, *pool._empty):
            prepared.sandbox.kill()
            await prepared.sandbox.ended()
            prepared.stack.push_async_callback(asyncio.sleep, 0.01)  # as when a part still lives

        async def one() -> bytes:
            async with launched(pool) as taken:
                return await printed(*taken)

        outputs = await asyncio.gather(one(), one(), one(), pool._drop_unfit(), pool._drop_unfit())
        assert len(set(outputs[:3])) == 3
        await until(lambda: pool.waiting >= 2 and pool.empty == STARTS)


async def test_after_a_rush_as_many_wait_up_to_the_most() -> None:
    async with running(1, most=3) as pool:
        async with AsyncExitStack() as stack:
            for _ in range(4):
                await stack.enter_async_context(launched(pool))
        await until_waiting(pool, 3)
        pool._demand = Demand(1, 3)  # as after some quiet minutes
        async with launched(pool):
            pass
        await until_waiting(pool, 1)


async def test_one_that_died_while_it_waited_is_not_given_out() -> None:
    async with running(1) as pool:
        await until_waiting(pool, 1)
        (waiting,) = pool._waiting
        waiting.sandbox.kill()
        await waiting.sandbox.ended()
        async with launched(pool) as taken:
            assert await printed(*taken)


async def test_what_waits_for_a_former_machine_is_not_given_out() -> None:
    """Packages were installed: sandboxes that wait have the former ones."""
    async with running(2) as pool:
        await until_waiting(pool, 2)
        former = [waiting.sandbox for waiting in pool._waiting]
        pool.renew()
        async with launched(pool) as (terminal, sandbox):
            assert sandbox not in former
            assert await printed(terminal, sandbox)
        await until(lambda: pool.waiting == 2 and pool.empty > 0)
        assert not any(sandbox.alive for sandbox in former)


async def test_the_end_of_the_pool_leaves_nothing() -> None:
    async with running(1) as pool:  # the first of a process keeps some open for the others
        await until_waiting(pool, 1)
    before = open_descriptors()
    async with running(3) as pool:
        await until_waiting(pool, 3)
        processes = sandbox_processes()
        assert len(processes) >= 9
    _, alive = psutil.wait_procs(processes, timeout=5)
    assert alive == []
    assert open_descriptors() == before


@pytest.mark.languages
@pytest.mark.skipif(not os.access(PYPY, os.X_OK), reason="there is no PyPy here")
async def test_another_python_has_a_pool_from_its_first_program_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else programs of Python would find interpreters of another version waiting."""
    source = "import os, sys; print(os.getpid(), sys.implementation.name)"
    cold, warm = given("cold"), given("warm")
    async with running(1) as pool:
        await until_waiting(pool, 1)
        for _ in range(2):
            other = Program([PYPY, "main.py"], [("main.py", source)], PYTHON.environment)
            async with pool.launched(other, 24, 80, lambda _: True) as (terminal, sandbox):
                assert await printed(terminal, sandbox) == b"3 pypy\r\n"
            assert pool.waiting == 1  # of Debian's, as before
            await until_waiting(pool._others[PYPY], 1)
        others = pool._others[PYPY]
        monkeypatch.delitem(LANGUAGES, "pypy")  # it was removed from the machine
        pool.renew()
        await until_waiting(others, 0)
        await until_waiting(pool, 1)
        assert pool._others == {}
    assert (given("cold") - cold, given("warm") - warm) == (1, 1)
    assert not sandbox_processes()


@pytest.mark.languages
@pytest.mark.skipif(not os.access(PYPY, os.X_OK), reason="there is no PyPy here")
async def test_another_python_runs_also_where_nothing_is_started_ahead() -> None:
    pool = WarmPool(0, 1, Limits())
    source = "import sys; print(sys.implementation.name)"
    other = Program([PYPY, "main.py"], [("main.py", source)], PYTHON.environment)
    async with pool.launched(other, 24, 80, lambda _: True) as (terminal, sandbox):
        assert await printed(terminal, sandbox) == b"pypy\r\n"
