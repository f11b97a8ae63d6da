"""How many snippets a user may keep, and how much in them. Versions that are shared count, too."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from runner import access
from runner.infrastructure.http.request_counts import charge
from runner.models import DataFile, Snippet
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed

KEPT_BYTES = F("size_bytes") + Coalesce(F("shared__size_bytes"), 0)
_OF_SNIPPET = DataFile.objects.filter(snippet=OuterRef("pk")).values("snippet")
DATA_BYTES = Coalesce(
    Subquery(_OF_SNIPPET.annotate(all=Sum("bytes")).values("all"), output_field=BigIntegerField()),
    0,
)


class NoRoom(NotAllowed):
    """The user has as many snippets, or as much in them, as the site keeps."""


def charge_copy(user: User, size: int) -> None:
    """A copy is as much work for the database as what is sent to be saved (`json_api.read`)."""
    charge(user.pk, "saved_bytes", settings.LIMITS.saved_bytes_per_minute, size)


def lock(user: User) -> None:
    """Two tabs that save in the same instant count one after the other."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists()


def check_count(user: User) -> None:
    limit = settings.LIMITS.snippets_per_user
    if access.own_snippets(user).count() >= limit:
        raise NoRoom(ReasonCode.TOO_MANY_SNIPPETS, limit=limit)


def check_room(user: User, more_bytes: int) -> None:
    used = kept_bytes(access.own_snippets(user))
    limit = settings.LIMITS.snippet_bytes_per_user
    if used + more_bytes > limit:
        raise NoRoom(ReasonCode.SNIPPETS_TOO_LARGE, limit_bytes=limit)


def check_data_room(user: User, more_bytes: int) -> None:
    """Data of deleted snippets counts with these, see `forget_oldest_deleted`."""
    limit = settings.LIMITS.data_bytes_per_user
    held = data_bytes(DataFile.objects.filter(snippet__in=access.own_snippets(user)))
    if held + more_bytes > limit:
        raise NoRoom(ReasonCode.DATA_QUOTA, limit_bytes=limit)


def data_bytes(files: QuerySet[DataFile]) -> int:
    return int(files.aggregate(all=Sum("bytes", default=0))["all"])


def kept_bytes(snippets: QuerySet[Snippet]) -> int:
    return int(snippets.aggregate(bytes=Sum(KEPT_BYTES, default=0))["bytes"])


def forget_oldest_deleted(user: User) -> None:
    """Deleting, and creating or filling others, in turn must not fill the disk."""
    limits, held, too_many = settings.LIMITS, 0, []
    kept = KEPT_BYTES + DATA_BYTES
    deleted = access.own_snippets(user, deleted=True).order_by("-deleted_at", "-pk")
    for number, (pk, size) in enumerate(deleted.values_list("pk", kept), 1):
        held += size
        if number > limits.deleted_snippets_per_user or held > limits.snippet_bytes_per_user:
            too_many.append(pk)
    Snippet.objects.filter(pk__in=too_many).delete()


def size_of(
    files: Sequence[dict[str, str]], breakpoints: Sequence[dict[str, str | int]] = ()
) -> int:
    """Bytes in UTF-8."""
    texts = [text for file in files for text in (file["path"], file["content"])]
    texts += [str(value) for one in breakpoints for value in one.values()]
    return sum(len(text.encode()) for text in texts)
