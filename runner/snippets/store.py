"""Snippets: save, copy, delete. `protocol/snippets.py` declares what they may contain.

A save is one `UPDATE … WHERE version = <the version that the writer has seen>`: one of two writers
wins, and the other one gets a conflict.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic_core import PydanticCustomError

from accounts.models import User
from runner import access
from runner.languages import LANGUAGES
from runner.models import DataFile, SharedVersion, Snippet
from runner.protocol.paths import check_program
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, UnknownLanguage
from runner.protocol.snippets import TITLE_CHARACTERS, NewSnippet, SnippetChange
from runner.snippets import data_store, quota

LISTS = {"files", "breakpoints"}
OF_THE_TEXT = ("version", "search_text", "updated_at")


class Conflict(Exception):
    """Somebody else has saved since; `current` is what there is now."""

    def __init__(self, current: Snippet) -> None:
        super().__init__(current.pk)
        self.current = current


def create(user: User, new: NewSnippet) -> Snippet:
    dumped = new.model_dump()
    files, breakpoints = list(dumped["files"]), list(dumped["breakpoints"])
    return _insert(user, new.title, _known(new.language), new.main, files, breakpoints)


def save(user: User, snippet_id: int, change: SnippetChange) -> Snippet:
    """The snippet as it is now; `Conflict` when it was not `change.version` any more."""
    current = access.own_snippet(user, snippet_id)
    if current.version != change.version:
        raise Conflict(current)
    wanted = change.model_dump(exclude={"version"}, exclude_none=True)
    for name in LISTS & wanted.keys():
        wanted[name] = list(wanted[name])
    if change.language is not None:
        _known(change.language)
    same_text = change.breakpoints is not None and all(
        getattr(current, name) == value for name, value in wanted.items() if name != "breakpoints"
    )
    for name, value in wanted.items():
        setattr(current, name, value)
    try:
        check_program([file["path"] for file in current.files], current.main)
    except PydanticCustomError as error:
        raise BadMessage(ReasonCode(error.type)) from error
    fields: dict[str, object] = {name: getattr(current, name) for name in wanted}
    if not same_text:  # readers of a shared version, and its list, know nothing of breakpoints
        current.version = change.version + 1
        current.search_text = _search_text(current.title, current.files)
        current.updated_at = timezone.now()
        fields |= {name: getattr(current, name) for name in OF_THE_TEXT}
    _write(user, current, change.version, fields)
    return current


def _write(user: User, current: Snippet, seen: int, fields: dict[str, object]) -> None:
    size, before = quota.size_of(current.files, current.breakpoints), current.size_bytes
    current.size_bytes = size
    with transaction.atomic():
        if size > before:
            quota.lock(user)
            quota.check_room(user, size - before)
        rows = access.open_snippets(user).filter(pk=current.pk, version=seen)
        saved = rows.update(size_bytes=size, **fields) == 1
    if not saved:
        raise Conflict(access.own_snippet(user, current.pk))


def replace(user: User, snippet_id: int, change: SnippetChange) -> Snippet | None:
    """Saves another text in place of a snippet's, and keeps the one before as a deleted snippet.

    Returns the deleted one; None when the text is the same. `Conflict` as in `save`.
    """
    with transaction.atomic():
        before = access.own_snippet(user, snippet_id)
        files = [file.model_dump() for file in change.files or ()]
        if (before.files, before.main) == (files, change.main):
            return None
        quota.charge_copy(user, before.size_bytes + quota.size_of(files))
        save(user, snippet_id, change)
        kept = Snippet.objects.create(
            owner=user,
            title=before.title,
            language=before.language,
            main=before.main,
            files=before.files,
            breakpoints=before.breakpoints,
            size_bytes=before.size_bytes,
            search_text=before.search_text,
            updated_at=before.updated_at,
            deleted_at=timezone.now(),
        )
        quota.forget_oldest_deleted(user)
    return kept


def copy(user: User, snippet: Snippet | SharedVersion, title: str = "") -> Snippet:
    """The same code, as a snippet of `user`."""
    return _insert(user, title or snippet.title, snippet.language, snippet.main, snippet.files)


def duplicate(user: User, snippet: Snippet) -> Snippet:
    ending = " " + _("(copy)")
    title = snippet.title[: TITLE_CHARACTERS - len(ending)] + ending
    with transaction.atomic():
        files, breakpoints = snippet.files, snippet.breakpoints
        made = _insert(user, title, snippet.language, snippet.main, files, breakpoints)
        data_store.copy_all(user, snippet, made)
    return made


def delete(user: User, snippet_id: int) -> None:
    """Kept for `deleted_snippet_days`, as long as there is room. A link to it leads nowhere
    meanwhile."""
    with transaction.atomic():
        quota.lock(user)
        rows = access.open_snippets(user).filter(pk=snippet_id)
        if rows.update(deleted_at=timezone.now()) != 1:
            raise access.NotFound(ReasonCode.NO_SUCH_SNIPPET)
        quota.forget_oldest_deleted(user)


def restore(user: User, snippet_id: int) -> Snippet:
    """Restoring what is not deleted is no error: an undo may be sent twice."""
    with transaction.atomic():
        quota.lock(user)
        deleted = access.open_snippets(user, deleted=True).filter(pk=snippet_id)
        if deleted.exists():
            quota.check_count(user)
            quota.check_room(user, quota.kept_bytes(deleted))
            quota.check_data_room(
                user, quota.data_bytes(DataFile.objects.filter(snippet__in=deleted))
            )
            deleted.update(deleted_at=None)
    return access.own_snippet(user, snippet_id)


def forget_deleted() -> int:
    """Removes what was deleted long ago; how many there were."""
    before = timezone.now() - timedelta(days=settings.LIMITS.deleted_snippet_days)
    return Snippet.objects.filter(deleted_at__lt=before).delete()[1].get("runner.Snippet", 0)


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise UnknownLanguage(ReasonCode.UNKNOWN_LANGUAGE, language=language)
    return language


def _insert(
    user: User,
    title: str,
    language: str,
    main: str,
    files: Sequence[dict[str, str]],
    breakpoints: Sequence[dict[str, str | int]] = (),
) -> Snippet:
    now: datetime = timezone.now()
    size = quota.size_of(files, breakpoints)
    quota.charge_copy(user, size)
    with transaction.atomic():
        quota.lock(user)
        quota.check_count(user)
        quota.check_room(user, size)
        quota.forget_oldest_deleted(user)
        return Snippet.objects.create(
            owner=user,
            title=title,
            language=language,
            main=main,
            files=list(files),
            breakpoints=list(breakpoints),
            size_bytes=size,
            search_text=_search_text(title, files),
            updated_at=now,
        )


def _search_text(title: str, files: Sequence[dict[str, str]]) -> str:
    parts = [title]
    for file in files:
        parts += (file["path"], file["content"])
    return "\n".join(parts).casefold()
