"""What is forgotten once it is older than it is kept: every day, and by `purge`; and guests."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts import audit
from accounts.models import User
from runner import access, files, history, playback, runs, seats, snippets
from runner.models import RoomMember


def forget_guest(instance: RoomMember, **_: Any) -> None:
    """A receiver of `post_delete`: a guest goes with the membership, however that is deleted, with
    its room, the snippet or the account of the owner, too."""
    if instance.invitation_id is not None:
        User.objects.filter(pk=instance.user_id, username__startswith=access.GUEST).delete()


def _forget_guests() -> int:
    """Every process loads this module; executors need no sockets of rooms."""
    from runner import rooms

    return rooms.forget_guests()


def end_candidates_runs() -> int:
    """Of interviews that have ended."""
    from runner import rooms

    return rooms.end_all_runs()


def _forget_interviews() -> int:
    from runner.interviews import store

    return store.forget_old()


FORGETTING: Mapping[str, Callable[[], int]] = {
    "runs": history.forget_old,
    "writings": playback.forget_old,
    "questions": seats.forget_old,
    "deleted snippets": snippets.forget_deleted,
    "audit entries": audit.forget_old,
    "data files": files.forget_unused,
    "interviews": _forget_interviews,
    "guests": _forget_guests,
    "visitors' runs": runs.forget_left_over,
}
