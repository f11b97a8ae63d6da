"""Redis and PostgreSQL are restarted, or away for a while: programs go on, and so does the talk."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

import psycopg
import pytest

from runner.protocol.messages import Outcome
from tests.scale.conversation import conversation
from tests.scale.site import OUTAGE_SECONDS, Site
from tests.terminal_client import Message, TerminalClient, open_terminal

pytestmark = pytest.mark.timeout(180)


@pytest.mark.faults
async def test_redis_is_restarted(site: Site) -> None:
    async with conversation(site.workers[0], site.student()) as talk:
        await talk.say(5)
        site.redis.restart()
        await talk.say(5)
        await talk.answered()
        await talk.end()


@pytest.mark.faults
async def test_redis_is_away(site: Site) -> None:
    """What waits meanwhile is not called unclaimable: nobody can answer for it."""
    async with conversation(site.workers[0], site.student()) as talk:
        await talk.say(5)
        site.redis.stop()
        try:
            async with open_terminal(site.workers[1], site.student()) as other:
                await other.request_start("print('ran meanwhile')")
                await talk.say(5)
                await asyncio.sleep(OUTAGE_SECONDS)
                site.redis.start()
                await other.wait_for_exit(Outcome.COMPLETED, 30)
                assert other.output == b"ran meanwhile\r\n"
        finally:
            if site.redis.process.exit_code is not None:
                site.redis.start()
        await talk.say(5)
        await talk.answered()
        await talk.end()


async def test_postgresql_is_restarted(site: Site) -> None:
    async with conversation(site.workers[0], site.student()) as talk:
        await talk.say(5)
        site.postgres.restart()
        await talk.say(5)
        await talk.answered()
        await talk.end()


@pytest.mark.faults
async def test_postgresql_is_away(site: Site) -> None:
    """Terminals do not need it; who wants to start is told; an end is told once it is written."""
    async with conversation(site.workers[0], site.student()) as talk:
        async with open_terminal(site.workers[1], site.student()) as other:
            await other.start("input()\nprint('ended meanwhile')")
            async with open_terminal(site.workers[1], site.student()) as refused:
                site.postgres.stop()
                try:
                    await other.type("\r")
                    await other.wait_for_output("ended meanwhile", 5)
                    await refused.request_start("print('not now')")
                    await refused.wait_for_error("unavailable")
                    await talk.say(5)
                    await talk.answered(5)
                    await asyncio.sleep(OUTAGE_SECONDS)
                finally:
                    site.postgres.start()
                await other.wait_for_exit(Outcome.COMPLETED, 30)
        await talk.say(5)
        await talk.answered()
        await talk.end()


@pytest.mark.faults
async def test_postgresql_has_no_connection_left(site: Site) -> None:
    """Others have taken them all: who asks is told at once, or served; talks go on."""
    async with conversation(site.workers[0], site.student()) as talk:
        async with open_terminal(site.workers[1], site.student()) as other:
            with every_connection(site):
                await other.request_start("print('now or later')")
                told = await first_of(other, "exit", "error")
                assert told.get("outcome", told.get("code")) in {"completed", "unavailable"}, told
                await talk.say(5)
                await talk.answered()
        await talk.end()


async def first_of(terminal: TerminalClient, *kinds: str) -> Message:
    waiting = [asyncio.create_task(terminal.wait_for(kind, 30)) for kind in kinds]
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return done.pop().result()


@contextmanager
def every_connection(site: Site) -> Iterator[None]:
    """PostgreSQL keeps some for its superuser; others are refused when those are left."""
    with ExitStack() as taken:
        with suppress(psycopg.OperationalError):
            while True:
                connection = psycopg.connect(site.product.env["DATABASE_URL"])
                taken.enter_context(closing(connection))
        yield
