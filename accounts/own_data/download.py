"""Sends an archive while it is made.

Who pays: a user may have one download at a time, and few per hour. A process sends a few at a time,
each for a bounded time, because each takes the place of a page. They are made in two threads of
their own, so that no terminal waits for their queries; after each step the thread rests as long as
it worked, because making a recording's text holds the interpreter.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, StreamingHttpResponse

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import User
from accounts.own_data import archive
from runner.infrastructure.database import in_threads

THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="download")
MOST_AT_ONCE = 4  # in one process
MOST_SECONDS = 900.0  # 512 MiB at 5 Mbit/s; what takes longer is cut off
LOCK_SECONDS = 3600  # a process that dies does not free its lock
_sending: set[str] = set()


class DownloadRefused(Exception):
    """There is one already, or there were too many."""


def download(request: HttpRequest, user: User) -> StreamingHttpResponse:
    """The archive of `user`. Counted for who asks for it. Raises `DownloadRefused`."""
    by = request.user
    lock = f"download:{by.pk}"
    if not ratelimit.consume(request, action="download_data", user=by):
        raise DownloadRefused
    if len(_sending) >= MOST_AT_ONCE or not cache.add(lock, 1, timeout=LOCK_SECONDS):
        raise DownloadRefused
    network = audit.network_of(request)
    audit.record(AuditAction.DOWNLOADED_DATA, actor_id=by.pk, subject_id=user.pk, network=network)
    name = f"{user.username}-data.zip"
    return StreamingHttpResponse(
        _streamed(archive.pieces(user), lock),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


async def _streamed(steps: Iterator[bytes], lock: str) -> AsyncIterator[bytes]:
    _sending.add(lock)
    give_up_at = time.monotonic() + MOST_SECONDS
    try:
        while time.monotonic() < give_up_at:
            began = time.monotonic()
            piece: Any = await in_threads(THREADS, next, steps, None)
            if piece is None:
                return
            yield piece
            await asyncio.sleep(time.monotonic() - began)
        raise TimeoutError  # a client sees that the file is not complete
    finally:
        _sending.discard(lock)
        await in_threads(THREADS, cache.delete, lock)
