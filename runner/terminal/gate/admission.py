"""Who gets a terminal: the site's own page, of a user who is signed in and has not enough."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from runner import access
from runner.infrastructure.database import in_database
from runner.infrastructure.http import way_here
from runner.infrastructure.http.forwarded import is_secure
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Refused
from runner.terminal.gate.open_sockets import OpenSockets
from runner.terminal.gate.rate_limit import SOCKET_WAIT_SECONDS, WAITING, Rates, rates_of


class NotAdmitted(Exception):
    def __init__(self, reason_code: ReasonCode) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


async def admit(
    scope: Mapping[str, Any],
    sockets: OpenSockets,
    expel: Callable[[], None],
    classroom: int | None = None,
    room: int | None = None,
    most_in_room: int = 0,
) -> tuple[Rates, int]:
    """The rates of the user, and the number of the new socket. Raises `NotAdmitted`.

    `classroom`, `room`: it is the socket of a class, or concerns a room; only members have one.
    `most_in_room`: how many pages of the room may be open, where it is one.

    The log names what an operator has to mend: a browser tells nobody why a socket was refused.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin, host = headers.get(b"origin", ""), headers.get(b"host", "")
    user, secure = scope.get("user"), is_secure(scope)
    if problem := access.connection_problem(user, origin, host, secure=secure):
        way_here.log("A terminal", problem, origin, host)
        raise NotAdmitted(problem)
    assert user is not None
    if room is None:
        room = scope.get("guest_room")  # a guest's terminal
    rates = rates_of(user.pk, settings.LIMITS)
    if not await rates.sockets.wait(SOCKET_WAIT_SECONDS, WAITING):
        raise NotAdmitted(ReasonCode.SITE_BUSY)
    if not await in_database(access.may_go_on, user, scope["session"]):
        raise NotAdmitted(ReasonCode.SIGNED_OUT)  # a page leads to the step that is missing
    try:
        by = await in_database(access.pass_of, user, scope["session"], classroom, room)
    except Refused as refusal:
        raise NotAdmitted(refusal.reason_code) from refusal
    number = await sockets.enter(by, expel, most_in_room)
    if number is None:
        full = ReasonCode.ROOM_MEMBERS if most_in_room else ReasonCode.TOO_MANY_TERMINALS
        raise NotAdmitted(full)
    return rates, number
