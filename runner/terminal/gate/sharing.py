"""Who types into a run that several see, and with which rights a terminal attaches to one."""

from typing import Any

from runner import access
from runner.infrastructure import clock
from runner.infrastructure.database import in_database
from runner.protocol.classes.control import GrantControl, ReleaseControl, RequestControl
from runner.protocol.messages import Attach
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.terminal.gate.rate_limit import Rates, charge
from runner.terminal.link.run_link import RunLink

Sharing = RequestControl | GrantControl | ReleaseControl


def wish_of(user: Any, run: Any, message: Attach) -> dict[str, Any]:
    """What a link to a run of somebody's is made with."""
    own = run.owner_id == user.pk
    return {
        "control": access.may_control(user, run) and not message.watch,
        "watch": message.watch or _of_room(run),
        "asked_at": clock.read(),
        "own": own,
        "owner": run.owner.get_username(),
        "name": "" if own else access.name_to_tell(user, run),
    }


def wish_of_owner(user: Any, run: Any) -> dict[str, Any]:
    """The same for who has just started it."""
    asked_at, owner = run.viewer_asked_at, user.get_username()
    control = {"control": True, "asked_at": asked_at, "own": True, "owner": owner}
    return control | {"watch": _of_room(run)}


def _of_room(run: Any) -> bool:
    """Then the terminal of each has the size of who types."""
    return run.room_id is not None


async def share_control(
    user: Any, link: RunLink, message: Sharing, rates: Rates, *, own: bool
) -> None:
    """Raises a `Refused`. The executor decides: it knows who has asked, and who has control."""
    await charge(rates.attaches, ReasonCode.TOO_MANY_ATTACHES)
    match message:
        case RequestControl():
            if own or not await in_database(access.may_help_with, user, link.run_id):
                raise NotAllowed(ReasonCode.NO_CONTROL)
            await link.shares.request_control(user.get_username())
        case GrantControl():
            if not own or not link.control:
                raise NotAllowed(ReasonCode.NO_CONTROL)
            await link.shares.grant_control(message.to)
        case ReleaseControl():
            if not own and not link.control:
                raise NotAllowed(ReasonCode.NO_CONTROL)
            await link.shares.release_control()
