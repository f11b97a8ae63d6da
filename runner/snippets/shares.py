"""Shared versions of snippets: a link shows what its owner has shared, and no later save."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from runner import access
from runner.models import SharedVersion, Snippet
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.protocol.snippets import ShareChange
from runner.snippets import quota

SLUG_BYTES = 12  # 96 bits: nobody guesses one


def share(user: User, snippet_id: int, change: ShareChange) -> Snippet:
    """A link that was taken back never works again: a new share has a new slug.

    The version of now is what readers see from the first share on, and from each `change.update`.
    """
    if change.embed and not settings.EMBED_ALLOWED_ORIGINS:
        raise NotAllowed(ReasonCode.EMBEDDING_OFF)
    if change.visitors and settings.VISITORS == "off":
        raise NotAllowed(ReasonCode.VISITORS_OFF)
    rows = access.open_snippets(user).filter(pk=snippet_id)
    if change.shared and rows.exists():
        access.check_sharing(user)
    with transaction.atomic():
        quota.lock(user)
        snippet = access.own_snippet(user, snippet_id)
        if not change.shared:
            rows.update(slug=None, embeddable=False, open_to_visitors=False)
            SharedVersion.objects.filter(snippet=snippet).delete()
        else:
            if change.update or snippet.slug is None:
                _freeze(user, snippet)
            rows.filter(slug=None).update(slug=secrets.token_urlsafe(SLUG_BYTES))
            rows.update(embeddable=change.embed)
            if change.visitors is not None:
                rows.update(open_to_visitors=change.visitors)
    return access.own_snippet(user, snippet_id)


def version_of(snippet: Snippet) -> SharedVersion:
    """What readers of a shared snippet see. A web worker of before 2026-11-29 shares without a
    version: then that is the one of now."""
    kept: SharedVersion | None = getattr(snippet, "shared", None)  # of `access.shared_snippet`
    return kept or SharedVersion.objects.get_or_create(snippet=snippet, defaults=_now(snippet))[0]


def shown(snippet: Snippet) -> tuple[int, datetime]:
    """Which version of a shared snippet readers see, and since when."""
    rows = SharedVersion.objects.filter(snippet=snippet).values_list("version", "shared_at")
    if found := rows.first():
        return found
    version = version_of(snippet)
    return version.version, version.shared_at


def _freeze(user: User, snippet: Snippet) -> None:
    former = SharedVersion.objects.filter(snippet=snippet)
    before = former.values_list("size_bytes", flat=True).first() or 0
    wanted = _now(snippet)
    quota.charge_copy(user, quota.size_of(snippet.files))
    if (more := quota.size_of(snippet.files) - before) > 0:
        quota.check_room(user, more)
    SharedVersion.objects.update_or_create(snippet=snippet, defaults=wanted)


def _now(snippet: Snippet) -> dict[str, object]:
    return {
        "title": snippet.title,
        "language": snippet.language,
        "files": snippet.files,
        "main": snippet.main,
        "version": snippet.version,
        "size_bytes": quota.size_of(snippet.files),
        "shared_at": timezone.now(),
    }
