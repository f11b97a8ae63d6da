"""Finding snippets by words in their text, within a time.

A database compares word and text character by character: `aaa…b` in 64 MiB of `a` takes it 11 s.
So the newest snippets are searched first, some MiB at a time, until the time is up.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from runner import access
from runner.infrastructure.http.request_counts import charge, one_at_a_time
from runner.limits import KIB, MIB
from runner.models import Snippet
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import RateLimited

SEARCH_CHARACTERS = 200
LEAST_BYTES, MOST_BYTES = MIB, 4 * MIB  # searched by one statement
UNKNOWN_BYTES = 4 * KIB  # of a title, and of what an early version saved
WAIT_SECONDS = 3.0  # for the user's other search


@dataclass(frozen=True, slots=True)
class Found:
    """`complete`: all of the user's snippets were searched; else the newest, until time was up."""

    snippets: QuerySet[Snippet]
    complete: bool = True


def find(user: User, words: str = "") -> Found:
    """The user's snippets, newest first, without their code; `words` as they stand in one.

    Raises `RateLimited` for a user whose searches have taken too much time.
    """
    snippets = access.open_snippets(user).order_by("-updated_at", "-id")
    listed = snippets.defer("files", "search_text")
    words = words.strip().casefold()[:SEARCH_CHARACTERS]
    if "\0" in words:  # no text has one, and PostgreSQL does not take the question
        return Found(snippets.none())
    if not words:
        return Found(listed)
    _spend(user, 1)
    with one_at_a_time(user.pk, "search", WAIT_SECONDS):
        began = time.monotonic()
        ids, complete = _search(snippets, words, settings.LIMITS.search_ms / 1000)
    with suppress(RateLimited):  # the next one is refused
        _spend(user, int((time.monotonic() - began) * 1000))
    return Found(listed.filter(pk__in=ids), complete)


def _spend(user: User, milliseconds: int) -> None:
    limit, reason = settings.LIMITS.search_ms_per_minute, ReasonCode.TOO_MANY_SEARCHES
    charge(user.pk, "search_ms", limit, milliseconds, reason)


def _search(snippets: QuerySet[Snippet], words: str, seconds: float) -> tuple[list[int], bool]:
    """The numbers of those found, and whether all were searched."""
    found: list[int] = []
    batches = Batches(list(snippets.values_list("pk", "size_bytes")))
    began = before = time.monotonic()
    quick = False
    while batch := batches.next(quick=quick):
        matches = Snippet.objects.filter(pk__in=batch, search_text__contains=words)
        found += matches.values_list("pk", flat=True)
        now = time.monotonic()
        quick, before = now - before < seconds / 20, now
        if now - began > seconds:
            return found, batches.empty
    return found, True


class Batches:
    """What to search next, of snippets with their sizes in bytes: more when that was quick."""

    def __init__(self, sizes: Sequence[tuple[int, int]]) -> None:
        self._sizes, self._place, self._bytes = sizes, 0, LEAST_BYTES

    @property
    def empty(self) -> bool:
        return self._place == len(self._sizes)

    def next(self, *, quick: bool) -> list[int]:
        """At least one, unless nothing is left."""
        self._bytes = min(2 * self._bytes, MOST_BYTES) if quick else LEAST_BYTES
        batch: list[int] = []
        held = 0
        for pk, size in self._sizes[self._place :]:
            held += max(size, UNKNOWN_BYTES)
            if batch and held > self._bytes:
                break
            batch.append(pk)
        self._place += len(batch)
        return batch
