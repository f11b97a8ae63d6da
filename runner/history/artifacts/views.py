"""The artifacts of a run as JSON, and the content of one.

Content was made by programs. It is served so that a browser runs nothing of it with the site's
cookies, whatever it is and however it was opened: from an opaque origin (`sandbox`) without
scripts, as what its first bytes are and as nothing else, for saving unless it is a picture or a
sound, or a page in a frame. Its address needs no cookie: it names the reader, and is valid for some
minutes; whether that reader may still see the run is asked each time.
"""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts.audit import AuditAction, network_of
from accounts.models import User
from runner import access, files, runs
from runner.infrastructure.http import json_api
from runner.infrastructure.http.request_counts import charge
from runner.media import INLINE, KINDS, Media, NotAccepted, clean_name, inspect
from runner.models import Artifact
from runner.protocol.http import ArtifactRow, Artifacts
from runner.protocol.refusals import RateLimited

ANYTHING = Media(files.ANYTHING, "")
OF_TEXT = ("text/", "image/svg")
FRAMED = frozenset({"table", "html"})


@require_safe
@json_api.endpoint
def artifacts(request: HttpRequest, user: User, run_id: UUID) -> HttpResponse:
    """With `stills`: pictures of its screen."""
    run = access.listed_run(user, run_id, AuditAction.OPENED_RECORDING, network_of(request))
    wanted = runs.stills_of if "stills" in request.GET else runs.artifacts_of
    rows = [runs.describe(each, user.pk) for each in wanted(run.pk)]
    fields = set(ArtifactRow.model_fields)
    found = tuple(ArtifactRow(**row.model_dump(include=fields)) for row in rows)
    return json_api.answer(Artifacts(artifacts=found))


@require_safe
@json_api.for_anybody
@xframe_options_exempt
def artifact(request: HttpRequest, run_id: UUID, seq: int) -> HttpResponse:
    addressed = runs.addressed(request.GET.get("token", ""), run_id, seq)
    reader = User.objects.filter(pk=addressed[1], is_active=True).first() if addressed else None
    if addressed is None or reader is None:
        return _refused(HTTPStatus.NOT_FOUND)
    found = Artifact.objects.filter(
        run__in=access.runs_of_now(reader).filter(pk=run_id),
        seq=seq,
        sha256__startswith=addressed[0],
    )
    size = found.values_list("bytes", flat=True).first()
    if size is None:
        return _refused(HTTPStatus.NOT_FOUND)
    try:
        charge(reader.pk, "artifacts", settings.LIMITS.artifact_reads_per_minute, size)
    except RateLimited:
        return _refused(HTTPStatus.TOO_MANY_REQUESTS)
    content = found.first()
    return _refused(HTTPStatus.NOT_FOUND) if content is None else _served(request, content)


def _served(request: HttpRequest, artifact: Artifact) -> HttpResponse:
    data = bytes(artifact.data)
    media = _media(artifact, data)
    framed = artifact.kind in FRAMED and request.headers.get("Sec-Fetch-Dest") == "iframe"
    attached = "save" in request.GET or not (media.mime in INLINE or framed)
    text = media.mime.startswith(OF_TEXT)
    response = HttpResponse(data, content_type=f"{media.mime}; charset=utf-8" * text or media.mime)
    name = clean_name(artifact.name, artifact.kind, "")  # again, for the same reason as its kind
    if disposition := content_disposition_header(attached, name):
        response["Content-Disposition"] = disposition
    response["Cache-Control"] = f"private, max-age={runs.URL_SECONDS}"
    response["Vary"] = "Sec-Fetch-Dest"  # what a script has read is not for a frame
    return files.protected(files.ranged(request, response), read_by_page=True)


def _media(artifact: Artifact, data: bytes) -> Media:
    """Looked at again: the row was written by an executor, which has the least trust."""
    kind = "picture" if artifact.kind == runs.STILL else artifact.kind
    if kind not in KINDS:
        return ANYTHING
    try:
        return inspect(kind, data)
    except NotAccepted:
        return ANYTHING


def _refused(status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(status=status, content_type="text/plain; charset=utf-8")
    return files.protected(response, read_by_page=True)
