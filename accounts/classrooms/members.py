"""Who is in a class. The last instructor stays, unless a superuser says otherwise."""

from django.db import transaction

from accounts.classrooms.models import Classroom, Membership, Role
from accounts.models import User

MOST_MEMBERS = 1000  # of a class
MOST_CLASSES = 200  # of a user


class TooManyMembers(Exception):
    """The class is full, or the user is in too many classes."""


class LastInstructor(Exception):
    """Nobody else could change the class."""


def add_member(
    classroom: Classroom, user: User, role: Role = Role.STUDENT, *, by_group: bool = False
) -> tuple[Membership, bool]:
    """The membership, and whether it is new: one that there is keeps its role."""
    with transaction.atomic():
        _lock(classroom)
        found = Membership.objects.filter(classroom=classroom, user=user).first()
        if found is not None:
            return found, False
        if is_full(classroom) or Membership.objects.filter(user=user).count() >= MOST_CLASSES:
            raise TooManyMembers
        made = Membership.objects.create(
            classroom=classroom, user=user, role=role, by_group=by_group
        )
        return made, True


def is_full(classroom: Classroom) -> bool:
    return Membership.objects.filter(classroom=classroom).count() >= MOST_MEMBERS


def change_role(member: Membership, role: Role, *, last_may: bool = False) -> None:
    """`last_may`: the last instructor may get another role."""
    with transaction.atomic():
        _lock(member.classroom)
        if role != Role.INSTRUCTOR and not last_may:
            _keep_one(member)
        Membership.objects.filter(pk=member.pk).update(role=role)


def remove(member: Membership, *, last_may: bool = False) -> None:
    with transaction.atomic():
        _lock(member.classroom)
        if not last_may:
            _keep_one(member)
        Membership.objects.filter(pk=member.pk).delete()


def _lock(classroom: Classroom) -> None:
    """Two requests at once change members one after the other."""
    Classroom.objects.select_for_update().filter(pk=classroom.pk).first()


def _keep_one(member: Membership) -> None:
    others = Membership.objects.filter(classroom=member.classroom_id, role=Role.INSTRUCTOR)
    is_one = others.filter(pk=member.pk).exists()
    if is_one and not others.exclude(pk=member.pk).exists():
        raise LastInstructor
