"""Writing, bounding and forgetting audit entries.

Who pays for a row: an entry that equals an earlier one of the same hour only counts that one up, so
repeating an action costs no space. What differs costs a row: an account of one's own (sign-up is
limited), a run that a member of the staff opens, a change in the admin. Only failed sign-ins cost
nobody anything; they name at most `NAMES_PER_NETWORK` accounts per network and `NAMES_PER_HOUR` in
all, and what exceeds that is one row.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.models import AuditAction, AuditEntry, User

NAMES_PER_NETWORK, NAMES_PER_HOUR = 20, 2000
FORGOTTEN_AT_ONCE = 2000
LOGIN_CHARACTERS = 254
UNKNOWN_NAME = "no such account"
MANY_NAMES = "further accounts"


def record(
    action: AuditAction,
    *,
    actor_id: int | None = None,
    subject_id: int | None = None,
    target: str = "",
    network: str = "",
    detail: str = "",
) -> None:
    """Adds an entry, or counts up the equal one of this hour. Raises `DatabaseError`.

    `actor_id` did it, `subject_id` is whose account or work it concerns. `target` is of the form
    `run 7f3c…`, `network` that of the actor. Longer texts are cut.
    """
    now = timezone.now()
    target, network, detail = target[:80], network[:45], detail[:300]
    parts = (_hour(now).isoformat(), action, actor_id, subject_id, target, network, detail)
    key = sha256(repr(tuple(map(str, parts))).encode()).hexdigest()
    if _count_up(key, now):
        return
    known = {pk for pk in (actor_id, subject_id) if pk is not None}
    names = dict(User.objects.filter(pk__in=known).values_list("pk", "username"))
    try:
        with transaction.atomic():
            AuditEntry.objects.create(
                at=now,
                last_at=now,
                action=action,
                actor_id=actor_id if actor_id in names else None,
                actor_name=names.get(actor_id or 0, ""),
                subject_id=subject_id if subject_id in names else None,
                subject_name=names.get(subject_id or 0, ""),
                target=target,
                # Not of somebody whose account was deleted just now.
                network=network if actor_id is None or actor_id in names else "",
                detail=detail,
                key=key,
            )
    except IntegrityError:  # another process was quicker
        _count_up(key, now)


def record_failed_sign_in(login: str, network: str) -> None:
    """A name that belongs to no account may be a password in the wrong field: it is not stored."""
    subject = _account_of(login)
    failed = AuditEntry.objects.filter(
        action=AuditAction.SIGN_IN_FAILED, at__gte=_hour(timezone.now())
    )
    detail = "" if subject else UNKNOWN_NAME
    here = failed.filter(network=network)
    if here.count() >= NAMES_PER_NETWORK and not here.filter(subject_id=subject).exists():
        subject, detail = None, MANY_NAMES
    if failed.count() >= NAMES_PER_HOUR:
        subject, network, detail = None, "", MANY_NAMES
    record(AuditAction.SIGN_IN_FAILED, subject_id=subject, network=network, detail=detail)


def forget_name(user: User) -> None:
    """The account is about to be deleted. One pseudonym, which nobody can trace back, replaces its
    name in all entries, so that they can still be told to belong together."""
    pseudonym = f"deleted-{secrets.token_hex(4)}"
    entries = AuditEntry.objects.filter(Q(actor=user) | Q(subject=user))
    # The key is a hash of the former content, which could be guessed.
    entries.update(key=Concat(Value(f"{pseudonym}:"), Cast("pk", CharField())))
    AuditEntry.objects.filter(actor=user).update(actor_name=pseudonym, network="")
    AuditEntry.objects.filter(subject=user).update(subject_name=pseudonym)
    account = ContentType.objects.get_for_model(User)
    log = LogEntry.objects.filter(content_type=account, object_id=str(user.pk))
    log.update(object_repr=pseudonym)


def forget_old() -> int:
    """Removes what is older than AUDIT_DAYS, in pieces; how many entries there were."""
    old = AuditEntry.objects.filter(
        last_at__lt=timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    )
    removed = 0
    while some := list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        removed += AuditEntry.objects.filter(pk__in=some).delete()[0]
    return removed


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _count_up(key: str, now: datetime) -> bool:
    return bool(AuditEntry.objects.filter(key=key).update(count=F("count") + 1, last_at=now))


def _account_of(login: str) -> int | None:
    """By name or email address, in whatever case."""
    login = login[:LOGIN_CHARACTERS]
    if not login or "\0" in login:
        return None
    users = User.objects.order_by("pk").values_list("pk", flat=True)
    return (
        users.filter(username=login).first()
        or users.filter(Q(username__iexact=login) | Q(email__iexact=login)).first()
    )
