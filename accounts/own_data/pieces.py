"""Answers that are made while they are sent: archives and exports.

Django would make the whole of such an answer first, and hold it in memory, if it got an ordinary
iterator. This one is made in two threads of its own, so that no terminal waits for its queries;
after each piece the thread rests as long as it worked, because making one holds the interpreter.
A process sends a few at a time, each for a bounded time, because each takes the place of a page.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from runner.infrastructure.database import in_threads

T = TypeVar("T")
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="download")
MOST_AT_ONCE = 4  # in one process
MOST_SECONDS = 900.0  # 512 MiB at 5 Mbit/s; what takes longer is cut off
_sending: set[object] = set()


def is_full() -> bool:
    """To be asked before an answer begins."""
    return len(_sending) >= MOST_AT_ONCE


def _nothing() -> None: ...


async def in_pieces(pieces: Iterator[T], done: Callable[[], object] = _nothing) -> AsyncIterator[T]:
    """`pieces` may query the database; no query goes on from one piece to the next. `done` is
    called in the end, whatever it is, where it may query, too."""
    mark = object()
    _sending.add(mark)
    give_up_at = time.monotonic() + MOST_SECONDS
    try:
        while time.monotonic() < give_up_at:
            began = time.monotonic()
            piece: T | None = await in_threads(THREADS, next, pieces, None)
            if piece is None:
                return
            yield piece
            await asyncio.sleep(time.monotonic() - began)
        raise TimeoutError  # a client sees that the answer is not complete
    finally:
        _sending.discard(mark)
        await in_threads(THREADS, done)
