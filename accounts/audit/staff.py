"""What the staff do to accounts of students. It is recorded before it is done: what cannot be
recorded is not done. All raise `DatabaseError`."""

from collections.abc import Iterable

from django.http import HttpRequest

from accounts.audit.network import network_of
from accounts.audit.trail import record
from accounts.models import AuditAction, User


def record_help(request: HttpRequest, students: Iterable[User], detail: str) -> None:
    """`detail` is what is done for them: "new password"."""
    for student in students:
        record(
            AuditAction.HELPED,
            actor_id=request.user.pk,
            subject_id=student.pk,
            network=network_of(request),
            detail=detail,
        )


def record_added_class(request: HttpRequest, count: int) -> None:
    record(
        AuditAction.ADDED,
        actor_id=request.user.pk,
        target="user",
        network=network_of(request),
        detail=f"{count} from a list",
    )
