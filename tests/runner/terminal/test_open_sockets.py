"""A web worker's part of everybody's open sockets."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError
from pytest_django import Settings

from runner import database, sockets
from runner.limits import Limits
from runner.models import OpenSocket
from runner.terminal.open_sockets import OpenSockets
from tests.cast import someone

pytestmark = pytest.mark.django_db(transaction=True)


async def until_open(count: int) -> None:
    async with asyncio.timeout(10):
        # Rows offer nothing to wait on.
        while await OpenSocket.objects.acount() != count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_socket_is_counted_until_it_has_ended(settings: Settings) -> None:
    settings.LIMITS = Limits(sockets_per_user=1)
    user, here = (await sync_to_async(someone)("owner")).pk, OpenSockets()
    number = await here.enter(user)
    assert number is not None
    assert await here.enter(user) is None
    assert await OpenSockets().enter(user) is None  # of another web worker
    here.leave(number)
    await until_open(0)


async def test_an_end_is_noted_once_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    really_leave, away = sockets.leave, [True, True]

    def leave(socket: int) -> None:
        if away:
            away.pop()
            raise OperationalError("the connection is closed")
        really_leave(socket)

    monkeypatch.setattr(sockets, "leave", leave)
    monkeypatch.setattr(database, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(database, "_failed_at", float("-inf"))
    here = OpenSockets()
    number = await here.enter((await sync_to_async(someone)("owner")).pk)
    assert number is not None
    here.leave(number)
    await until_open(0)
