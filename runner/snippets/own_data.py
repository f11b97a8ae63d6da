"""The snippets of a user for the archive of own data, and their deletion."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner import files
from runner.models import SharedVersion, Snippet

DELETED_AT_ONCE = 200
TITLE_CHARACTERS = 60
UNSAFE = re.compile(r"[^\w.()+-]+")


def _snippets(user: User) -> Any:
    """Deleted ones, too: they are kept for a while."""
    return Snippet.objects.filter(owner=user)


def _count(user: User) -> int:
    return int(_snippets(user).count())


def _files(user: User) -> Iterator[File]:
    for pk in list(_snippets(user).order_by("-updated_at").values_list("pk", flat=True)):
        kept = _snippets(user).select_related("shared").defer("search_text")
        snippet = kept.filter(pk=pk).first()
        if snippet is not None:  # else it was deleted meanwhile
            yield from _snippet_files(snippet)


def _snippet_files(snippet: Snippet) -> Iterator[File]:
    title = UNSAFE.sub(" ", snippet.title)[:TITLE_CHARACTERS].strip(" .")
    folder = f"snippets/{snippet.pk} {title}".rstrip()
    yield File(f"{folder}.json", as_json(_about(snippet)))
    yield from _written(folder, snippet.files)
    yield from _data(folder, snippet)
    shared = _shared(snippet)
    if shared is not None and shared.version != snippet.version:  # else the same files
        yield from _written(f"{folder} (shared)", shared.files)


def _written(folder: str, files: Iterable[dict[str, str]]) -> Iterator[File]:
    for file in files:
        yield File(f"{folder}/{file['path']}", file["content"].encode(errors="replace"))


def _data(folder: str, snippet: Snippet) -> Iterator[File]:
    """In a folder of their own: names of code may be added since."""
    for pk in list(snippet.data.order_by("path").values_list("pk", flat=True)):
        if (file := snippet.data.filter(pk=pk).first()) is None:
            continue  # it was deleted meanwhile
        yield File(f"{folder} (data)/{file.path}", files.content_of(file))


def _shared(snippet: Snippet) -> SharedVersion | None:
    return getattr(snippet, "shared", None)


def _about(snippet: Snippet) -> dict[str, Any]:
    fields = (
        "id", "title", "language", "main", "version", "slug", "embeddable", "created_at",
        "updated_at", "deleted_at", "breakpoints",
    )  # fmt: skip
    about = {name: getattr(snippet, name) for name in fields}
    if (shared := _shared(snippet)) is not None:
        about["shared"] = {
            name: getattr(shared, name) for name in ("title", "main", "version", "shared_at")
        }
    return about


def _delete(user: User) -> None:
    while some := list(_snippets(user).values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        Snippet.objects.filter(pk__in=some).only("pk").delete()


OWN_SNIPPETS = Part("snippets", _("snippets"), _count, _files, _delete)
