"""Deleting an account with everything that belongs to it."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import audit
from accounts.models import AuditAction, User
from accounts.own_data.parts import parts


class LastAdministrator(Exception):
    """Nobody could administer the site any more."""


def is_last_administrator(*users: User) -> bool:
    """Whether no active superuser is left without these."""
    gone = {user.pk for user in users if user.is_superuser and user.is_active}
    return bool(gone) and gone == _administrators()


def delete_account(user: User, by: Any, network: str = "") -> None:
    """Deletes the account and all that belongs to it; `by` is the user who wants that, or None.

    1. The account is closed: nobody signs in, no program is started, sockets end within seconds.
    2. What belongs to it is deleted in short transactions. Executors end programs without a row.
    3. The account itself is deleted, with what came in between. A pseudonym replaces its name in
       the audit trail.

    Raises `LastAdministrator` before anything has happened. If a later step fails, the account
    stays closed, and this can be called again.
    """
    _close(user)
    for part in parts():
        part.delete(user)
    by_id = by.pk if by is not None else None
    audit.record(AuditAction.DELETED_ACCOUNT, actor_id=by_id, subject_id=user.pk, network=network)
    User.objects.get(pk=user.pk).delete()


def _close(user: User) -> None:
    with transaction.atomic():
        # Two administrators who delete each other at once: the second one waits here.
        if _administrators(lock=True) == {user.pk}:
            raise LastAdministrator
        User.objects.filter(pk=user.pk).update(is_active=False)
        keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
        Session.objects.filter(session_key__in=list(keys)).delete()


def _administrators(lock: bool = False) -> set[int]:
    users = User.objects.select_for_update() if lock else User.objects
    found = users.filter(is_superuser=True, is_active=True).order_by("pk")
    return set(found.values_list("pk", flat=True))
