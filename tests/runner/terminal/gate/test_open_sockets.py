"""A web worker's part of everybody's open sockets."""

import asyncio
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import access
from runner.infrastructure import database
from runner.limits import Limits
from runner.models import OpenSocket
from runner.terminal.gate import socket_rows
from runner.terminal.gate.open_sockets import OpenSockets
from tests.cast import someone

pytestmark = pytest.mark.django_db(transaction=True)


def came_in(user: User) -> access.Pass:
    """Signs in: what a socket is let in by."""
    session = SessionStore()
    session.create()
    return access.pass_of(user, session)


async def somebody() -> access.Pass:
    return await sync_to_async(came_in)(await sync_to_async(someone)("owner"))


def ignore() -> None:
    raise AssertionError("nobody has signed out")


async def until_open(count: int) -> None:
    async with asyncio.timeout(10):
        # Rows offer nothing to wait on.
        while await OpenSocket.objects.acount() != count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_socket_is_counted_until_it_has_ended(settings: Settings) -> None:
    settings.LIMITS = Limits(sockets_per_user=1)
    owner, here = await somebody(), OpenSockets()
    number = await here.enter(owner, ignore)
    assert number is not None
    assert await here.enter(owner, ignore) is None
    assert await OpenSockets().enter(owner, ignore) is None  # of another web worker
    here.leave(number)
    await until_open(0)


async def test_an_end_is_noted_once_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    really_leave, away = socket_rows.leave, [True, True]

    def leave(socket: int) -> None:
        if away:
            away.pop()
            raise OperationalError("the connection is closed")
        really_leave(socket)

    monkeypatch.setattr(socket_rows, "leave", leave)
    monkeypatch.setattr(database, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(database, "_failed_at", float("-inf"))
    here = OpenSockets()
    number = await here.enter(await somebody(), ignore)
    assert number is not None
    here.leave(number)
    await until_open(0)


ENDS: dict[str, Callable[[access.Pass], object]] = {
    "signing out": lambda one: Session.objects.filter(pk=one.session).delete(),
    "a session that is too old": lambda _: Session.objects.update(expire_date=timezone.now()),
    "a new password": lambda _: User.objects.update(password="another"),
    "being deactivated": lambda _: User.objects.update(is_active=False),
    "losing the rights of staff": lambda _: User.objects.update(is_staff=False),
    "losing those of an administrator": lambda _: User.objects.update(is_superuser=False),
    "being deleted": lambda _: User.objects.all().delete(),
}


@pytest.mark.parametrize("end", ENDS)
def test_whoever_may_be_here_no_more_is_known(end: str) -> None:
    one, other = (
        came_in(someone(name, is_staff=True, is_superuser=True))
        for name in ("instructor", "classmate")
    )
    assert access.still_signed_in({one, other}) == {one, other}
    ENDS[end](one)
    assert one not in access.still_signed_in({one, other})
