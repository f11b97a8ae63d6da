"""The files that a run has returned: asking for them while it goes on, their beginnings, and all of
them in one archive."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import AuditAction, network_of
from accounts.models import User
from runner import access, files, runs
from runner.infrastructure.http import json_api
from runner.infrastructure.http.request_counts import charge
from runner.models import Artifact, Run
from runner.protocol.files import FilesAsked
from runner.protocol.reasons import ReasonCode

ASKED_PER_MINUTE = 60  # each makes an executor look through a home


@require_POST
@json_api.endpoint
def ask(request: HttpRequest, user: User, run_id: UUID) -> HttpResponse:
    """Its owner alone: it is the run's own processor time."""
    run = access.own_run(user, run_id)
    charge(user.pk, "files_asked", ASKED_PER_MINUTE)
    return json_api.answer(FilesAsked(running=runs.ask_for_files(run.pk)), HTTPStatus.ACCEPTED)


@require_safe
@json_api.endpoint
def returned_file(request: HttpRequest, user: User, run_id: UUID, seq: int) -> HttpResponse:
    """Its beginning, or with `download` all of it."""
    rows = _files(_run(request, user, run_id)).filter(seq=seq)
    size = rows.values_list("bytes", flat=True).first()
    if size is None:
        raise access.NotFound(ReasonCode.NO_SUCH_DATA)
    charge(user.pk, "artifacts", settings.LIMITS.artifact_reads_per_minute, size)
    if (file := rows.first()) is None:  # it was deleted meanwhile
        raise access.NotFound(ReasonCode.NO_SUCH_DATA)
    if "download" in request.GET:
        return files.served(bytes(file.data), file.name, files.mime_of(bytes(file.data)))
    return json_api.answer(files.preview_answer(file.name, bytes(file.data)))


@require_safe
@json_api.endpoint
def archive(request: HttpRequest, user: User, run_id: UUID) -> HttpResponse:
    rows = _files(_run(request, user, run_id))
    size = sum(rows.values_list("bytes", flat=True))
    charge(user.pk, "artifacts", settings.LIMITS.artifact_reads_per_minute, size)
    packed = files.packed((file.path or file.name, bytes(file.data)) for file in rows)
    return files.served(packed, "files.zip", "application/zip")


def _run(request: HttpRequest, user: User, run_id: UUID) -> Run:
    """Not one that an exam hides."""
    return access.listed_run(user, run_id, AuditAction.OPENED_RECORDING, network_of(request))


def _files(run: Run) -> QuerySet[Artifact]:
    return Artifact.objects.filter(run=run, kind="file").order_by("seq")
