"""Terminals of runs of a class obey the table of docs/classes.md: who sees and who helps."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.backends.db import SessionStore

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole, SiteRole
from accounts.models import AuditEntry, Role, User
from runner import access
from runner.models import Run
from runner.run_state import RunStatus
from runner.terminal.gate.consumer import TerminalConsumer
from tests.a_class import a_class, member, new_member
from tests.a_run import finished_run
from tests.cast import someone

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 10
EXPELLED_SECONDS = 3.0
SIGNED_OUT_CODE = 4401
ROLES: list[AnyRole | None] = [*ALLOWED, None]
Ask = Callable[..., Awaitable[list[str]]]


def waiting_run(classroom_of_owner: bool = True) -> Run:
    """Of a student of a class; no executor takes it."""
    student, classroom = someone("ada"), a_class()
    member(classroom, student)
    waiting: dict[str, Any] = {"status": RunStatus.QUEUED, "outcome": "", "exit_code": None}
    return finished_run(student, classroom=classroom if classroom_of_owner else None, **waiting)


def in_role(role: AnyRole | None, run: Run) -> User:
    """Somebody else than its owner. None: who teaches another class."""
    if role is None:
        return new_member(a_class("another"), "somebody", Role.INSTRUCTOR)
    if isinstance(role, Role):
        student = run.owner
        assert student is not None
        membership = student.memberships.first()
        assert membership is not None
        return new_member(membership.classroom, "somebody", role)
    return someone("somebody", is_staff=True, is_superuser=role == SiteRole.SUPERUSER)


@pytest.fixture
async def sockets() -> AsyncIterator[list[WebsocketCommunicator]]:
    """Those that are open; the test's loop is that of their ends."""
    opened: list[WebsocketCommunicator] = []
    yield opened
    for socket in opened:
        with suppress(asyncio.CancelledError):
            await socket.disconnect()


@pytest.fixture
def ask(sockets: list[WebsocketCommunicator]) -> Ask:
    """Sends messages on a user's socket, and has what came back: error codes and kinds."""

    async def asked(user: User, *sent: dict[str, Any]) -> list[str]:
        headers = [(b"origin", b"http://localhost"), (b"host", b"localhost")]
        socket = WebsocketCommunicator(TerminalConsumer.as_asgi(), "/ws/terminal/", headers)
        session = SessionStore()
        await sync_to_async(session.create)()
        socket.scope |= {"user": user, "session": session}
        assert (await socket.connect(WAIT_SECONDS))[0]
        sockets.append(socket)
        for message in (*sent, {"type": "ping", "id": 1}):
            await socket.send_to(text_data=json.dumps(message))
        told: list[str] = []
        async with asyncio.timeout(WAIT_SECONDS):
            while "pong" not in told:
                message = json.loads(await socket.receive_from(WAIT_SECONDS))
                told.append(message.get("code") or message["type"])
        return told

    return asked


def attach(run: object) -> dict[str, Any]:
    return {"type": "attach", "run": str(run), "offset": 0, "watch": True}


@pytest.mark.parametrize("role", ROLES)
async def test_a_terminal_of_the_class_is_seen_by_who_may_watch(
    ask: Ask, role: AnyRole | None
) -> None:
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(role, run)
    told = await ask(user, attach(run.pk))
    sees = role is not None and Action.WATCH_RUN in ALLOWED[role]
    assert ("not_found" in told) is not sees
    opened = AuditEntry.objects.filter(action="watched_terminal", target=f"run {run.pk}")
    assert await opened.aexists() is sees


@pytest.mark.parametrize("role", ROLES)
async def test_a_terminal_outside_of_classes_is_seen_by_staff_alone(
    ask: Ask, role: AnyRole | None
) -> None:
    run = await sync_to_async(waiting_run)(classroom_of_owner=False)
    user = await sync_to_async(in_role)(role, run)
    assert ("not_found" in await ask(user, attach(run.pk))) is not isinstance(role, SiteRole)


@pytest.mark.parametrize("role", ROLES)
async def test_the_keyboard_is_asked_for_by_who_may_help(ask: Ask, role: AnyRole | None) -> None:
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(role, run)
    told = await ask(user, attach(run.pk), {"type": "request_control"})
    if role is None or Action.WATCH_RUN not in ALLOWED[role]:
        assert "no_run" in told
    else:
        assert ("not_allowed" in told) is (Action.HELP_WITH_RUN not in ALLOWED[role])


CONTROLS: tuple[dict[str, Any], ...] = (
    {"type": "send_input", "seq": 1, "data": "\x03"},
    {"type": "resize", "rows": 5, "cols": 5},
    {"type": "stop"},
    {"type": "grant_control", "to": "somebody"},
)


@pytest.mark.parametrize("message", CONTROLS, ids=[one["type"] for one in CONTROLS])
@pytest.mark.parametrize("role", ROLES)
async def test_nobody_else_types_or_stops_by_a_terminal(
    ask: Ask, role: AnyRole | None, message: dict[str, Any]
) -> None:
    """To stop a run there is a message on the socket of the class, with a reason."""
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(role, run)
    told = await ask(user, attach(run.pk), message)
    sees = role is not None and Action.WATCH_RUN in ALLOWED[role]
    assert ("not_allowed" if sees else "no_run") in told
    await run.arefresh_from_db()
    assert run.status == RunStatus.QUEUED


@pytest.mark.parametrize(
    ("role", "becomes"), [(Role.INSTRUCTOR, Role.STUDENT), (Role.ASSISTANT, None)]
)
async def test_who_is_removed_while_watching_sees_no_more_within_three_seconds(
    ask: Ask, sockets: list[WebsocketCommunicator], role: Role, becomes: Role | None
) -> None:
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(role, run)
    assert "not_found" not in await ask(user, attach(run.pk))
    members, loop = user.memberships, asyncio.get_running_loop()
    began = loop.time()
    await (members.all().adelete() if becomes is None else members.aupdate(role=becomes))
    event: dict[str, Any] = {}
    while event.get("type") != "websocket.close":
        event = await sockets[0].receive_output(WAIT_SECONDS)
    assert event["code"] == SIGNED_OUT_CODE
    assert loop.time() - began < EXPELLED_SECONDS
    assert "not_found" in await ask(user, attach(run.pk))


def test_an_instructor_who_becomes_an_assistant_watches_on() -> None:
    run = waiting_run()
    user, session = in_role(Role.INSTRUCTOR, run), SessionStore()
    session.create()
    watching = replace(access.pass_of(user, session), run=run.pk)
    user.memberships.update(role=Role.ASSISTANT)
    assert access.still_signed_in({watching}) == {watching}
    user.memberships.update(role=Role.STUDENT)
    assert access.still_signed_in({watching}) == set()


@pytest.mark.parametrize("role", ROLES)
async def test_a_run_is_started_in_a_class_by_its_members_alone(
    ask: Ask, role: AnyRole | None
) -> None:
    """Whoever starts it owns it; staff are members of no class."""
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(role, run)
    start = {
        "type": "start_interactive", "language": "python", "rows": 24, "cols": 80,
        "files": [{"path": "main.py", "content": ""}], "class": run.classroom_id,
    }  # fmt: skip
    told = await ask(user, start)
    started = Run.objects.filter(owner=user, classroom=run.classroom_id)
    assert await started.aexists() is isinstance(role, Role), told


async def test_guesses_find_no_run(ask: Ask) -> None:
    """What does not exist is answered as what belongs to others."""
    run = await sync_to_async(waiting_run)()
    user = await sync_to_async(in_role)(None, run)
    answers = [await ask(user, attach(one)) for one in (run.pk, uuid4(), run.pk.int >> 64)]
    assert answers[0] == answers[1]
    assert "bad_message" in answers[2]
    for classroom in (0, -1, 2**63, 10**30, run.classroom_id):
        start = {
            "type": "start_interactive", "language": "python", "rows": 24, "cols": 80,
            "files": [{"path": "main.py", "content": ""}], "class": classroom,
        }  # fmt: skip
        told = await ask(user, start)
        assert {"bad_message", "not_found", "not_allowed"} & set(told), (classroom, told)
    assert not await Run.objects.filter(owner=user).aexists()
