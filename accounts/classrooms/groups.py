"""Classes by groups of the identity provider, at each sign-in by it.

Who is in the group of a class becomes its student. Who is in it by that alone, and is not in the
group any more, leaves. Only staff name the group of a class. Roles are given here, by nobody else.
"""

from collections.abc import Iterable

from accounts.classrooms.members import TooManyMembers, add_member
from accounts.classrooms.models import Classroom, Membership, Role
from accounts.models import User

MOST_GROUPS = 200  # that are read of what a provider tells
CHARACTERS = 200


def names_of(told: object) -> set[str]:
    """Of a claim: a list of names, or one name."""
    names = told if isinstance(told, list) else [told]
    usable = (name for name in names if isinstance(name, str) and 0 < len(name) <= CHARACTERS)
    return {name for name, _ in zip(usable, range(MOST_GROUPS), strict=False) if "\0" not in name}


def follow(user: User, groups: Iterable[str]) -> None:
    groups = set(groups)
    by_group = Membership.objects.filter(user=user, by_group=True, role=Role.STUDENT)
    by_group.exclude(classroom__group__in=groups).delete()
    for classroom in Classroom.objects.filter(group__in=groups - {""}, archived_at=None):
        try:
            add_member(classroom, user, by_group=True)
        except TooManyMembers:
            return
