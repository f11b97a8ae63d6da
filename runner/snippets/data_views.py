"""The data beside a snippet's code, as JSON; and the content of each file."""

from http import HTTPStatus
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from runner import access, files
from runner.infrastructure.http import json_api
from runner.infrastructure.http.request_counts import charge
from runner.models import Artifact, DataFile, Snippet
from runner.protocol.files import DataChange, DataFromRun, DataRow, SnippetData
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, TooLarge
from runner.snippets import data_store
from runner.snippets.data_store import Added, New


def _row(file: DataFile) -> DataRow:
    return DataRow(
        name=file.path,
        bytes=file.bytes,
        sha256=file.sha256,
        encoding=file.encoding,
        kept=file.kept,
        changed_at=file.changed_at,
        url=reverse("snippet-data-file", args=[file.snippet_id, file.path]),
    )


def _all(snippet: Snippet, left_out: tuple[str, ...] = ()) -> SnippetData:
    rows = tuple(_row(file) for file in data_store.data_of(snippet))
    limits = settings.LIMITS
    return SnippetData(
        files=rows,
        bytes=sum(row.bytes for row in rows),
        limit_bytes=limits.data_bytes_per_snippet,
        file_limit_bytes=limits.data_file_bytes,
        left_out=left_out,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@json_api.endpoint
def data(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    access.check_snippet_id(snippet_id)
    if request.method != "POST":
        return json_api.answer(_all(access.own_snippet(user, snippet_id)))
    added = _added(request, user, snippet_id)
    snippet = access.own_snippet(user, snippet_id)
    return json_api.answer(_all(snippet, added.left_out), HTTPStatus.CREATED)


def _added(request: HttpRequest, user: User, snippet_id: int) -> Added:
    if request.content_type == "application/json":
        return _from_run(request, user, snippet_id)
    if request.content_type != "multipart/form-data":
        raise BadMessage(ReasonCode.CONTENT_TYPE)
    access.own_snippet(user, snippet_id)  # before a large form is read
    try:
        sent, paths = request.FILES.getlist("file"), request.POST.getlist("path")
        unpack, kept = request.POST.get("unpack") == "yes", request.POST.get("kept") == "yes"
    except RequestDataTooBig as error:
        raise TooLarge(ReasonCode.REQUEST_TOO_LARGE) from error
    except (MultiPartParserError, BadRequest, SuspiciousOperation) as error:
        raise BadMessage(ReasonCode.NO_DATA_SENT) from error
    if unpack and len(sent) == 1:
        _check_size(sent)
        return data_store.add_archive(user, snippet_id, cast(BinaryIO, sent[0]))
    _check_size(sent)
    names = paths if len(paths) == len(sent) else [file.name or "" for file in sent]
    new = [New(name, file.read()) for name, file in zip(names, sent, strict=True)]
    return data_store.add(user, snippet_id, new, kept=kept)


def _check_size(sent: "list[UploadedFile[Any]]") -> None:
    most = settings.LIMITS.data_file_bytes
    for file in sent:
        if (file.size or 0) > most:
            name = data_store.shown_name(file.name or "")
            raise TooLarge(ReasonCode.DATA_FILE_TOO_LARGE, name=name, limit_bytes=most)


def _from_run(request: HttpRequest, user: User, snippet_id: int) -> Added:
    asked = json_api.read(request, DataFromRun)
    runs = access.listed_runs(user).filter(pk=asked.run, owner=user)  # none that an exam hides
    artifact = Artifact.objects.filter(run__in=runs, seq=asked.seq, kind="file").first()
    if artifact is None:
        raise data_store.NoSuchData(ReasonCode.NO_SUCH_DATA)
    return data_store.add_artifact(user, snippet_id, artifact, kept=asked.kept)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@json_api.endpoint
def data_file(request: HttpRequest, user: User, snippet_id: int, path: str) -> HttpResponse:
    access.check_snippet_id(snippet_id)
    if "\0" in path:
        raise data_store.NoSuchData(ReasonCode.NO_SUCH_DATA)
    if request.method == "DELETE":
        data_store.remove(user, snippet_id, path)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method == "PATCH":
        asked = json_api.read(request, DataChange)
        changed = data_store.change(user, snippet_id, path, name=asked.name, kept=asked.kept)
        return json_api.answer(_row(changed))
    size = data_store.size(user, snippet_id, path)
    charge(user.pk, "artifacts", settings.LIMITS.artifact_reads_per_minute, size)
    file = data_store.one(user, snippet_id, path)
    content = data_store.content(file)
    if "preview" in request.GET:
        return json_api.answer(files.preview_answer(file.path, content))
    return files.served(content, file.path.rpartition("/")[2], files.mime_of(content))
