"""Who may see, control or watch what: the only way from a user to a run, for views and sockets."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http.request import split_domain_port, validate_host

from accounts.models import User
from runner.models import Run
from runner.protocol.messages import ErrorCode, Refused


class NotFound(Refused):
    """There is no such thing, or it is somebody else's: callers cannot tell which."""

    code = ErrorCode.NOT_FOUND


def visible_runs(user: User) -> QuerySet[Run]:
    """The user's own runs; for instructors everybody's."""
    runs = Run.objects.all()
    return runs if user.is_staff else runs.filter(owner=user)


def visible_run(user: User, run_id: UUID) -> Run:
    run = visible_runs(user).filter(pk=run_id).first()
    if run is None:
        raise NotFound("There is no such run.")
    return run


def still_allowed(user: User) -> User:
    """The user as the database knows him now: a socket may be older than the end of his rights."""
    now = User.objects.filter(pk=user.pk, is_active=True).first()
    if now is None:
        raise NotFound("There is no such run.")
    return now


def may_control(user: User, run: Run) -> bool:
    """Only the owner types and stops; instructors watch."""
    return run.owner_id == user.pk


def may_connect(user: User | AnonymousUser | None, origin: str, host: str) -> bool:
    """Whether a terminal socket is accepted: signed in, and opened by a page of ours.

    Browsers send cookies with every WebSocket, whichever site opened it; only `Origin` tells.
    A page of the very host it talks to is ours when that host is; others must be listed.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if origin in settings.CORS_ALLOWED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or origin != f"{parts.scheme}://{host}":
        return False
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
