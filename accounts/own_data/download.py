"""Sends an archive while it is made.

Who pays: a user may have one download at a time, and few per hour. A process sends a few at a time
(`pieces.py`).
"""

from functools import partial

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, StreamingHttpResponse

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import User
from accounts.own_data import archive, pieces

LOCK_SECONDS = 3600  # a process that dies does not free its lock


class DownloadRefused(Exception):
    """There is one already, or there were too many."""


def download(request: HttpRequest, user: User) -> StreamingHttpResponse:
    """The archive of `user`. Counted for who asks for it. Raises `DownloadRefused`."""
    by = request.user
    lock = f"download:{by.pk}"
    if not ratelimit.consume(request, action="download_data", user=by):
        raise DownloadRefused
    if pieces.is_full() or not cache.add(lock, 1, timeout=LOCK_SECONDS):
        raise DownloadRefused
    network = audit.network_of(request)
    audit.record(AuditAction.DOWNLOADED_DATA, actor_id=by.pk, subject_id=user.pk, network=network)
    name = f"{user.username}-data.zip"
    return StreamingHttpResponse(
        pieces.in_pieces(archive.pieces(user), partial(cache.delete, lock)),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
