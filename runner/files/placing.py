"""Data files for an executor: what is placed in a run's home, and what a run has made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from runner import runs
from runner.files.encoding import detect
from runner.files.storage import content_of
from runner.infrastructure import clock
from runner.models import DataFile, Executor, Run, Snippet
from runner.run_state import RunStatus


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of a snippet, without its content."""

    id: int
    path: str
    size: int
    kept: bool

    def content(self) -> bytes | None:
        """None where it was deleted since. Raises Missing."""
        file = DataFile.objects.filter(pk=self.id).only("bytes", "content", "stored").first()
        return content_of(file) if file else None


def placed_in(run: Run) -> list[Placed]:
    """What lies in the home of a run beside its code, which comes first where names collide."""
    sources = {file["path"] for file in run.files}
    folders = {path[:at] for path in sources for at, mark in enumerate(path) if mark == "/"}
    rows = DataFile.objects.filter(snippet=run.snippet_id).order_by("path")
    found = [Placed(*row) for row in rows.values_list("id", "path", "bytes", "kept")]
    return [each for each in found if not _collides(each.path, sources, folders)]


def _collides(path: str, sources: set[str], folders: set[str]) -> bool:
    above = {path[:at] for at, mark in enumerate(path) if mark == "/"}
    return path in sources or path in folders or bool(above & sources)


def keep_changes(run_id: UUID, executor: Executor, changed: Mapping[str, bytes]) -> list[str]:
    """Stores what a run has made of kept files of its snippet; the names of those that it could not
    store, for lack of room.

    That the run is the executor's is a condition of each statement, as for artifacts. Its owner
    pays: files grow no further than the data of the snippet, and of all that is the owner's, may.
    Runs that end in the same instant do not see what the others store: together they may exceed
    that by what each may return.
    """
    claimed = (RunStatus.CLAIMED, RunStatus.RUNNING)
    with transaction.atomic():
        run = Run.objects.filter(pk=run_id, executor=executor, status__in=claimed)
        snippet = run.values_list("snippet", flat=True).first()
        if snippet is None:
            return []
        rows = DataFile.objects.filter(snippet=snippet)
        kept = {
            path: (size, digest)
            for path, size, digest in rows.filter(kept=True).values_list("path", "bytes", "sha256")
        }
        room, without_room = _room(snippet), []
        for path, data in changed.items():
            size, before = kept.get(path, (0, None))
            if before in (None, sha256(data).hexdigest()):
                continue  # not kept, or as it was
            more = len(data) - size
            if more > max(0, room):
                without_room.append(path)
            elif _replace(rows.filter(path=path), data):
                room -= more
    return without_room


def _room(snippet: int) -> int:
    """Bytes by which the data of a snippet may grow; below 0 where there is too much."""
    owner = Snippet.objects.filter(pk=snippet).values("owner")
    together = DataFile.objects.filter(snippet__owner__in=owner, snippet__deleted_at=None)
    limits = settings.LIMITS
    return min(
        limits.data_bytes_per_snippet - _bytes(DataFile.objects.filter(snippet=snippet)),
        limits.data_bytes_per_user - _bytes(together),
    )


def _bytes(files: QuerySet[DataFile]) -> int:
    return int(files.aggregate(all=Sum("bytes", default=0))["all"])


def _replace(rows: QuerySet[DataFile], data: bytes) -> bool:
    digest = sha256(data).hexdigest()
    with runs.values_as_they_are():
        changed = rows.filter(~Q(sha256=digest), kept=True).update(
            content=data,
            bytes=len(data),
            sha256=digest,
            encoding=detect(data),
            stored="",
            changed_at=clock.now(),
        )
    return changed == 1
