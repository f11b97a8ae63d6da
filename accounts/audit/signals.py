"""What Django and allauth tell of accounts and of changes in the admin becomes audit entries.

A page that has done its work does not fail because its entry cannot be written: that is logged.
(Opening other people's work is recorded beforehand, by `runner/access.py`, and does fail.)
"""

import logging
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as factor
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import signals as auth
from django.db import DatabaseError
from django.db.models.signals import post_save, pre_delete
from django.http import HttpRequest

from accounts.audit.network import network_of
from accounts.audit.trail import forget_name, record, record_failed_sign_in
from accounts.models import AuditAction, User

logger = logging.getLogger(__name__)
CHANGES = {ADDITION: AuditAction.ADDED, CHANGE: AuditAction.CHANGED}
NAMED_IDS = 5  # of objects that are deleted together


def connect() -> None:
    """To be called once, when all models are loaded."""
    auth.user_login_failed.connect(_sign_in_failed)
    auth.user_logged_out.connect(_by_owner(AuditAction.SIGNED_OUT), weak=False)
    auth.user_logged_in.connect(_by_owner(AuditAction.SIGNED_IN), weak=False)
    account.user_signed_up.connect(_by_owner(AuditAction.SIGNED_UP), weak=False)
    for signal, detail in (
        (account.password_changed, ""),
        (account.password_set, "first one"),
        (account.password_reset, "by a link"),
    ):
        signal.connect(_by_owner(AuditAction.PASSWORD_CHANGED, detail), weak=False)
    for signal, detail in (
        (account.email_changed, ""),
        (account.email_added, "added"),
        (account.email_removed, "removed"),
    ):
        signal.connect(_by_owner(AuditAction.EMAIL_CHANGED, detail), weak=False)
    account.email_confirmed.connect(_email_confirmed)
    for signal, detail in (
        (factor.authenticator_added, "added"),
        (factor.authenticator_removed, "removed"),
        (factor.authenticator_reset, "replaced"),
    ):
        signal.connect(_by_owner(AuditAction.FACTOR_CHANGED, detail), weak=False)
    factor.authentication_failed.connect(_factor_failed)
    post_save.connect(_admin_change, sender=LogEntry)
    pre_delete.connect(_delete_name, sender=User)
    admin.ModelAdmin.log_deletions = _recording(  # type: ignore[method-assign]
        admin.ModelAdmin.log_deletions
    )


def _by_owner(action: AuditAction, detail: str = "") -> Callable[..., None]:
    """A receiver for what somebody does to the own account."""

    def receive(request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
        if user is not None and user.pk is not None:
            whose = {"actor_id": user.pk, "subject_id": user.pk}
            _try(record, action, **whose, network=network_of(request), detail=detail)

    return receive


def _sign_in_failed(
    credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    login = credentials.get("username") or credentials.get("email") or ""
    _try(record_failed_sign_in, str(login), network_of(request))


def _factor_failed(request: HttpRequest, user: User, **_: Any) -> None:
    about = {"subject_id": user.pk, "network": network_of(request)}
    _try(record, AuditAction.SIGN_IN_FAILED, **about, detail="second factor")


def _email_confirmed(request: HttpRequest, email_address: Any, **_: Any) -> None:
    whose = {"actor_id": email_address.user_id, "subject_id": email_address.user_id}
    about = {"network": network_of(request), "detail": "confirmed"}
    _try(record, AuditAction.EMAIL_CHANGED, **whose, **about)


def _admin_change(instance: LogEntry, created: bool, **_: Any) -> None:
    if created:
        action = CHANGES.get(instance.action_flag, AuditAction.DELETED)
        _record_change(action, [instance], instance.get_change_message())


def _recording(log_deletions: Callable[..., Any]) -> Callable[..., Any]:
    """Django logs the deletion of several objects without a signal. They become one entry."""

    @wraps(log_deletions)
    def logged(self: Any, request: HttpRequest, queryset: Any) -> Any:
        entries = log_deletions(self, request, queryset)
        if len(entries) > 1:
            ids = ", ".join(str(one.object_id) for one in entries[:NAMED_IDS])
            text = f"{len(entries)}: {ids}" + (" …" if len(entries) > NAMED_IDS else "")
            _record_change(AuditAction.DELETED, entries, text)
        return entries

    return logged


def _record_change(action: AuditAction, entries: Collection[LogEntry], detail: str) -> None:
    """`entries` are of one kind of object."""
    first = next(iter(entries))
    kind = first.content_type.model if first.content_type else "object"
    one = len(entries) == 1
    subject = first.object_id if one and kind == User._meta.model_name else None
    _try(
        record,
        action,
        actor_id=first.user_id,
        subject_id=int(subject) if subject else None,
        target=f"{kind} {first.object_id}" if one else kind,
        network=network_of(context.request),
        detail=detail,
    )


def _delete_name(instance: User, **_: Any) -> None:
    """Else the name would stay: this one does not go on when it fails."""
    forget_name(instance)


def _try(write: Callable[..., None], *args: Any, **kwargs: Any) -> None:
    try:
        write(*args, **kwargs)
    except DatabaseError:
        logger.exception("An audit entry could not be written: %s", args[:1])
