"""What programs have shown: stored while a run goes on, read by whoever may see the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from runner.models import Artifact, Executor, Run
from runner.protocol.messages import ArtifactShown, NoticeCode
from runner.protocol.reasons import Figures
from runner.run_state import RunStatus
from runner.runs.recordings import values_as_they_are

SALT = "runner.artifact"
STILL, STILL_VERSION = "still", 0  # of a GUI run's screen: nobody is told of it while it runs
URL_SECONDS = 300  # of an address; a page asks for a new one
NOTICES_OF_FILES = (NoticeCode.FILES_LOST, NoticeCode.FILES_LEFT_OUT, NoticeCode.FILES_NOT_KEPT)
Notices = Mapping[NoticeCode, Figures]
DESCRIPTION = (
    "run_id", "seq", "version", "kind", "name", "path", "mime", "width", "height", "bytes",
    "sha256", "at_ms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An artifact that was checked, and is to be stored."""

    seq: int
    version: int
    kind: str
    name: str
    mime: str
    width: int | None
    height: int | None
    at_ms: int
    data: bytes | bytearray
    path: str = ""  # in the home, of a file that the program has written there


def save_artifact(run_id: UUID, executor: Executor, shown: Shown, run_bytes: int) -> bool:
    """Also replaces the one with this `seq`. `run_bytes`: of all that the run has then.

    False when the run is not that executor's any more."""
    fields = {name: getattr(shown, name) for name in Shown.__slots__}
    fields |= {"data": memoryview(shown.data), "bytes": len(shown.data)}
    fields["sha256"] = sha256(shown.data).hexdigest()
    claimed = (RunStatus.CLAIMED, RunStatus.RUNNING)
    with transaction.atomic():
        rows = Run.objects.filter(pk=run_id, executor=executor, status__in=claimed)
        if rows.update(artifact_bytes=run_bytes) != 1:
            return False
        with values_as_they_are():
            # Not in one statement: its `EXCLUDED` would need the right to read what is stored.
            before = Artifact.objects.filter(run=run_id, seq=shown.seq)
            if not before.update(**fields):
                # Django would ask for columns with defaults, which needs that right, too; it does
                # not where conflicts are ignored. There are none: the run's row is locked.
                new = Artifact(run_id=run_id, **fields)
                Artifact.objects.bulk_create([new], ignore_conflicts=True)
    return True


def artifacts_of(run_id: UUID, after: int = 0) -> QuerySet[Artifact]:
    """Without their content, in the order in which they were stored; those after a version."""
    found = Artifact.objects.filter(run=run_id, version__gt=max(after, STILL_VERSION))
    return found.order_by("version").only(*DESCRIPTION)


def stills_of(run_id: UUID) -> QuerySet[Artifact]:
    """Without their content, in the order in which they were taken."""
    return Artifact.objects.filter(run=run_id, kind=STILL).order_by("seq").only(*DESCRIPTION)


def file_notices(run_id: UUID) -> Notices:
    """What was said of the files of an ended run. Nothing of one that has no row any more."""
    run = Run.objects.filter(pk=run_id).only("file_notices").first()
    return file_notices_of(run) if run else {}


def file_notices_of(run: Run) -> Notices:
    """What we know alone: an executor has written them."""
    kept = run.file_notices if isinstance(run.file_notices, dict) else {}
    return {
        code: {name: figure for name, figure in figures.items() if isinstance(figure, int | str)}
        for code in NOTICES_OF_FILES
        if isinstance(figures := kept.get(code.value), dict)
    }


def told_artifacts(run_id: UUID, reader: int, after: int = 0) -> list[tuple[int, ArtifactShown]]:
    """The same as messages for that user, who may see the run, with their versions."""
    found = artifacts_of(run_id, after)
    return [(artifact.version, describe(artifact, reader)) for artifact in found]


def describe(artifact: Artifact, reader: int) -> ArtifactShown:
    return ArtifactShown(
        run=artifact.run_id,
        seq=artifact.seq,
        kind=artifact.kind,
        name=artifact.name,
        path=artifact.path,
        mime=artifact.mime,
        bytes=artifact.bytes,
        width=artifact.width,
        height=artifact.height,
        url=address(artifact, reader),
        version=artifact.version,
        at_ms=artifact.at_ms,
    )


def address(artifact: Artifact, reader: int) -> str:
    """For a few minutes, for who may see the run now. Another content has another address."""
    origin, prefix = settings.ARTIFACT_ORIGIN, settings.URL_PREFIX
    part = [str(artifact.run_id), artifact.seq, artifact.sha256[:16], reader]
    token = signing.dumps(part, salt=SALT)
    return f"{origin}{prefix}/artifacts/{artifact.run_id}/{artifact.seq}/?token={token}"


def addressed(token: str, run_id: UUID, seq: int) -> tuple[str, int] | None:
    """The beginning of the content's hash, and the reader; None for what is no address of it."""
    try:
        run, number, digest, reader = signing.loads(token, salt=SALT, max_age=URL_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (digest, reader) if (run, number) == (str(run_id), seq) else None
