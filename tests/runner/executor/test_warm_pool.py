"""Sandboxes wait for programs, real ones: each is used once, and none is left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import psutil

from runner.executor.demand import Demand
from runner.executor.pty import PseudoTerminal
from runner.executor.warm_pool import WarmPool
from runner.languages.python import PYTHON
from runner.limits import Limits
from runner.metrics import REGISTRY
from runner.sandbox.bubblewrap import Program, Sandbox
from tests.runner.sandbox.inside import open_descriptors, sandbox_processes

WAIT_SECONDS = 30
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


async def until_waiting(pool: WarmPool, count: int) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while pool.waiting != count:  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.01)


async def use(terminal: PseudoTerminal, sandbox: Sandbox) -> bytes:
    """What a program prints there."""
    argv = PYTHON.argv("main.py", [])
    await sandbox.launch(Program(argv, [("main.py", SOURCE)], PYTHON.environment))
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
        printed = set()
        for _ in range(3):
            await until_waiting(pool, 2)
            async with pool.sandbox() as (terminal, sandbox):
                assert pool.waiting == 1
                printed.add(await use(terminal, sandbox))
        assert len(printed) == 3
    assert given("warm") == warm + 3


async def test_when_none_is_left_one_is_started() -> None:
    cold = given("cold")
    async with running(1) as pool, AsyncExitStack() as stack:
        await until_waiting(pool, 1)
        both = [await stack.enter_async_context(pool.sandbox()) for _ in range(2)]
        for taken in both:  # a program takes long enough for another sandbox to be there
            assert await use(*taken)
    assert given("cold") == cold + 1


async def test_off_starts_each_when_it_is_asked_for() -> None:
    before = set(sandbox_processes())
    async with running(0) as pool:
        async with pool.sandbox() as taken:
            assert await use(*taken)
        assert pool.waiting == 0
        assert set(sandbox_processes()) <= before


async def test_after_a_rush_as_many_wait_up_to_the_most() -> None:
    async with running(1, most=3) as pool:
        async with AsyncExitStack() as stack:
            for _ in range(4):
                await stack.enter_async_context(pool.sandbox())
        await until_waiting(pool, 3)
        pool._demand = Demand(1, 3)  # as after some quiet minutes
        async with pool.sandbox():
            pass
        await until_waiting(pool, 1)


async def test_one_that_died_while_it_waited_is_not_given_out() -> None:
    async with running(1) as pool:
        await until_waiting(pool, 1)
        (waiting,) = pool._waiting
        waiting.sandbox.kill()
        await waiting.sandbox.ended()
        async with pool.sandbox() as taken:
            assert await use(*taken)


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
