"""Data beside the code of a snippet: add, rename, delete. Each is one transaction.

A file counts for the owner of its snippet: of one snippet, and of all of them.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from pydantic_core import PydanticCustomError

from accounts.models import User
from runner import access, files, runs
from runner.infrastructure import clock
from runner.infrastructure.http.request_counts import Slots, charge
from runner.models import Artifact, DataFile, Snippet
from runner.protocol.paths import check_path, check_program
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import BadMessage, Refused, TooLarge, Unavailable
from runner.snippets import quota

DESCRIPTION = ("path", "bytes", "sha256", "encoding", "kept", "changed_at", "snippet_id")
SHOWN_NAME = 60  # characters
_unpacking = Slots(2)  # in one process: each holds 32 MiB


class NoSuchData(Refused):
    code = ErrorCode.NOT_FOUND


@dataclass(frozen=True, slots=True)
class New:
    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Added:
    """`left_out`: what desktops put into archives."""

    paths: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def data_of(snippet: Snippet) -> QuerySet[DataFile]:
    """Without their contents."""
    return DataFile.objects.filter(snippet=snippet).order_by("path").only(*DESCRIPTION)


def one(user: User, snippet_id: int, path: str) -> DataFile:
    """With its content. Raises NoSuchData."""
    snippet = access.own_snippet(user, snippet_id)
    if (found := DataFile.objects.filter(snippet=snippet, path=path).first()) is None:
        raise NoSuchData(ReasonCode.NO_SUCH_DATA)
    return found


def size(user: User, snippet_id: int, path: str) -> int:
    """Bytes, before so many are read. Raises NoSuchData."""
    rows = DataFile.objects.filter(snippet=access.own_snippet(user, snippet_id), path=path)
    if (found := rows.values_list("bytes", flat=True).first()) is None:
        raise NoSuchData(ReasonCode.NO_SUCH_DATA)
    return found


def add(user: User, snippet_id: int, new: Iterable[New], *, kept: bool = False) -> Added:
    """All of them or none; a file of the same name is replaced. One that is kept stays so."""
    found = list(new)
    if not found:
        raise BadMessage(ReasonCode.NO_DATA_SENT)
    size = sum(len(each.data) for each in found)
    charge(user.pk, "saved_bytes", settings.LIMITS.saved_bytes_per_minute, size)
    with transaction.atomic():
        snippet = _locked(user, snippet_id)
        _check(user, snippet, found)
        for each in found:
            _write(snippet, each, kept=kept)
        _count(snippet)
    return Added(tuple(each.path for each in found))


def add_archive(user: User, snippet_id: int, file: BinaryIO) -> Added:
    """What is in a zip archive. A damaged or malicious one changes nothing."""
    charge(user.pk, "saved_bytes", settings.LIMITS.saved_bytes_per_minute, 0)
    with _unpacking.one():
        return _add_archive(user, snippet_id, file)


def _add_archive(user: User, snippet_id: int, file: BinaryIO) -> Added:
    new: list[New] = []
    try:
        left_out, unpacked = files.unpack(file, settings.LIMITS)
        new.extend(New(each.path, each.data) for each in unpacked)
    except files.BadArchive as bad:
        # It was as much work as if it had been kept.
        size = sum(len(each.data) for each in new)
        charge(user.pk, "saved_bytes", settings.LIMITS.saved_bytes_per_minute, size)
        kind = TooLarge if bad.code == ReasonCode.ZIP_TOO_LARGE else BadMessage
        raise kind(bad.code, **bad.figures) from bad
    return Added(add(user, snippet_id, new).paths, _names(left_out))


def _names(entries: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    return tuple(shown_name(entry.filename) for entry in entries[:SHOWN_NAME])


def add_artifact(user: User, snippet_id: int, artifact: Artifact, *, kept: bool) -> Added:
    """What a run has returned, as data of a snippet of the same user."""
    name = artifact.path or artifact.name
    return add(user, snippet_id, [New(name, bytes(artifact.data))], kept=kept)


def change(
    user: User, snippet_id: int, path: str, *, name: str | None, kept: bool | None
) -> DataFile:
    """Renames a file, or changes whether runs may change it. Raises NoSuchData."""
    with transaction.atomic():
        snippet = _locked(user, snippet_id)
        file = DataFile.objects.filter(snippet=snippet, path=path).only(*DESCRIPTION, "id").first()
        if file is None:
            raise NoSuchData(ReasonCode.NO_SUCH_DATA)
        if name is not None and name != path:
            others = set(_paths(snippet)) - {path}
            _check_names(snippet, others, [name], replaces=False)
            file.path = name
        file.kept = file.kept if kept is None else kept
        DataFile.objects.filter(pk=file.pk).update(path=file.path, kept=file.kept)
    return file


def remove(user: User, snippet_id: int, path: str) -> None:
    with transaction.atomic():
        snippet = _locked(user, snippet_id)
        rows = DataFile.objects.filter(snippet=snippet, path=path)
        files.remove_after_commit(rows.values_list("stored", flat=True))
        if rows.only("pk").delete()[0] == 0:
            raise NoSuchData(ReasonCode.NO_SUCH_DATA)
        _count(snippet)


def copy_all(user: User, original: Snippet, copy: Snippet) -> None:
    """For a copy by the same user, in a transaction."""
    rows = DataFile.objects.filter(snippet=original)
    size = quota.data_bytes(rows)
    quota.charge_copy(user, size)
    quota.check_data_room(user, size)
    for pk in rows.values_list("pk", flat=True):
        file = rows.get(pk=pk)
        _write(copy, New(file.path, content(file)), kept=file.kept)
    _count(copy)


def content(file: DataFile) -> bytes:
    """Raises `Unavailable`."""
    try:
        return files.content_of(file)
    except files.Missing as missing:
        raise Unavailable(ReasonCode.DATA_AWAY) from missing


def _locked(user: User, snippet_id: int) -> Snippet:
    """Two tabs that add files in the same instant count one after the other."""
    quota.lock(user)
    return access.own_snippet(user, snippet_id)


def _check(user: User, snippet: Snippet, new: list[New]) -> None:
    limits = settings.LIMITS
    for each in new:
        if len(each.data) > limits.data_file_bytes:
            name, most = shown_name(each.path), limits.data_file_bytes
            raise TooLarge(ReasonCode.DATA_FILE_TOO_LARGE, name=name, limit_bytes=most)
    paths = [each.path for each in new]
    before = dict(DataFile.objects.filter(snippet=snippet).values_list("path", "bytes"))
    _check_names(snippet, set(before), paths, replaces=True)
    if len(before.keys() | set(paths)) > limits.data_files_per_snippet:
        raise BadMessage(ReasonCode.TOO_MANY_DATA_FILES, limit=limits.data_files_per_snippet)
    more = sum(len(each.data) for each in new) - sum(before.get(path, 0) for path in paths)
    if sum(before.values()) + more > limits.data_bytes_per_snippet:
        raise TooLarge(ReasonCode.DATA_TOO_LARGE, limit_bytes=limits.data_bytes_per_snippet)
    if more > 0:
        quota.check_data_room(user, more)


def _check_names(snippet: Snippet, others: set[str], new: list[str], *, replaces: bool) -> None:
    """Sources and data lie in one folder, and none of them is in the other's way."""
    sources = [str(file["path"]) for file in snippet.files]
    for name in new:
        try:
            check_path(name)
        except PydanticCustomError as error:
            raise BadMessage(ReasonCode.DATA_NAME, name=shown_name(name)) from error
        try:
            check_program([*sources, name], None)
        except PydanticCustomError as error:
            raise BadMessage(ReasonCode.DATA_NAME_OF_SOURCE, name=shown_name(name)) from error
    kept = others - set(new) if replaces else others
    try:
        check_program([*kept, *new], None)
    except PydanticCustomError as error:
        raise BadMessage(ReasonCode(error.type)) from error


def shown_name(name: str) -> str:
    """Of any text, for a sentence."""
    shown = name[:SHOWN_NAME]
    return shown if shown.isprintable() else ascii(shown)[1:-1]


def _paths(snippet: Snippet) -> list[str]:
    return list(DataFile.objects.filter(snippet=snippet).values_list("path", flat=True))


def _write(snippet: Snippet, new: New, *, kept: bool) -> None:
    """Raises `Unavailable`."""
    try:
        stored = files.stored_content(new.data)
    except files.NotStored as error:
        raise Unavailable(ReasonCode.DATA_NOT_STORED) from error
    fields: dict[str, object] = {
        "bytes": len(new.data),
        "sha256": sha256(new.data).hexdigest(),
        "encoding": files.detect(new.data),
        "changed_at": clock.now(),
        **stored,
        **({"kept": True} if kept else {}),
    }
    rows = DataFile.objects.filter(snippet=snippet, path=new.path)
    files.remove_after_commit(rows.values_list("stored", flat=True))
    with runs.values_as_they_are():
        if not rows.update(**fields):
            DataFile.objects.bulk_create([DataFile(snippet=snippet, path=new.path, **fields)])


def _count(snippet: Snippet) -> None:
    count = DataFile.objects.filter(snippet=snippet).count()
    Snippet.objects.filter(pk=snippet.pk).update(data_files=count)
